import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import { type Document, isReference, resolve, type Schema, schemaName } from "../document.ts";
import { BANNER } from "../text.ts";

/** The whole document as types, by openapi-typescript. */
export async function emitOpenapi(document: Document): Promise<string> {
  const nodes = await openapiTS(structuredClone(document) as unknown as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
    transform: (schema) => openEnum(document, schema as Schema),
  });
  return `${BANNER}\n${astToString(nodes)}`;
}

/**
 * An enum that may grow, which the document states as `anyOf: [the enum, {type: string}]`, becomes
 * `TheEnum | (string & {})`: any string is allowed, and editors still complete the known ones.
 */
function openEnum(document: Document, { anyOf, allOf }: Schema): ts.TypeNode | undefined {
  if (anyOf?.length !== 2 || allOf) return undefined;
  const known = anyOf.find((each) => isReference(each) && resolve<Schema>(document, each).enum);
  const open = anyOf.find(
    (each) => !isReference(each) && Object.keys(each).join() === "type" && each.type === "string",
  );
  const name = known && schemaName(known);
  if (name === undefined || open === undefined) return undefined;
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
