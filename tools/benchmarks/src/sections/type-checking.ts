import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { counted, quantile, type Section } from "../measure.ts";
import { PEERS } from "../peers.ts";

const ROUNDS = 5;
const require = createRequire(import.meta.url);
const TSC = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
const { version } = require("typescript/package.json") as { version: string };

/** A file with one call, and with one handler where the library has such; the first with nothing of a library. */
const PROGRAMS = {
  "bare fetch": "fetch",
  "@mindbridge-sdk/client and receiver": "mindbridge",
  "openapi-fetch": "openapi-fetch",
  "hey-api": "hey-api",
  "@octokit/core": "octokit",
  openai: "openai",
  stripe: "stripe",
};

const note = `A file with one call, and with one handler where the library has such, in TypeScript ${version}. The limit, bare fetch, has no types of a library.`;

export const typeChecking: Section = {
  name: "type-checking",
  title: "Type-checking",
  async measure() {
    const costs = Object.fromEntries(Object.values(PROGRAMS).map((name) => [name, [] as Cost[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, each] of Object.entries(costs)) each.push(await check(name));
    }
    const median = (name: string, pick: (cost: Cost) => number) => quantile((costs[name] ?? []).map(pick), 0.5);
    const each = (pick: (cost: Cost) => number, programs: readonly (readonly [string, string])[], without = 0) =>
      Object.fromEntries(programs.map(([title, name]) => [title, median(name, pick) - without]));
    const all = Object.entries(PROGRAMS);
    const none = median("fetch", ({ instantiations }) => instantiations);
    return [
      counted(
        {
          title: "Type instantiations, beyond those of the types of Node",
          unit: "instantiations",
          limit: "bare fetch",
          note,
        },
        each(({ instantiations }) => instantiations, [...all.slice(1), ...all.slice(0, 1)], none),
      ),
      counted(
        { title: "Memory", unit: "MB", note },
        each(({ memory }) => memory, all),
      ),
      counted(
        { title: "Time of checking", unit: "ms", note },
        each(({ time }) => time, all),
      ),
    ];
  },
};

interface Cost {
  readonly instantiations: number;
  /** MB. */
  readonly memory: number;
  /** Milliseconds. */
  readonly time: number;
}

/** @throws {Error} if the program does not compile: it would be quick, and say nothing. */
async function check(name: string): Promise<Cost> {
  const folder = await mkdtemp(join(PEERS, "check-"));
  try {
    const compilerOptions = {
      module: "nodenext",
      target: "es2023",
      lib: ["es2023", "dom", "dom.iterable", "esnext.disposable"],
      types: ["node"],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [`../types/${name}.ts`] }));
    const args = [TSC, "--project", folder, "--extendedDiagnostics", "--singleThreaded"];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const number = (label: string) => {
      const [, found] = new RegExp(`^${label}:\\s+([\\d.]+)`, "m").exec(stdout) ?? [];
      if (found === undefined) throw new Error(`The compiler says nothing of ${label}:\n${stdout}`);
      return Number(found);
    };
    return {
      instantiations: number("Instantiations"),
      memory: number("Memory used") / 1024,
      time: number("Check time") * 1000,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
