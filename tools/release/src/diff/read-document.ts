import type { Document } from "@mindbridge-sdk/generator/document";
import { bundle, createConfig } from "@redocly/openapi-core";

/**
 * Reads an OpenAPI document and makes each `$ref` to another file a local one. It is not linted: the generator does that.
 *
 * @throws {Error} if it cannot be read, or a `$ref` leads nowhere.
 */
export async function readDocument(file: string): Promise<Document> {
  const config = await createConfig({});
  const { bundle: bundled, problems } = await bundle({ ref: file, config });
  const [problem] = problems.filter(({ severity }) => severity === "error");
  if (problem !== undefined) {
    throw new Error(`${file} cannot be compared: ${problem.message} Run \`pnpm generate\`, which says where.`);
  }
  return bundled.parsed as Document;
}
