import { execFile } from "node:child_process";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DocumentError, type GeneratedFiles, generate } from "@mindbridge-sdk/generator";
import { writeClient } from "../generated-client.ts";

const { resolve } = createRequire(import.meta.url);
const TSC = join(dirname(resolve("typescript/package.json")), "bin/tsc");
const NODE_TYPES = dirname(resolve("@types/node/package.json"));
const BASE = fileURLToPath(new URL("../../../../tsconfig.base.json", import.meta.url));
const CONSUMERS = fileURLToPath(new URL("../../test/consumers", import.meta.url));

/** A line of the compiler about one file: `3/consumers/labels.ts(7,5): error TS2322: …`. */
const DIAGNOSTIC = /^(\d+)\/(\S+\.ts)\((\d+),\d+\): error (TS\d+: .*)$/gm;

/**
 * Generates from a document into `folder/name`, beside the hand-written files of the client and the programs of its users.
 *
 * @param document The path of the document.
 * @returns Why the generator refuses the document, if it does. Nothing is written then.
 */
export async function generatorFailure(document: string, folder: string, name: string): Promise<string | undefined> {
  let files: GeneratedFiles;
  try {
    files = await generate({ document });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const [{ rule, message } = { rule: "", message: error.message }] = error.problems;
    return `${rule}: ${message}`;
  }
  await writeClient(files, join(folder, name));
  await cp(CONSUMERS, join(folder, name, "consumers"), { recursive: true });
  return undefined;
}

/**
 * Type-checks everything in `folder` in one run of the compiler: each run would read the same declarations again.
 *
 * @returns The first error of each name that has any.
 * @throws {Error} if the compiler could not do its work.
 */
export async function typeFailures(folder: string): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await typeErrors(folder))].map(([name, [first = ""]]) => [name, first]));
}

/** Does the same, and returns all errors of each name that has any. */
export async function typeErrors(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const compilerOptions = {
    lib: ["es2024", "dom"],
    types: ["node"],
    noEmit: true,
    // The declarations of others do not depend on the document.
    skipLibCheck: true,
  };
  await mkdir(join(folder, "node_modules/@types"), { recursive: true });
  await symlink(NODE_TYPES, join(folder, "node_modules/@types/node"), "junction");
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ extends: BASE, compilerOptions }));
  const output = await diagnosticsOf(folder);
  const errors = new Map<string, string[]>();
  for (const [, name = "", file, line, message] of output.matchAll(DIAGNOSTIC)) {
    errors.set(name, [...(errors.get(name) ?? []), `${file}:${line} ${message}`]);
  }
  return errors;
}

async function diagnosticsOf(folder: string): Promise<string> {
  const args = [TSC, "--project", folder, "--pretty", "false"];
  try {
    return (await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    const lines = stdout.split("\n").filter((line) => /\berror TS\d+/.test(line));
    // A compiler that is missing, was killed or crashed says nothing of the types.
    if (lines.length === 0 || lines.some((line) => line.search(DIAGNOSTIC) !== 0)) throw error;
    return stdout;
  }
}
