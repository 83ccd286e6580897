import type { Document } from "@mindbridge-sdk/openapi";
import type { Emitter } from "./emit/emitter.ts";
import { EVENTS_PAGE, eventsPage } from "./emit/events-page.ts";
import { EMITTERS, folderOf } from "./emit/index.ts";
import { loadDocument } from "./load.ts";
import { readModel } from "./model.ts";
import type { Problem } from "./problem.ts";

/** The text of each generated file, by its path from the root of the repository. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/**
 * Generates everything that follows from an OpenAPI document. It writes nothing.
 *
 * @param options.document The path of the document.
 * @param options.warn Called with each problem of style.
 * @throws {DocumentError} if the document has problems. It lists all of them, each with its place.
 */
export async function generate(options: {
  readonly document: string;
  readonly warn?: (problem: Problem) => void;
}): Promise<GeneratedFiles> {
  const document = await loadDocument(options.document, options.warn);
  return new Map([...(await generateFrom(document)), [EVENTS_PAGE, eventsPage(readModel(document))]]);
}

/** What some emitters, or all of them, write for a document that is read already. It is not linted. */
export async function generateFrom(
  document: Document,
  emitters: readonly Emitter[] = EMITTERS,
): Promise<GeneratedFiles> {
  const model = readModel(document);
  const written = await Promise.all(
    emitters.map(async (emitter) =>
      Object.entries(await emitter.files(model)).map(([name, text]) => [`${folderOf(emitter)}/${name}`, text] as const),
    ),
  );
  return new Map(written.flat());
}
