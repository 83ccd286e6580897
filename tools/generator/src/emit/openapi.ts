import { type Document, openEnumName, type PathItem, resolve, type Schema } from "@mindbridge-sdk/openapi";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import { BANNER } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The whole document as types, by openapi-typescript. */
export const openapi: Emitter = {
  package: "contract",
  files: async ({ document }) => ({ "openapi.ts": await emit(document) }),
  exports: () => inEveryContract("components", "operations", "paths", "webhooks"),
};

async function emit(document: Document): Promise<string> {
  const webhooks = Object.entries(document.webhooks ?? {}).map(([key, item]) => [
    key,
    resolve<PathItem>(document, item),
  ]);
  // openapi-typescript follows the `$ref` of a path, and takes that of a webhook for no operation at all.
  const followed = { ...document, ...(document.webhooks && { webhooks: Object.fromEntries(webhooks) }) };
  const nodes = await openapiTS(structuredClone(followed) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => openEnum(document, schema as Schema),
  });
  return `${BANNER}\n${astToString(nodes)}`;
}

/** An enum that may grow becomes `TheEnum | (string & {})`: any string is allowed, and editors complete the known ones. */
function openEnum(document: Document, schema: Schema): ts.TypeNode | undefined {
  const name = openEnumName(document, schema);
  if (name === undefined) return undefined;
  const { factory } = ts;
  const index = (object: ts.TypeNode, key: string) =>
    factory.createIndexedAccessTypeNode(object, factory.createLiteralTypeNode(factory.createStringLiteral(key)));
  return factory.createUnionTypeNode([
    index(index(factory.createTypeReferenceNode("components"), "schemas"), name),
    factory.createParenthesizedType(
      factory.createIntersectionTypeNode([
        factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
        factory.createTypeLiteralNode([]),
      ]),
    ),
  ]);
}
