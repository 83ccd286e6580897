import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import { type Document, openEnumName } from "../document.ts";
import { BANNER } from "../text.ts";

/** The whole document as types, by openapi-typescript. */
export async function emitOpenapi(document: Document): Promise<string> {
  const nodes = await openapiTS(structuredClone(document) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => openEnum(document, schema),
  });
  return `${BANNER}\n${astToString(nodes)}`;
}

/**
 * An enum that may grow, which the document states as `anyOf: [the enum, {type: string}]`, becomes
 * `TheEnum | (string & {})`: any string is allowed, and editors still complete the known ones.
 */
function openEnum(document: Document, schema: object): ts.TypeNode | undefined {
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
