import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import type { AppOptions, Command } from "../processes.ts";

/** An application that a user may have. */
export interface Application {
  readonly name: string;
  /** The folder of `examples/` that it is in. */
  readonly example: string;
  /** Type-checks and builds it. */
  readonly build: readonly Command[];
  readonly start: Pick<AppOptions, "args" | "command" | "env" | "listening">;
  /** Where it takes deliveries, if it prints its origin only. */
  readonly path?: string;
  /** Whether it takes a `PORT` of 0 for its own default. */
  readonly needsPort?: boolean;
}

const NODE = process.execPath;
const TSC: Command = [NODE, "node_modules/typescript/bin/tsc"];
const node = (script: string, ...args: string[]): Command => [NODE, `node_modules/${script}`, ...args];
const PATH = "/webhooks/mindbridge";
const LOCAL = { HOST: "127.0.0.1" };

export const APPLICATIONS: readonly Application[] = [
  {
    name: "Express with Postgres, through Drizzle",
    example: "drizzle",
    build: [TSC],
    start: { args: ["src/main.ts"] },
  },
  {
    name: "Next",
    example: "next",
    build: [node("next/dist/bin/next", "build")],
    start: {
      args: ["node_modules/next/dist/bin/next", "start", "--hostname", "127.0.0.1", "--port", "0"],
      listening: /(http:\/\/127\.0\.0\.1:\d+).*Ready/s,
    },
    path: PATH,
  },
  { name: "NestJS", example: "nest", build: [TSC], start: { args: ["dist/main.js"] } },
  { name: "NestJS on Fastify", example: "nest-fastify", build: [TSC], start: { args: ["dist/main.js"] } },
  { name: "Hono on Node", example: "hono", build: [TSC], start: { args: ["src/main.ts"] } },
  {
    name: "Hono on Bun",
    example: "hono",
    build: [],
    start: { command: "../node_modules/bun/bin/bun.exe", args: ["run", "src/main.ts"] },
  },
  {
    name: "Azure Functions",
    example: "azure-functions",
    build: [TSC],
    start: { args: [join(import.meta.dirname, "azure-functions.ts"), "dist/functions/mindbridge.js"] },
  },
  {
    name: "Nitro",
    example: "nitro",
    build: [TSC, node("nitropack/dist/cli/index.mjs", "build")],
    start: { args: [".output/server/index.mjs"], env: LOCAL },
    path: PATH,
    needsPort: true,
  },
  {
    name: "SvelteKit",
    example: "sveltekit",
    build: [node("vite/bin/vite.js", "build"), TSC],
    start: { args: ["build/index.js"], env: LOCAL },
    path: PATH,
  },
  { name: "Koa", example: "koa", build: [TSC], start: { args: ["src/main.ts"] } },
];

/** The folder of an example. */
export const exampleFolder = (example: string): string => join(ROOT, "examples", example);
