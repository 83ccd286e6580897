import type { Document } from "./document.ts";
import { emitCommands } from "./emit/commands.ts";
import { emitDeliveries } from "./emit/deliveries.ts";
import { emitEnums } from "./emit/enums.ts";
import { emitExamples } from "./emit/examples.ts";
import { emitFixtures } from "./emit/fixtures.ts";
import { emitOpenapi } from "./emit/openapi.ts";
import { emitOperations } from "./emit/operations.ts";
import { emitResources } from "./emit/resources.ts";
import { emitSamples } from "./emit/samples.ts";
import { emitServer } from "./emit/server.ts";
import { emitTypes } from "./emit/types.ts";
import { emitValidators } from "./emit/validators.ts";
import { emitVersion } from "./emit/version.ts";
import { loadDocument } from "./load.ts";
import { readModel } from "./model.ts";

/** The folders that belong to the generator: whatever else stands in them is stale. */
export const GENERATED_FOLDERS = [
  "packages/cli/src/generated",
  "packages/client/src/generated",
  "packages/contract/src/generated",
  "packages/testing/src/generated",
] as const;

/** The text of each generated file, by its path below the root of the repository. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/**
 * Generates everything that follows from an OpenAPI document, and writes nothing.
 *
 * @param options.document The path of the document.
 * @throws {DocumentError} Where the document cannot be generated from, with the place of every problem.
 */
export async function generate(options: { readonly document: string }): Promise<GeneratedFiles> {
  return emit(await loadDocument(options.document));
}

async function emit(document: Document): Promise<GeneratedFiles> {
  const model = readModel(document);
  const [cli, client, contract, testing] = GENERATED_FOLDERS;
  return new Map([
    [`${cli}/operations.ts`, emitCommands(document, model)],
    [`${client}/resources.ts`, emitResources(model)],
    [`${contract}/deliveries.ts`, emitDeliveries(model)],
    [`${contract}/enums.ts`, emitEnums(model)],
    [`${contract}/examples.ts`, emitExamples(model)],
    [`${contract}/openapi.ts`, await emitOpenapi(document)],
    [`${contract}/operations.ts`, emitOperations(model)],
    [`${contract}/server.ts`, emitServer(model)],
    [`${contract}/types.ts`, emitTypes(model)],
    ...emitValidators(document, model).map(([name, text]) => [`${contract}/${name}`, text] as const),
    [`${contract}/version.ts`, emitVersion(document)],
    [`${testing}/deliveries.ts`, emitFixtures(document, model)],
    [`${testing}/samples.ts`, emitSamples(document, model)],
  ]);
}
