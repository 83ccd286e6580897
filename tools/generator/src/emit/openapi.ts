import {
  allOfParts,
  childrenOf,
  type Document,
  exchangesOf,
  isAnnotation,
  isBinary,
  isJson,
  isObject,
  keysOf,
  keywordsOf,
  mapSubschemas,
  openEnumName,
  type PathItem,
  type Root,
  resolve,
  resolveSchema,
  rootsOf,
  type Schema,
  type SchemaObject,
  schemaName,
  typesOf,
} from "@mindbridge-sdk/openapi";
import {
  addJSDocComment,
  astToString,
  type GlobalContext,
  type OpenAPI3,
  type SchemaObject as OpenapiSchema,
  resolveRef,
  scanDiscriminators,
  type TransformNodeOptions,
  transformSchema,
  transformSchemaObject,
} from "openapi-typescript";
import ts from "typescript";
import { mapSchemas } from "../normalize.ts";
import { BANNER, docComment } from "../text.ts";
import { type Emitter, inEveryContract } from "./emitter.ts";

/** The whole document as types, by openapi-typescript. */
export const openapi: Emitter = {
  package: "contract",
  files: ({ document }) => ({ "openapi.ts": emit(document) }),
  exports: () => inEveryContract("components", "operations", "paths", "webhooks"),
};

function emit(document: Document): string {
  const webhooks = Object.entries(document.webhooks ?? {}).map(([key, item]) => [
    key,
    resolve<PathItem>(document, item),
  ]);
  // openapi-typescript follows the `$ref` of a path, and takes that of a webhook for no operation at all.
  const followed = { ...document, ...(document.webhooks && { webhooks: Object.fromEntries(webhooks) }) };
  const isSent = sentPlaces(document);
  const isJsonPlace = jsonPlaces(document);
  const typed = mapSchemas(followed, (schema) => typable(document, schema));
  const nodes = transform(typed as object as OpenAPI3, {
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    transform: (schema, options) =>
      openEnum(document, schema as Schema) ??
      anyObject(schema as Schema) ??
      (isJsonPlace(options.path ?? "") ? undefined : file(schema as Schema)) ??
      nullConstant(schema as Schema) ??
      tuple(schema as Schema, options),
    // Whoever sends a list may have one that cannot be changed, such as a constant.
    postTransform: (type, { path = "" }) =>
      ts.isArrayTypeNode(type) && isSent(path)
        ? ts.factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, type)
        : undefined,
    transformProperty: (property, schema) => {
      const { description } = keywordsOf(document, schema as Schema);
      // It comments on what stands beside a `$ref`, and not on what the `$ref` leads to.
      if (description && "$ref" in schema && !("description" in schema)) addJSDocComment({ description }, property);
      return property;
    },
  });
  return `${BANNER}\n${astToString(nodes.flatMap((node) => nameSchemas(document, node)))}`;
}

/**
 * The types of a document. openapi-typescript would lint and bundle it first, which takes twice as long as the types: this document is
 * linted and bundled.
 *
 * @param options Those of openapi-typescript. All others are off.
 */
function transform(document: OpenAPI3, options: Partial<GlobalContext>): ts.Node[] {
  const silent = { silent: true };
  const context = {
    ...options,
    discriminators: scanDiscriminators(document, silent),
    injectFooter: [],
    resolve: ($ref: string) => resolveRef(document, $ref, silent),
    ...silent,
  };
  return transformSchema(document, context as Partial<GlobalContext> as GlobalContext);
}

/** Tells of a place whether users only send what stands there. */
function sentPlaces(document: Document): (path: string) => boolean {
  const sent = namesReachedBy(document, ({ direction }) => direction === "sent");
  const read = namesReachedBy(document, ({ direction }) => direction === "read");
  return (path) => {
    const [, root = "", kind = "", name = ""] = path.split("/");
    if (root === "components") return kind === "parameters" || (sent.has(name) && !read.has(name));
    return root === "paths" && /\/(parameters|requestBody)\//.test(path);
  };
}

/** Tells of a place whether what stands there is only written as JSON: bytes are a text in it, and no file. */
function jsonPlaces(document: Document): (path: string) => boolean {
  const isInJson = ({ mediaType }: Root): boolean => mediaType !== undefined && isJson(mediaType);
  const inJson = namesReachedBy(document, isInJson);
  const elsewhere = namesReachedBy(document, (root) => !isInJson(root));
  return (path) => {
    const [, root = "", kind = "", name = ""] = path.split("/");
    if (root === "components" && kind === "schemas") return inJson.has(name) && !elsewhere.has(name);
    const [, mediaType = ""] = /\/content\/([^/]+)/.exec(path) ?? [];
    return isJson(keysOf(`#/${mediaType}`).join());
  };
}

/** The names of the schemas that some roots of the document lead to. */
function namesReachedBy(document: Document, isIncluded: (root: Root) => boolean): ReadonlySet<string> {
  const { schemas = {} } = document.components ?? {};
  const names = new Set<string>();
  const visit = (schema: Schema): void => {
    if (typeof schema === "boolean") return;
    const name = schemaName(schema);
    if (name !== undefined && !names.has(name)) {
      names.add(name);
      visit(schemas[name] ?? true);
    }
    for (const { value } of childrenOf({ value: schema, pointer: "" })) visit(value);
  };
  for (const each of exchangesOf(document))
    for (const root of rootsOf(document, each)) if (isIncluded(root)) visit(root.schema.value);
  return names;
}

/**
 * A schema in the words of which openapi-typescript makes the right type.
 *
 * @param isPart Whether it is a part of an `allOf`.
 */
function typable(document: Document, schema: Schema, isPart = false): Schema {
  if (typeof schema === "boolean") return schema;
  const whole = isPart ? schema : withConditions(document, schema);
  const told = withOpenIndex(document, withAlternatives(document, whole));
  const merged = told.allOf ? mergedParts(document, told) : told;
  return mapSubschemas(merged, (part, keyword) => typable(document, part, keyword === "allOf"));
}

/** The schema, with the properties that `then`, `else` and `dependentSchemas` alone describe: a value may have them. */
function withConditions(document: Document, schema: SchemaObject): SchemaObject {
  const conditional = allOfParts(document, schema).flatMap(({ value }) =>
    [value.then, value.else, ...Object.values(value.dependentSchemas ?? {})].flatMap((each) =>
      each === undefined ? [] : propertiesIn(document, each),
    ),
  );
  if (conditional.length === 0) return schema;
  const described = new Set(propertiesIn(document, schema).map(([name]) => name));
  const added = Map.groupBy(
    conditional.filter(([name]) => described.size > 0 && !described.has(name)),
    ([name]) => name,
  );
  if (added.size === 0) return schema;
  const properties = [...added].map(([name, all]) => [name, { anyOf: all.map(([, each]) => each) }]);
  return { ...schema, properties: { ...schema.properties, ...Object.fromEntries(properties) } };
}

/**
 * The schema, with the choice beside its other keywords as a part of an `allOf`: openapi-typescript would make `A | B` of `A` with an
 * `anyOf`. A member that only has `required` gets the properties from beside the choice. A member that only has limits says nothing.
 */
function withAlternatives(document: Document, schema: SchemaObject): SchemaObject {
  const { anyOf, oneOf, ...rest } = schema;
  const isMade = oneOf === undefined || oneOf.every(hasType);
  if ((anyOf === undefined && isMade) || !hasType(rest) || openEnumName(document, schema) !== undefined) return schema;
  const described = new Map(propertiesIn(document, rest));
  const isOfObjects = described.size > 0 || typesOf(document, rest).has("object");
  const typed = (member: Schema): Schema => {
    const { required } = keywordsOf(document, member);
    if (hasType(member) || !isOfObjects) return member;
    if (required === undefined) return { type: "object", [ANY_OBJECT]: true };
    const properties = Object.fromEntries(required.map((name) => [name, described.get(name) ?? true]));
    return { type: "object", required, properties };
  };
  const mayBeNull = (member: Schema): boolean => {
    const types = typesOf(document, member);
    return types.size === 0 || types.has("null");
  };
  const parts = [anyOf, isMade ? undefined : oneOf].flatMap((members = []): Schema[] => {
    const alternatives = members.map(typed);
    const isTold = alternatives.every(hasType) && !alternatives.every((each) => isObject(each) && ANY_OBJECT in each);
    return isTold ? [{ anyOf: alternatives }] : [];
  });
  const told = { ...rest, ...(isMade && oneOf && { oneOf }), allOf: [...(rest.allOf ?? []), ...parts] };
  const types = [rest.type ?? []].flat();
  const [first, ...more] = types.filter((each) => each !== "null");
  if (
    !types.includes("null") ||
    first === undefined ||
    ![anyOf, oneOf].every((members) => members?.some(mayBeNull) ?? true)
  )
    return told;
  const annotations = Object.fromEntries(Object.entries(rest).filter(([keyword]) => isAnnotation(keyword)));
  return { ...annotations, anyOf: [{ ...told, type: more.length > 0 ? [first, ...more] : first }, { type: "null" }] };
}

/** The keywords that say of which type a value is. */
const TYPES: readonly string[] = [
  "$ref",
  "type",
  "enum",
  "const",
  "properties",
  "patternProperties",
  "additionalProperties",
  "items",
  "prefixItems",
  "allOf",
  "anyOf",
  "oneOf",
];

function hasType(schema: Schema): boolean {
  return schema === false || (isObject(schema) && TYPES.some((keyword) => keyword in schema));
}

/**
 * The schema, with unnamed properties of any type if their type differs from that of the named ones: no object has the type
 * `{ rank?: number } & { [name: string]: string }`.
 */
function withOpenIndex(document: Document, schema: SchemaObject): SchemaObject {
  const { patternProperties, ...others } = schema;
  const { properties, additionalProperties } = others;
  const rest = [additionalProperties, ...Object.values(patternProperties ?? {})].filter((each) => isObject(each));
  if (!isObject(properties) || rest.length === 0) return schema;
  const types = new Set(rest.flatMap((each) => [...typesOf(document, each)]));
  const named = Object.values(properties).flatMap((each) => [...typesOf(document, each)]);
  return named.every((type) => types.has(type)) ? schema : { ...others, additionalProperties: true };
}

/**
 * The schema with parts of its `allOf` merged: where one only says that a property is an object, and another says which. As types, the two
 * would be `Record<string, unknown> & …`, which accepts every misspelt property.
 */
function mergedParts(document: Document, schema: SchemaObject): SchemaObject {
  const parts = allOfParts(document, schema).map(({ value }) => value);
  if (!parts.every(isPlainObject)) return withAnyObjects(document, schema);
  const byName = Map.groupBy(
    parts.flatMap(({ properties = {} }) => Object.entries(properties)),
    ([name]) => name,
  );
  const properties = [...byName].map(([name, all]) => ({ name, said: all.map(([, property]) => property) }));
  const isOpened = properties.some(({ said }) => said.length > 1 && said.some((each) => isBare(document, each)));
  if (!isOpened) return withAnyObjects(document, schema);
  const merged = properties.map(({ name, said }): [string, Schema] => {
    const [first = true, ...others] = said.filter((one) => !said.some((other) => saysMore(document, other, one)));
    const [description = ""] = said.flatMap((each) => keywordsOf(document, each).description ?? []);
    return [name, others.length === 0 ? first : { description, allOf: [first, ...others] }];
  });
  return {
    type: "object",
    required: [...new Set(parts.flatMap(({ required = [] }) => required))],
    properties: Object.fromEntries(merged),
  };
}

/**
 * For parts that cannot be merged, for instance since one offers a choice. Where several describe a property, one that names no properties
 * of it gets the type `object`.
 */
function withAnyObjects(document: Document, schema: SchemaObject): SchemaObject {
  const said = Map.groupBy(propertiesIn(document, schema), ([name]) => name);
  const isOpened = (name: string): boolean => {
    const all = (said.get(name) ?? []).map(([, property]) => isBareObject(document, property));
    return all.includes(true) && all.includes(false);
  };
  const visit = (part: Schema, around: readonly Schema[]): Schema => {
    const found = resolveSchema(document, part);
    if (around.includes(found) || !propertiesIn(document, found).some(([name]) => isOpened(name))) return part;
    const inside = [...around, found];
    const visited = mapSubschemas(found, (each, keyword) => (COMPOSED.has(keyword) ? visit(each, inside) : each));
    const { properties } = keywordsOf(document, visited);
    const opened = Object.entries(properties ?? {}).map(([name, property]): [string, Schema] => [
      name,
      isOpened(name) ? asAnyObject(document, property) : property,
    ]);
    return { ...keywordsOf(document, visited), ...(properties && { properties: Object.fromEntries(opened) }) };
  };
  return [...said.keys()].some(isOpened) ? keywordsOf(document, visit(schema, [])) : schema;
}

const COMPOSED: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf"]);

/** The properties that the parts of a schema and the members of its choices name. A schema that holds itself is passed once. */
function propertiesIn(document: Document, schema: Schema, around: readonly Schema[] = []): [name: string, Schema][] {
  if (around.includes(schema)) return [];
  return allOfParts(document, schema).flatMap(({ value: { properties = {}, anyOf = [], oneOf = [] } }) => [
    ...Object.entries(properties),
    ...[...anyOf, ...oneOf].flatMap((member) => propertiesIn(document, member, [...around, schema])),
  ]);
}

/** Whether a schema, or a member of its choice, names no property of an object. */
function isBareObject(document: Document, schema: Schema): boolean {
  const { anyOf = [], oneOf = [], additionalProperties: _, ...own } = keywordsOf(document, schema);
  return (
    (own.type === "object" && isBare(document, own)) ||
    [...anyOf, ...oneOf].some((each) => isBareObject(document, each))
  );
}

function asAnyObject(document: Document, schema: Schema): Schema {
  const { anyOf, oneOf, ...others } = keywordsOf(document, schema);
  const within = (members: readonly Schema[]) => members.map((each) => asAnyObject(document, each));
  if (!isBareObject(document, schema)) return schema;
  return {
    ...others,
    ...(anyOf && { anyOf: within(anyOf) }),
    ...(oneOf && { oneOf: within(oneOf) }),
    ...(!(anyOf ?? oneOf) && { [ANY_OBJECT]: true }),
  };
}

/** The mark of a schema whose type is `object`. */
const ANY_OBJECT = "x-any-object";

function anyObject(schema: Schema): ts.TypeNode | undefined {
  return isObject(schema) && ANY_OBJECT in schema
    ? ts.factory.createKeywordTypeNode(ts.SyntaxKind.ObjectKeyword)
    : undefined;
}

/** Whether a schema of the same type says more than one that only has a type. */
function saysMore(document: Document, schema: Schema, than: Schema): boolean {
  const { type } = keywordsOf(document, than);
  const isOfType = allOfParts(document, schema).some(({ value }) => value.type === type);
  return isBare(document, than) && !isBare(document, schema) && isOfType;
}

/** Whether a schema has a type, and says no more about its values. */
function isBare(document: Document, schema: Schema): boolean {
  const { type, ...others } = keywordsOf(document, schema);
  return type !== undefined && Object.keys(others).every(isAnnotation);
}

function isPlainObject({ type = "object", ...others }: SchemaObject): boolean {
  const isTold = (keyword: string): boolean => keyword === "properties" || keyword === "required";
  return type === "object" && Object.keys(others).every((keyword) => isTold(keyword) || isAnnotation(keyword));
}

/** Gives each schema among the components a type of its own name: errors of the compiler then say the name, not the fields. */
function nameSchemas(document: Document, node: ts.Node): ts.Node[] {
  const { factory } = ts;
  const types: ts.TypeAliasDeclaration[] = [];
  const reference = (name: string) => factory.createTypeReferenceNode(name);
  const visit = (inner: ts.Node): ts.Node => {
    const name = referredSchema(inner);
    if (name !== undefined) return reference(name);
    if (!ts.isIntersectionTypeNode(inner)) return ts.visitEachChild(inner, visit, undefined);
    const parts = inner.types.map((type) => withoutRecords(document, type));
    return factory.createIntersectionTypeNode(parts.map((part) => visit(part) as ts.TypeNode));
  };
  const named = (schema: ts.TypeElement): ts.TypeElement => {
    if (!ts.isPropertySignature(schema) || !schema.type) return schema;
    const name = (schema.name as ts.Identifier | ts.StringLiteral).text;
    const modifiers = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
    const type = factory.createTypeAliasDeclaration(modifiers, name, undefined, visit(schema.type) as ts.TypeNode);
    const { description = "" } = keywordsOf(document, document.components?.schemas?.[name]);
    if (description) {
      const text = docComment("", description).slice("/*".length, -"*/\n".length);
      ts.addSyntheticLeadingComment(type, ts.SyntaxKind.MultiLineCommentTrivia, text, true);
    }
    types.push(type);
    return factory.createPropertySignature(undefined, schema.name, undefined, reference(name));
  };
  if (!ts.isInterfaceDeclaration(node) || node.name.text !== "components") return [visit(node)];
  const members = node.members.map((member) => {
    const isSchemas = ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.name.text === "schemas";
    if (!isSchemas || !member.type || !ts.isTypeLiteralNode(member.type)) return visit(member) as ts.TypeElement;
    const literal = factory.createTypeLiteralNode(member.type.members.map(named));
    return factory.createPropertySignature(undefined, member.name, undefined, literal);
  });
  const components = factory.createInterfaceDeclaration(node.modifiers, node.name, undefined, undefined, members);
  return [components, ...types];
}

/** A part of an intersection, or a choice in it. Here, too, `Record<string, unknown>` would have every property that is misspelt. */
function withoutRecords(document: Document, type: ts.TypeNode): ts.TypeNode {
  const { factory } = ts;
  const within = (inner: ts.TypeNode) => withoutRecords(document, inner);
  if (ts.isParenthesizedTypeNode(type)) return factory.createParenthesizedType(within(type.type));
  if (ts.isUnionTypeNode(type)) return factory.createUnionTypeNode(type.types.map(within));
  const isRecord = ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === "Record";
  const name = referredSchema(type);
  return isRecord || (name !== undefined && hasNoProperties(document, { $ref: `#/components/schemas/${name}` }))
    ? factory.createKeywordTypeNode(ts.SyntaxKind.ObjectKeyword)
    : type;
}

/** Whether a schema is an object that names nothing, such as one whose properties are all `readOnly`, where it is sent. */
function hasNoProperties(document: Document, schema: Schema): boolean {
  const parts = allOfParts(document, schema).map(({ value }) => value);
  const isEmpty = ({ properties = {}, ...others }: SchemaObject): boolean =>
    Object.keys(properties).length === 0 && isPlainObject(others);
  return parts.some(({ type }) => type === "object") && parts.every(isEmpty);
}

/** The name in `components["schemas"]["WebhookEvent"]`. */
function referredSchema(node: ts.Node): string | undefined {
  const keyOf = (type: ts.Node): string | undefined =>
    ts.isIndexedAccessTypeNode(type) &&
    ts.isLiteralTypeNode(type.indexType) &&
    ts.isStringLiteral(type.indexType.literal)
      ? type.indexType.literal.text
      : undefined;
  return ts.isIndexedAccessTypeNode(node) && keyOf(node.objectType) === "schemas" ? keyOf(node) : undefined;
}

/** A file in a form is a `Blob`, which a `File` is, too. */
function file(schema: Schema): ts.TypeNode | undefined {
  return isObject(schema) && isBinary(schema) ? ts.factory.createTypeReferenceNode("Blob") : undefined;
}

/** openapi-typescript takes a `const` that is `null` for none. */
function nullConstant(schema: Schema): ts.TypeNode | undefined {
  const isNull = isObject(schema) && schema.const === null;
  return isNull ? ts.factory.createLiteralTypeNode(ts.factory.createNull()) : undefined;
}

/** `prefixItems` say how a list begins. openapi-typescript takes them for all of its items, and for required ones. */
function tuple(schema: Schema, options: TransformNodeOptions): ts.TypeNode | undefined {
  const { type, prefixItems, items = true, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema as SchemaObject;
  if (type !== "array" || !prefixItems) return undefined;
  const { factory } = ts;
  const typeOf = (item: Schema): ts.TypeNode => transformSchemaObject(item as OpenapiSchema, options);
  const first = prefixItems
    .slice(0, maxItems)
    .map((item, index) => (index < minItems ? typeOf(item) : factory.createOptionalTypeNode(typeOf(item))));
  const isClosed = items === false || prefixItems.length >= maxItems;
  const others = isClosed ? [] : [factory.createRestTypeNode(factory.createArrayTypeNode(typeOf(items)))];
  return factory.createTupleTypeNode([...first, ...others]);
}

/** An enum that may grow becomes `TheEnum | (string & {})`: any string is allowed, and editors complete the known ones. */
function openEnum(document: Document, schema: Schema): ts.TypeNode | undefined {
  const name = openEnumName(document, schema);
  if (name === undefined) return undefined;
  const { factory } = ts;
  return factory.createUnionTypeNode([
    factory.createTypeReferenceNode(name),
    factory.createParenthesizedType(
      factory.createIntersectionTypeNode([
        factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
        factory.createTypeLiteralNode([]),
      ]),
    ),
  ]);
}
