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

/** What says that the type checker did its work and found something. */
const DIAGNOSTIC = /^(\S+\.ts)\((\d+),\d+\): error (TS\d+: .*)$/m;

export interface TypeVerdict {
  /** Why the generator refuses the document. */
  readonly generator?: string;
  /** The first thing that the compiler finds; absent where there is nothing to compile. */
  readonly types?: string;
}

/**
 * Generates from a document, and type-checks the unchanged hand-written files of the client and the programs of its users
 * against the result.
 *
 * @param document The path of the document.
 * @param folder An empty folder, which the caller removes.
 */
export async function typeFailure(document: string, folder: string): Promise<TypeVerdict> {
  let files: GeneratedFiles;
  try {
    files = await generate({ document });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const [{ rule, message } = { rule: "", message: error.message }] = error.problems;
    return { generator: `${rule}: ${message}` };
  }
  await writeClient(files, folder);
  await cp(CONSUMERS, join(folder, "consumers"), { recursive: true });
  await mkdir(join(folder, "node_modules/@types"), { recursive: true });
  await symlink(NODE_TYPES, join(folder, "node_modules/@types/node"), "junction");
  const compilerOptions = {
    lib: ["es2024", "dom"],
    types: ["node"],
    noEmit: true,
    // Only what follows from the document can differ.
    skipLibCheck: true,
  };
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ extends: BASE, compilerOptions }));
  const types = await diagnosticOf(folder);
  return types === undefined ? {} : { types };
}

async function diagnosticOf(folder: string): Promise<string | undefined> {
  try {
    await promisify(execFile)(process.execPath, [TSC, "--project", folder, "--pretty", "false"], { cwd: folder });
    return undefined;
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    const [, file, line, message] = DIAGNOSTIC.exec(stdout) ?? [];
    // Not found, killed or crashed: that says nothing of the types.
    if (file === undefined) throw error;
    return `${file}:${line} ${message}`;
  }
}
