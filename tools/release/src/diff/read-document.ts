import type { Document } from "@mindbridge-sdk/generator/document";
import { bundle, createConfig, type NormalizedProblem } from "@redocly/openapi-core";
import { isObject } from "./json.ts";

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
  return document as unknown as Document;
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
