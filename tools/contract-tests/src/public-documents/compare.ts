import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { WORKSPACE } from "./documents.ts";

/** What a generator took for a document, and what it wrote. */
export interface Effort {
  /** Processor time, in milliseconds. */
  readonly time: number;
  readonly bytes: number;
}

const GENERATOR = fileURLToPath(new URL("../../../generator/src/main.ts", import.meta.url));
const USAGE = pathToFileURL(join(import.meta.dirname, "usage.ts")).href;
const peer = (path: string) => join(WORKSPACE, "node_modules", path);

/** The commands of the generators that are compared. */
const GENERATORS = {
  ours: (document: string, output: string) => [GENERATOR, "--spec", document, "--root", output],
  openapiTypescript: (document: string, output: string) => [
    peer("openapi-typescript/bin/cli.js"),
    document,
    "--output",
    join(output, "openapi.ts"),
  ],
  heyApi: (document: string, output: string) => [
    peer("@hey-api/openapi-ts/bin/run.js"),
    "--input",
    document,
    "--output",
    output,
    "--client",
    "@hey-api/client-fetch",
    "--silent",
    "--no-log-file",
  ],
} as const;

export type GeneratorName = keyof typeof GENERATORS;

/** Runs each generator in a process of its own; nothing of one that fails. */
export async function compareGenerators(
  document: string,
  folder: string,
): Promise<Partial<Record<GeneratorName, Effort>>> {
  const efforts: Partial<Record<GeneratorName, Effort>> = {};
  for (const [name, command] of Object.entries(GENERATORS)) {
    const output = join(folder, name);
    await mkdir(output, { recursive: true });
    const usage = join(folder, `${name}.usage`);
    const env = { ...process.env, USAGE: usage, NODE_OPTIONS: `--import ${USAGE}` };
    const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
    const failed = await promisify(execFile)(process.execPath, command(document, output), options).then(
      () => undefined,
      (error: Error) => error,
    );
    if (failed) console.warn(`${name}: ${failed.message.slice(0, 500)}`);
    else efforts[name as GeneratorName] = { time: await timeIn(usage), bytes: await bytesIn(output) };
  }
  return efforts;
}

async function timeIn(file: string): Promise<number> {
  const times = (await readFile(file, "utf8")).trim().split("\n");
  return times.reduce((sum, time) => sum + Number(time), 0);
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)));
  return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0);
}
