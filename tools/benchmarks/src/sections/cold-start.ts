import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CLIENTS, programOf } from "../clients.ts";
import { inTurns, type Section } from "../measure.ts";

const ROUNDS = 21;
const MINDBRIDGE = fileURLToPath(new URL("dist/main.js", import.meta.resolve("@mindbridge-sdk/cli/package.json")));

/** Starts Node with arguments, and takes the time until it has ended, in milliseconds. */
function start(...args: readonly string[]): number {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const time = performance.now() - begin;
  if (status !== 0) throw new Error(stderr);
  return time;
}

/** A program that imports three modules with nothing in them: as many as there are with a program, the client and openapi-fetch. */
function importEmptyModules(folder: string): string {
  const files = [1, 2, 3].map((number) => join(folder, `${number}.mjs`));
  for (const file of files) writeFileSync(file, "");
  return files.map((file) => `import ${JSON.stringify(file)};`).join("\n");
}

export const coldStart: Section = {
  name: "cold-start",
  title: "Cold start",
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), "cold-start-"));
    const connect = (program: string) => `
      import { connect } from ${JSON.stringify(programOf(program))};
      connect({ baseUrl: "http://127.0.0.1:9", token: "a-token" });`;
    const programs = {
      "an empty program": "",
      "three empty modules": importEmptyModules(folder),
      ...Object.fromEntries(Object.entries(CLIENTS).map(([name, program]) => [name, connect(program)])),
      "@mindbridge-sdk/receiver": 'import "@mindbridge-sdk/receiver";',
    };
    const rounds = Object.entries(programs).map(
      ([name, program]) => [name, () => start("--input-type=module", "--eval", program)] as const,
    );
    const groups = [
      await inTurns(
        {
          title: "Starting Node, importing and constructing",
          unit: "ms",
          better: "lower",
          note:
            "bare fetch imports one small module. Node loads its own fetch when a program first asks for a part of it: where a " +
            "client is made, as openapi-fetch does by itself, or at the first call, as with ours. hey-api's client is TypeScript, " +
            "whose types Node strips first.",
        },
        Object.fromEntries(rounds),
        ROUNDS,
      ),
      await inTurns(
        { title: "Starting the command line", unit: "ms", better: "lower" },
        { "an empty program": () => start("--eval", "0"), "mindbridge --help": () => start(MINDBRIDGE, "--help") },
        ROUNDS,
      ),
    ];
    rmSync(folder, { recursive: true });
    return groups;
  },
};
