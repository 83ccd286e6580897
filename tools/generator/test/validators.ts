import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Document, Schema } from "@mindbridge-sdk/openapi";
import { build } from "esbuild";
import { validators } from "../src/emit/validators.ts";
import { type GeneratedFiles, generateFrom } from "../src/generate.ts";

interface Problem {
  readonly pointer: string;
  readonly keyword: string;
  readonly expected: string;
}

/** What users get for a schema. */
export interface Generated {
  readonly guard: ((value: unknown) => boolean) & { problems(value: unknown): Problem[] };
  readonly inspect: (value: unknown) => (Problem & { kind: string })[];
}

const operationId = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}.get`;

/** A document in which each schema is the response of an operation. */
export function documentOf(schemas: Readonly<Record<string, Schema>>): Document {
  const paths = Object.keys(schemas).map((name) => {
    const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
    return [`/${name}`, { get: { operationId: operationId(name), responses: { 200: { description: "", content } } } }];
  });
  const info = { title: "", version: "" };
  return { openapi: "3.1.1", info, paths: Object.fromEntries(paths), components: { schemas } };
}

/** Generates, bundles and imports the validators of some schemas. */
export async function generateValidators<Name extends string>(
  schemas: Readonly<Record<Name, Schema>>,
): Promise<Readonly<Record<Name, Generated>>> {
  const files = await generateFrom(documentOf(schemas), [validators]);
  const folder = mkdtempSync(join(tmpdir(), "validators-"));
  try {
    const { guards, OPERATION_VALIDATORS: operations } = await importContract(folder, files);
    const names = Object.keys(schemas) as Name[];
    return Object.fromEntries(
      names.map((name) => [
        name,
        { guard: guards[`is${name}`], inspect: operations[operationId(name)].responses[200] },
      ]),
    ) as Record<Name, Generated>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bundles generated files with the code of the contract that they import. */
async function importContract(folder: string, files: GeneratedFiles) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const source = "packages/contract/src";
  const repository = join(import.meta.dirname, "../../..");
  cpSync(join(repository, source, "validation"), join(folder, source, "validation"), { recursive: true });
  const outfile = join(folder, "contract.mjs");
  const contents =
    'export * as guards from "./generated/validators.ts"; export * from "./generated/operation-validators.ts";';
  const stdin = { contents, resolveDir: join(folder, source) };
  await build({ stdin, bundle: true, format: "esm", outfile, logLevel: "error" });
  return import(pathToFileURL(outfile).href);
}
