import { fileURLToPath } from "node:url";
import { bundle, createConfig, type NormalizedProblem } from "@redocly/openapi-core";
import type { Document } from "./document.ts";
import { isObject, pointerOf } from "./pointer.ts";

/** The path of the document that the SDK is generated from. */
export const SPEC = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));

/**
 * Reads an OpenAPI document and makes each `$ref` to another file a local one. The generator lints documents; this does not.
 *
 * @param advice What to do about a document that cannot be read.
 * @throws {Error} if the document cannot be read, or a `$ref` leads nowhere.
 */
export async function readDocument(file: string = SPEC, advice = adviceFor(file)): Promise<Document> {
  const config = await createConfig({});
  const { bundle: bundled, problems } = await bundle({ ref: file, config }).catch((cause: Error) => {
    throw unreadable(file, advice, cause.message, cause);
  });
  const [problem] = problems.filter(({ severity }) => severity === "error");
  if (problem !== undefined) throw unreadable(file, advice, describe(problem));
  const document: unknown = bundled.parsed;
  if (!isObject(document) || !isObject(document.info)) throw unreadable(file, advice, "it has no `info`");
  const empty = emptyNode(document);
  if (empty !== undefined) throw unreadable(file, advice, `nothing stands at ${empty}`);
  return document;
}

/** The pointer of a path item or an operation that YAML has as a key without a value. */
function emptyNode(document: Readonly<Record<string, unknown>>): string | undefined {
  const below = (node: unknown, keys: readonly string[]): (readonly [string[], unknown])[] =>
    Object.entries(node ?? {}).map(([key, value]) => [[...keys, key], value]);
  const items = ["paths", "webhooks"].flatMap((kind) => below(document[kind], [kind]));
  const nodes = [...items, ...items.flatMap(([keys, item]) => below(item, keys))];
  const [keys] = nodes.find(([, node]) => node === null) ?? [];
  return keys && pointerOf(keys);
}

function describe({ message, location: [location] }: NormalizedProblem): string {
  return location?.pointer === undefined ? message : `${message} at ${location.pointer}`;
}

/** Nobody named the document of this repository, so there is no other to name. */
function adviceFor(file: string): string {
  return file === SPEC
    ? "Correct it: `pnpm generate` lists what is wrong, and where."
    : "Name another file, or correct it: `pnpm generate --spec FILE` lists what is wrong, and where.";
}

function unreadable(file: string, advice: string, what: string, cause?: Error): Error {
  const problem = what.trim().replace(/\.$/, "");
  return new Error(`\`${file}\` cannot be read as an OpenAPI document: ${problem}. ${advice}`, { cause });
}
