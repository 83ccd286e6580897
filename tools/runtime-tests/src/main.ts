// Runs the suite in every runtime, prints a table, and exits with 1 where a case failed.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { styleText } from "node:util";
import { startServer } from "../../../packages/client/test/behaviour/server.ts";
import { deliverTo } from "./deliver.ts";
import { RUNTIMES, RUNTIMES_FOLDER, type Runtime } from "./runtimes.ts";
import { createStranger, type Stranger } from "./stranger.ts";
import type { Result, Servers } from "./suite.ts";
import { startWorkerd } from "./workerd.ts";

/** In milliseconds, for the suite in one runtime. */
const LIMIT = 120_000;
const REPORT = join(import.meta.dirname, "../reports/runtimes.json");

interface Run {
  readonly runtime: string;
  readonly version: string;
  readonly seconds: number;
  readonly results: readonly Result[];
  /** How many cases are not as in the others, as is known of this runtime. */
  readonly excepted: number;
}

async function runIn(runtime: Runtime, stranger: Stranger, servers: Servers): Promise<Run> {
  const start = performance.now();
  const all = await (runtime.command === undefined
    ? runInWorkerd(stranger, servers)
    : runProgram(runtime.command, stranger, servers));
  const seconds = (performance.now() - start) / 1000;
  const { name, exceptions = {} } = runtime;
  const excepted = all.filter((each) => each.name in exceptions && each.failure !== undefined);
  const results = all
    .filter((each) => !excepted.includes(each))
    .map((each) => (each.name in exceptions ? { ...each, failure: "It passes: take it off the exceptions." } : each));
  return { runtime: name, version: versionOf(runtime), seconds, results, excepted: excepted.length };
}

async function runProgram(
  [program, ...args]: NonNullable<Runtime["command"]>,
  { program: suite, folder }: Stranger,
  servers: Servers,
): Promise<Result[]> {
  const child = spawn(program, [...args, suite, JSON.stringify(servers)], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    timeout: LIMIT,
    killSignal: "SIGKILL",
  });
  try {
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async (): Promise<unknown> => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${program} ended before it had told everything: what it printed is above.`);
      return JSON.parse(value);
    };
    const { port } = (await next()) as { port: number };
    const results = (await next()) as Result[];
    return [...results, ...(await deliverTo(`http://127.0.0.1:${port}/`))];
  } finally {
    child.kill("SIGKILL");
  }
}

async function runInWorkerd({ worker }: Stranger, servers: Servers): Promise<Result[]> {
  await using workerd = await startWorkerd(worker);
  const response = await fetch(`${workerd.url}/suite`, {
    method: "POST",
    body: JSON.stringify(servers),
    signal: AbortSignal.timeout(LIMIT),
  });
  if (!response.ok) throw new Error(`workerd answered ${response.status}: ${await response.text()}`);
  return [...((await response.json()) as Result[]), ...(await deliverTo(`${workerd.url}/`))];
}

function versionOf({ installed }: Runtime): string {
  if (installed === undefined) return process.versions.node;
  return JSON.parse(readFileSync(join(RUNTIMES_FOLDER, "node_modules", installed, "package.json"), "utf8")).version;
}

execFileSync("pnpm", ["install", "--frozen-lockfile", "--ignore-workspace=false", "--silent"], {
  cwd: RUNTIMES_FOLDER,
  stdio: ["ignore", "inherit", "inherit"],
});
await using stranger = await createStranger();
const server = await startServer();
const { origin, otherOrigin, deadOrigin } = server;
const runs: Run[] = [];
try {
  // One after another: time-outs are among what is tested.
  for (const runtime of RUNTIMES) runs.push(await runIn(runtime, stranger, { origin, otherOrigin, deadOrigin }));
} finally {
  await server.close();
}

console.log("| runtime | version | passed | failed | excepted | seconds |\n| --- | --- | --- | --- | --- | --- |");
for (const { runtime, version, seconds, results, excepted } of runs) {
  const failed = results.filter(({ failure }) => failure !== undefined);
  const row = [runtime, version, results.length - failed.length, failed.length, excepted, seconds.toFixed(1)];
  console.log(`| ${row.join(" | ")} |`);
}
for (const { runtime, results } of runs) {
  for (const { name, failure } of results) {
    if (failure !== undefined) console.log(styleText("red", `\n${runtime}: ${name}\n${failure}`));
  }
}
mkdirSync(join(REPORT, ".."), { recursive: true });
writeFileSync(REPORT, `${JSON.stringify(runs, undefined, 2)}\n`);
// A runtime in which nothing ran has proved nothing.
process.exitCode = runs.every(({ results }) => results.length > 0 && results.every((each) => !each.failure)) ? 0 : 1;
