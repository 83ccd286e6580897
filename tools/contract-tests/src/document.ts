import { withoutDiscriminators } from "@mindbridge-sdk/generator";
import { type Document, dereference } from "@mindbridge-sdk/openapi";

/**
 * The document as the client and the mock read it: what each `$ref` leads to stands in its place, and each schema that a
 * `discriminator` leads to states its value of the property.
 */
export function plainDocument(document: Document): Document {
  return dereference(withStatedValues(document));
}

/** Each schema that a `discriminator` leads to states its value of the property. */
export function withStatedValues(document: Document): Document {
  return JSON.stringify(document).includes('"discriminator":') ? withoutDiscriminators(document) : document;
}
