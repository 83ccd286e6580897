import type { Document } from "@mindbridge-sdk/generator/document";
import { bundle, createConfig, type NormalizedProblem } from "@redocly/openapi-core";
import { isObject, type JsonObject, pointerOf } from "./json.ts";

/**
 * Reads an OpenAPI document and makes each `$ref` to another file a local one. It is not linted: the generator does that.
 *
 * @throws {Error} if it cannot be read, or a `$ref` leads nowhere.
 */
export async function readDocument(file: string): Promise<Document> {
  const config = await createConfig({});
  const { bundle: bundled, problems } = await bundle({ ref: file, config }).catch((cause: Error) => {
    throw unreadable(file, cause.message, cause);
  });
  const [problem] = problems.filter(({ severity }) => severity === "error");
  if (problem !== undefined) throw unreadable(file, describe(problem));
  const document: unknown = bundled.parsed;
  if (!isObject(document) || !isObject(document.info)) throw unreadable(file, "it has no `info`");
  const empty = emptyNode(document);
  if (empty !== undefined) throw unreadable(file, `nothing stands at ${empty}`);
  return document as unknown as Document;
}

/** Where a path item, or an operation, is to be, and is left out: in YAML, a key with nothing behind it. */
function emptyNode(document: JsonObject): string | undefined {
  const below = (node: unknown, keys: readonly string[]): (readonly [string[], unknown])[] =>
    Object.entries(node ?? {}).map(([key, value]) => [[...keys, key], value]);
  const items = ["paths", "webhooks"].flatMap((kind) => below(document[kind], [kind]));
  const [found] =
    [...items, ...items.flatMap(([keys, item]) => below(item, keys))].find(([, node]) => node === null) ?? [];
  return found && pointerOf(found);
}

function describe({ message, location: [location] }: NormalizedProblem): string {
  return location?.pointer === undefined ? message : `${message} at ${location.pointer}`;
}

function unreadable(file: string, what: string, cause?: Error): Error {
  return new Error(
    `\`${file}\` cannot be read as an OpenAPI document: ${what.trim().replace(/\.$/, "")}. ` +
      "Name another file, or mend it: `pnpm generate --spec FILE` says what is wrong, and where.",
    { cause },
  );
}
