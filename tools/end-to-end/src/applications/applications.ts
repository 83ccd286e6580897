import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import type { Command } from "@mindbridge-sdk/repository/run";
import type { AppOptions } from "../processes.ts";

/** An application that a user may have. */
export interface Application {
  readonly name: string;
  /** Where it is in this repository. */
  readonly folder: string;
  /** Type-checks and builds it. */
  readonly build: readonly Command[];
  readonly start: Pick<AppOptions, "args" | "command" | "env" | "listening">;
  /** Where it takes deliveries, if it prints its origin only. */
  readonly path?: string;
  /** Whether it takes a `PORT` of 0 for its own default. */
  readonly needsPort?: boolean;
  /** Whether it handles deliveries from a queue, so that the sender does not hear of one that cannot be handled. */
  readonly queues?: boolean;
}

const NODE = process.execPath;
const TSC: Command = [NODE, "node_modules/typescript/bin/tsc"];
const node = (script: string, ...args: string[]): Command => [NODE, `node_modules/${script}`, ...args];
const PATH = "/webhooks/mindbridge";
const example = (name: string): string => join(ROOT, "examples", name);
const program = (name: string): string => join(import.meta.dirname, "../../programs", name);
const LOCAL = { HOST: "127.0.0.1" };

export const APPLICATIONS: readonly Application[] = [
  {
    name: "Express with Postgres",
    folder: example("express-postgres"),
    build: [TSC],
    start: { args: ["src/main.ts"] },
  },
  {
    name: "Express with Postgres, through Drizzle",
    folder: example("drizzle"),
    build: [TSC],
    start: { args: ["src/main.ts"] },
  },
  {
    name: "Next",
    folder: example("next"),
    build: [node("next/dist/bin/next", "build")],
    start: {
      args: ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", "0"],
      listening: /(http:\/\/127\.0\.0\.1:\d+).*Ready/s,
    },
    path: PATH,
  },
  { name: "NestJS", folder: example("nest"), build: [TSC], start: { args: ["dist/main.js"] } },
  { name: "NestJS on Fastify", folder: example("nest-fastify"), build: [TSC], start: { args: ["dist/main.js"] } },
  { name: "Hono on Node", folder: example("hono"), build: [TSC], start: { args: ["src/main.ts"] } },
  {
    name: "Hono on Bun",
    folder: example("hono"),
    build: [],
    start: { command: "../node_modules/bun/bin/bun.exe", args: ["run", "src/main.ts"] },
  },
  {
    name: "Azure Functions",
    folder: example("azure-functions"),
    build: [TSC],
    start: { args: [join(import.meta.dirname, "azure-functions.ts"), "dist/functions/mindbridge.js"] },
  },
  {
    name: "Nitro",
    folder: example("nitro"),
    build: [TSC, node("nitropack/dist/cli/index.mjs", "build")],
    start: { args: [".output/server/index.mjs"], env: LOCAL },
    path: PATH,
    needsPort: true,
  },
  {
    name: "SvelteKit",
    folder: example("sveltekit"),
    build: [node("vite/bin/vite.js", "build"), TSC],
    start: { args: ["build/index.js"], env: LOCAL },
    path: PATH,
  },
  {
    name: "Lambda with SQS",
    folder: program("lambda-sqs"),
    build: [TSC],
    start: { args: [join(import.meta.dirname, "lambda-sqs.ts"), "dist/functions.js"] },
    queues: true,
  },
  {
    name: "Fastify with BullMQ",
    folder: program("fastify-bullmq"),
    build: [TSC],
    start: { args: ["src/main.ts"] },
    queues: true,
  },
  { name: "Koa", folder: example("koa"), build: [TSC], start: { args: ["src/main.ts"] } },
];
