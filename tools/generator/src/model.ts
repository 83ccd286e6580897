import {
  allOfParts,
  basisOf,
  childrenOf,
  type Document,
  defaultIn,
  deliveriesOf,
  type Example,
  eventsOf,
  examplesOf,
  type Header,
  isAnnotation,
  isBinary,
  isJson,
  isObject,
  jsonContent,
  jsonMediaType,
  keysOf,
  keywordsOf,
  type MediaType,
  operationsOf,
  type Pagination,
  type Parameter,
  propertyPointer,
  propertySchema,
  type Reference,
  type RequestBody,
  type ResponseObject,
  resolve,
  type Schema,
  type Delivery as SpecDelivery,
  type Operation as SpecOperation,
  schemaName,
  target,
  typesOf,
} from "@mindbridge-sdk/openapi";
import { argumentName, camelCase, pascalCase } from "./names.ts";
import { type NormalizedDocument, normalize } from "./normalize.ts";
import { tokenHeaders } from "./security.ts";

/** What the emitters know of a document, in the order of the document. */
export interface Model extends NormalizedDocument {
  /** The document before it was normalized. */
  readonly source: Document;
  readonly operations: readonly Operation[];
  readonly resources: readonly Resource[];
  readonly deliveries: readonly Delivery[];
}

/** The operations whose names begin with one name. */
export interface Resource {
  /** It has a dot if the resource is a property of another one: `webhooks.keys`. */
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

export interface Operation {
  readonly id: string;
  /** Where it stands in the document. */
  readonly pointer: string;
  readonly resource: string;
  readonly name: string;
  /** In capitals. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly source: string | undefined;
  readonly deprecated: boolean;
  /** Whether it only reads. */
  readonly safe: boolean;
  /** The name of the header that takes the token, in lower case; `""` if the operation takes none. */
  readonly tokenHeader: string;
  /** Whether it may be called without the token that it takes. */
  readonly isTokenOptional: boolean;
  readonly pages: Pages | undefined;
  readonly parameters: readonly Parameter[];
  readonly pathParameters: readonly PathParameter[];
  readonly query: NamedParameters | undefined;
  readonly headers: NamedParameters | undefined;
  readonly body: RequestBodyModel | undefined;
  readonly responses: readonly Response[];
}

/** How the pages of an operation follow each other, the number of the first, and the type of their items, if it has a name. */
export type Pages = Pagination & { readonly start: number; readonly itemType: string | undefined };

export interface RequestBodyModel extends Body {
  readonly required: boolean;
  /** What is sent if users give none, as its schema says. */
  readonly default: unknown;
  /** The type of the entity that it changes, which may be given as it was read. */
  readonly entity: string | undefined;
  /** The objects in a form without files that are written as `deepObject`, and not as JSON. */
  readonly deepObjects: readonly string[];
  /** The media types of the files in a form that do not say theirs, by the name of their part. */
  readonly fileTypes: Readonly<Record<string, string>>;
  /** The properties that may be given and are not sent: they are of the entity, and only the server sets them. */
  readonly readOnly: ReadOnlyProperties;
}

/**
 * The read-only properties of an object, by name. `true`: the property itself is read-only. An object: these properties of the object,
 * or of each object in the list, that the property holds. A number: the same as in an enclosing object, that many levels further out; 0
 * is the object that has the property. So a schema that holds itself has them at every depth. `*` stands for each property
 * without an entry, as maps have them.
 */
export interface ReadOnlyProperties {
  readonly [name: string]: true | number | ReadOnlyProperties;
}

/** A parameter in the path. They are in the order of the path's template. */
export interface PathParameter {
  readonly name: string;
  /** The name of the argument of the method: `org.id` is `orgId`. */
  readonly argument: string;
  /** The TypeScript type. `Contract` in it stands for the module of the contract. */
  readonly type: string;
  readonly description: string;
}

/** All query parameters, or all headers, of an operation. */
export interface NamedParameters {
  readonly type: string;
  readonly alias: Alias;
  readonly required: boolean;
  /** How those query parameters are written that openapi-fetch would write otherwise, by their names. */
  readonly styles: Readonly<Record<string, QueryStyle>>;
  /** Whether a query has names that have to be percent-encoded. openapi-fetch would write them as they are. */
  readonly hasEncodedNames: boolean;
}

/** How a query parameter that holds a list or an object is written. */
export interface QueryStyle {
  readonly style: string;
  readonly explode: boolean;
}

/**
 * How a body is written: as JSON, as a form (of parts, for files, or of text), or as bytes or text that nobody parses.
 */
export type BodyKind = "json" | "form" | "bytes";

/** The body of a request, of a response or of a delivery. */
export interface Body {
  readonly kind: BodyKind;
  /** Such as `application/json`: if there are several, the one that the client speaks. */
  readonly mediaType: string;
  /** The name of its type; for an error whose schema has no name, an expression of openapi.ts. Bytes have no such type. */
  readonly type: string;
  /** The type of a schema that has no name in the document. */
  readonly alias: Alias | undefined;
  readonly schema: Schema | undefined;
  readonly description: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

/** A response. Without content it has no kind, no media type, no type and no schema; bytes have no type and no schema. */
export interface Response extends Omit<Body, "kind" | "mediaType" | "type"> {
  readonly status: string;
  readonly kind: BodyKind | undefined;
  readonly mediaType: string | undefined;
  readonly type: string | undefined;
  /** The media types that the client can read: of several, JSON alone. */
  readonly accepted: readonly string[];
  /** Whether there are other media types. */
  readonly isNegotiated: boolean;
  /** The names of the headers that it has in the document, and whether it always has them. */
  readonly headers: Readonly<Record<string, boolean>>;
}

export interface Delivery extends Body {
  /** The values of `type` in its body. */
  readonly types: readonly string[];
  /** The event that a webhook subscribes to for it. */
  readonly subscription: string | undefined;
}

/** A name that users import for a type that has none in the document. */
export interface Alias {
  readonly name: string;
  /** The type, in terms of openapi.ts. */
  readonly expression: string;
  readonly description: string;
  /** What the name stands for, in words. */
  readonly what: string;
  /** The pointer of the place in the document. */
  readonly pointer: string;
}

const models = new WeakMap<Document, Model>();

/** The model of a document. It is read once: documents do not change. */
export function readModel(document: Document): Model {
  const model = models.get(document) ?? modelOf(document);
  models.set(document, model);
  return model;
}

function modelOf(source: Document): Model {
  const normalized = normalize(source);
  const { document, undivided } = normalized;
  const originals = operationsOf(undivided);
  const operations = operationsOf(document).map((operation, index) =>
    readOperation(normalized, operation, originals[index] ?? operation),
  );
  const resources = readResources(document, operations);
  const deliveries = deliveriesOf(document).flatMap((delivery) => readDeliveries(document, delivery));
  return { ...normalized, source, operations, resources, deliveries };
}

/** The resources in the order of the operations, each after the one that it is a property of. */
function readResources({ tags = [] }: Document, operations: readonly Operation[]): Resource[] {
  const descriptions = new Map(tags.map(({ name, description }) => [camelCase(name), description]));
  const byName = Map.groupBy(operations, ({ resource }) => resource);
  const names = [...byName.keys()].flatMap((name) => {
    const words = name.split(".");
    return words.map((_, index) => words.slice(0, index + 1).join("."));
  });
  return [...new Set(names)].map((name) => ({
    name,
    description: descriptions.get(camelCase(name)) ?? `The operations on \`${name}\`.`,
    operations: byName.get(name) ?? [],
  }));
}

/** Whether a status, such as `201` or `2XX`, is one of success. */
export function isSuccess({ status }: { readonly status: string }): boolean {
  return status.startsWith("2");
}

/** Whether a success is no JSON. Then no other is: a rule sees to it. */
export function hasStream({ responses }: Operation): boolean {
  return responses.some((response) => isSuccess(response) && response.kind !== undefined && response.kind !== "json");
}

/** Whether the type of a body has a name that users import. */
export function isNamed({ alias, schema }: Pick<Body, "alias" | "schema">): boolean {
  return alias !== undefined || (schema !== undefined && schemaName(schema) !== undefined);
}

/** @param original The operation before its schemas were divided by direction. */
function readOperation(normalized: NormalizedDocument, operation: SpecOperation, original: SpecOperation): Operation {
  const { document } = normalized;
  const { id, resource, name, method, path, pointer, object, parameters, requestBody } = operation;
  const headers = tokenHeaders(document, operation.security);
  const [tokenHeader = ""] = headers;
  return {
    id,
    pointer,
    resource,
    name,
    method: method.toUpperCase(),
    path,
    summary: object.summary ?? "",
    description: [object.description, basisOf(object)].filter(Boolean).join("\n\n"),
    source: object["x-source"],
    deprecated: object.deprecated === true,
    safe: isSafe(operation),
    tokenHeader,
    isTokenOptional: tokenHeader !== "" && headers.includes(""),
    pages: readPages(document, operation),
    parameters,
    pathParameters: readPathParameters(document, operation),
    query: readNamedParameters(document, operation, "query", "Query"),
    headers: readNamedParameters(document, operation, "header", "Headers"),
    body: requestBody && readRequestBody(normalized, operation, requestBody, original.requestBody ?? requestBody),
    responses: Object.entries(operation.responses).map(([status, response]) =>
      readResponse(document, operation, status, response),
    ),
  };
}

function isSafe({ method, object }: SpecOperation): boolean {
  return ["get", "head", "options", "trace"].includes(method) || object["x-safe"] === true;
}

/** The schema of the first success of an operation. */
function successOf({ responses }: SpecOperation): Schema | undefined {
  const [, response] = Object.entries(responses).find(([status]) => isSuccess({ status })) ?? [];
  return jsonContent(response)?.schema;
}

function nameOf(schema: Schema | undefined): string | undefined {
  return schema === undefined ? undefined : schemaName(schema);
}

function readPages(document: Document, operation: SpecOperation): Pages | undefined {
  const { "x-pagination": pagination } = operation.object;
  if (pagination === undefined) return undefined;
  const way = keysOf(propertyPointer(pagination.items));
  const { items } = keywordsOf(document, propertySchema(document, successOf(operation), way));
  const asked = operation.parameters.find(({ in: place, name }) => place === "query" && name === pagination.parameter);
  const { default: usual, minimum } = keywordsOf(document, asked?.schema);
  const start = pagination.style === "page" ? Number(usual ?? minimum ?? 0) : 0;
  return { ...pagination, start, itemType: nameOf(items) };
}

/** Where openapi.ts has the type of an operation. */
function expressionOf({ id }: SpecOperation): string {
  return `operations[${JSON.stringify(id)}]`;
}

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
};

function readPathParameters(document: Document, operation: SpecOperation): PathParameter[] {
  return [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => {
    const parameter = operation.parameters.find((each) => each.in === "path" && each.name === name);
    const { type: jsonType, enum: values, const: value } = keywordsOf(document, parameter?.schema);
    const primitive = values || value !== undefined ? undefined : PRIMITIVES[String(jsonType)];
    const named =
      (parameter?.schema && schemaName(parameter.schema)) ??
      `${expressionOf(operation)}["parameters"]["path"][${JSON.stringify(name)}]`;
    const type = primitive ?? `Contract.${named}`;
    return { name, argument: argumentName(name), type, description: parameter?.description ?? "" };
  });
}

function readNamedParameters(
  document: Document,
  operation: SpecOperation,
  kind: "query" | "header",
  suffix: string,
): NamedParameters | undefined {
  const parameters = operation.parameters.filter((parameter) => parameter.in === kind);
  if (parameters.length === 0) return undefined;
  const name = `${pascalCase(operation.id)}${suffix}`;
  const what = `the ${kind} parameters of \`${operation.id}\``;
  const expression = `NonNullable<${expressionOf(operation)}["parameters"]["${kind}"]>`;
  return {
    type: name,
    alias: { name, expression, description: `${sentence(what)}.`, what, pointer: operation.pointer },
    required: parameters.some(({ required }) => required),
    styles: kind === "query" ? readStyles(document, parameters) : {},
    hasEncodedNames:
      kind === "query" &&
      parameters.some(
        ({ name: own, schema }) => encodeURIComponent(own) !== own || typesOf(document, schema).has("object"),
      ),
  };
}

/** openapi-fetch writes lists as `form`, exploded, and objects as `deepObject`. */
function readStyles(document: Document, parameters: readonly Parameter[]): Record<string, QueryStyle> {
  return Object.fromEntries(
    parameters.flatMap((parameter): [string, QueryStyle][] => {
      const { name, schema, style = "form", explode = style === "form" } = parameter;
      const types = typesOf(document, schema);
      const isOtherList = types.has("array") && !(style === "form" && explode);
      const isOtherObject = types.has("object") && style !== "deepObject";
      return isOtherList || isOtherObject ? [[name, { style, explode }]] : [];
    }),
  );
}

function readRequestBody(
  normalized: NormalizedDocument,
  operation: SpecOperation,
  body: RequestBody,
  original: RequestBody,
): Operation["body"] {
  const { document } = normalized;
  const content = readContent(body);
  if (content === undefined) return undefined;
  const { kind, mediaType, media } = content;
  const alias: Alias = {
    name: `${pascalCase(operation.id)}Body`,
    expression: `NonNullable<${expressionOf(operation)}["requestBody"]>["content"][${JSON.stringify(mediaType)}]`,
    description: body.description ?? "",
    what: `the body of \`${operation.id}\``,
    pointer: `${operation.pointer}/requestBody`,
  };
  return {
    kind,
    mediaType,
    ...(kind === "bytes" ? UNTYPED : readSchema(media.schema, alias)),
    ...readEntity(normalized, operation, media.schema, readContent(original)?.media.schema),
    deepObjects: Object.entries(media.encoding ?? {}).flatMap(([name, { style }]) =>
      style === "deepObject" ? [name] : [],
    ),
    fileTypes: kind === "form" ? readFileTypes(document, media) : {},
    required: body.required === true,
    default: media.schema && defaultIn(document, { value: media.schema, pointer: "#" })?.value,
    description: body.description ?? "What to send.",
    // An example of a file is a text, and its type is `Blob`.
    examples: kind === "json" || isUrlEncoded(mediaType) ? namedExamples(examplesOf(document, media)) : {},
  };
}

/**
 * The entity that an operation changes, and its properties that are not sent: a PUT takes what the GET of the same path
 * answers. MindBridge's developer pages say so of every entity. Any other operation takes the read form of what it is sent. Without
 * an entity, what is `readOnly` in the body is not sent either: an object in it may be one that was read.
 *
 * @param original The schema of the body before it was divided by direction.
 */
function readEntity(
  { document, undivided, readForms }: NormalizedDocument,
  { method, path }: SpecOperation,
  schema: Schema | undefined,
  original: Schema | undefined,
): Pick<RequestBodyModel, "entity" | "readOnly"> {
  const isRead = (each: SpecOperation): boolean => each.path === path && each.method === "get";
  const read = method === "put" ? operationsOf(document).find(isRead) : undefined;
  const name = nameOf(read && successOf(read)) ?? readForms.get(nameOf(schema) ?? "");
  const sent = { document, schema };
  const known =
    name === undefined
      ? { document: undivided, schema: original }
      : { document, schema: { $ref: `#/components/schemas/${name}` } };
  return { entity: name, readOnly: readOnlyIn(sent, known, name !== undefined) };
}

/** A schema, and the document that its references lead into. */
interface Rooted {
  readonly document: Document;
  readonly schema: Schema | undefined;
}

/**
 * The properties of a known value that are not sent. Of an entity: each property that the schema of the body does not have. Of any other
 * object, and of the objects inside: each that is `readOnly`. The others are sent, so that a misspelt name is refused.
 *
 * @param around What the enclosing properties hold, the outermost first.
 */
function readOnlyIn(
  sent: Rooted,
  known: Rooted,
  isEntity: boolean,
  around: readonly string[] = [],
): ReadOnlyProperties {
  const isReadOnly = ({ document, schema = true }: Rooted): boolean =>
    allOfParts(document, schema).some(({ value }) => value.readOnly === true);
  const ofSent = new Map(heldProperties(sent));
  const ofKnown = heldProperties(known);
  const isMap = ofKnown.some(([name]) => name === ANY_NAME);
  const properties = ofKnown.flatMap(([name, schema]): [string, ReadOnlyProperties[string]][] => {
    const property = { ...known, schema };
    const own = { ...sent, schema: ofSent.get(name) };
    if (name === ANY_NAME && own.schema === undefined) return [];
    if (own.schema === undefined || isReadOnly(own)) return isEntity || isReadOnly(property) ? [[name, true]] : [];
    const held = `${heldBy(own.schema)} ${heldBy(schema)}`;
    const index = around.indexOf(held);
    if (index !== -1) return [[name, around.length - 1 - index]];
    if (!holdsReadOnly(property)) return isMap ? [[name, {}]] : [];
    const inside = readOnlyIn(own, property, false, [...around, held]);
    // Without an entry, what a map holds under other names would count for it.
    return isMap || Object.values(inside).some((each) => each !== 0) ? [[name, inside]] : [];
  });
  // What holds itself, and nothing that is `readOnly`, needs no entry.
  return around.length > 1 || hasReadOnly(properties.map(([, each]) => each)) ? Object.fromEntries(properties) : {};
}

/** Which objects a property holds: the same text for one, for a list of them, and for one that may be `null`. */
function heldBy(schema: Schema): string {
  if (typeof schema === "boolean") return String(schema);
  const { $ref, type: _, items, allOf = [], anyOf = [], oneOf = [], ...more } = schema;
  if ($ref !== undefined) return $ref;
  const [only, ...others] = [...allOf, ...anyOf, ...oneOf, ...(items === undefined ? [] : [items])].filter(
    (each) => !isObject(each) || each.type !== "null",
  );
  const isWrapper = only !== undefined && others.length === 0 && Object.keys(more).every(isAnnotation);
  return isWrapper ? heldBy(only) : JSON.stringify(schema);
}

const readOnlyHolders = new WeakMap<object, boolean>();

/** Whether anything in a schema is `readOnly`: most hold nothing, and schemas that hold each other have many ways through them. */
function holdsReadOnly({ document, schema: root = true }: Rooted): boolean {
  const seen = new Set<Schema>();
  const visit = (schema: Schema): boolean => {
    if (typeof schema === "boolean" || seen.has(schema)) return false;
    seen.add(schema);
    if (schema.readOnly === true) return true;
    const referred = schema.$ref === undefined ? [] : [target(document, schema.$ref).value as Schema];
    return [...referred, ...childrenOf({ value: schema, pointer: "#" }).map(({ value }) => value)].some(visit);
  };
  if (typeof root === "boolean") return false;
  const known = readOnlyHolders.get(root) ?? visit(root);
  readOnlyHolders.set(root, known);
  return known;
}

function hasReadOnly(all: readonly ReadOnlyProperties[string][]): boolean {
  return all.some((each) => each === true || (typeof each === "object" && hasReadOnly(Object.values(each))));
}

/** Stands for the names of a map. */
const ANY_NAME = "*";

/** The properties of the objects that a schema allows: of an object, in a list, or of a choice. */
function heldProperties({ document, schema }: Rooted, around: readonly Schema[] = []): [string, Schema][] {
  if (schema === undefined || around.includes(schema)) return [];
  return allOfParts(document, schema).flatMap(({ value }) => {
    const { properties = {}, patternProperties = {}, additionalProperties } = value;
    const { items, prefixItems = [], anyOf = [], oneOf = [] } = value;
    const here = [items, ...prefixItems, ...anyOf, ...oneOf];
    const named = [...Object.values(patternProperties), additionalProperties].filter(isObject);
    return [
      ...here.flatMap((each) => heldProperties({ document, schema: each }, [...around, schema])),
      ...named.map((each): [string, Schema] => [ANY_NAME, each]),
      ...Object.entries(properties),
    ];
  });
}

function readResponse(
  document: Document,
  operation: SpecOperation,
  status: string,
  response: ResponseObject,
): Response {
  const content = readContent(response);
  const { description = "" } = response;
  const headers = readHeaders(document, response);
  const all = Object.keys(response.content ?? {});
  const accepted = content?.kind === "json" ? [content.mediaType] : all;
  const isNegotiated = all.length > accepted.length;
  const common = {
    status,
    description,
    headers,
    accepted,
    isNegotiated,
    kind: content?.kind,
    mediaType: content?.mediaType,
  };
  if (content === undefined || content.kind !== "json") {
    return { ...common, type: undefined, alias: undefined, schema: undefined, examples: {} };
  }
  const { mediaType, media } = content;
  const successes = Object.keys(operation.responses).filter((each) => isSuccess({ status: each }));
  const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
  const expression = `${expressionOf(operation)}["responses"][${key}]["content"][${JSON.stringify(mediaType)}]`;
  const alias: Alias = {
    name: `${pascalCase(operation.id)}Response${successes.length > 1 ? status : ""}`,
    expression,
    description,
    what: `the response ${status} of \`${operation.id}\``,
    pointer: `${operation.pointer}/responses/${status}`,
  };
  const examples = namedExamples(examplesOf(document, media));
  const typed = isSuccess({ status }) ? readSchema(media.schema, alias) : readError(media.schema, expression);
  return { ...common, examples, ...typed };
}

/** The one media type of each file in a form: of its `encoding`, or else of its schema. Of several, whoever sends it knows which it is. */
function readFileTypes(document: Document, { schema, encoding = {} }: MediaType): Record<string, string> {
  const types = heldProperties({ document, schema }).flatMap(([name, property]): [string, string][] => {
    const { items, ...own } = keywordsOf(document, property);
    const file = items === undefined ? own : keywordsOf(document, items);
    const type = encoding[name]?.contentType ?? file.contentMediaType;
    // What says nothing goes as `application/octet-stream`.
    const isOne = type !== undefined && !/[,*]|^application\/octet-stream$/.test(type);
    return isBinary(file) && isOne ? [[name, type]] : [];
  });
  return Object.fromEntries(types);
}

/** The body that the client speaks, of those that a request or a response may have: JSON, if there is any. */
export function readContent(
  body: RequestBody | ResponseObject,
): { kind: BodyKind; mediaType: string; media: MediaType } | undefined {
  const { content = {} } = body;
  const all = Object.keys(content);
  const mediaType = jsonMediaType(body) ?? all.find(isForm) ?? all[0];
  if (mediaType === undefined) return undefined;
  const kind = isJson(mediaType) ? "json" : isForm(mediaType) ? "form" : "bytes";
  return { kind, mediaType, media: content[mediaType] ?? {} };
}

function isForm(mediaType: string): boolean {
  return /^multipart\/form-data *(;|$)/i.test(mediaType) || isUrlEncoded(mediaType);
}

function isUrlEncoded(mediaType: string): boolean {
  return /^application\/x-www-form-urlencoded *(;|$)/i.test(mediaType);
}

function readHeaders(document: Document, { headers = {} }: ResponseObject): Record<string, boolean> {
  const isRequired = (header: Header | Reference) => resolve<Header>(document, header).required === true;
  return Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, isRequired(header)]));
}

/** The deliveries of an entry: one for each event that has a schema of its own. */
function readDeliveries(document: Document, { name, method, object, requestBody, pointer }: SpecDelivery): Delivery[] {
  const mediaType = jsonMediaType(requestBody);
  const media = jsonContent(requestBody);
  if (mediaType === undefined || media === undefined) return [];
  const body = `NonNullable<webhooks[${JSON.stringify(name)}]["${method}"]["requestBody"]>["content"][${JSON.stringify(mediaType)}]`;
  const events = eventsOf(document, object).filter(({ types }) => types.length > 0);
  return events.map(({ schema, types }) => {
    const isOnly = events.length === 1;
    const own = isOnly ? undefined : keywordsOf(document, schema).description;
    const description = own ?? object.summary ?? "";
    const examples = examplesOf(document, media).filter(
      ({ value }) => isOnly || (isObject(value) && types.some((type) => type === value.type)),
    );
    const alias: Alias = {
      name: `${pascalCase(types[0] ?? name)}Delivery`,
      expression: isOnly ? body : `${body} & { type: ${types.map((type) => JSON.stringify(type)).join(" | ")} }`,
      description,
      what: `the delivery \`${name}\``,
      pointer,
    };
    return {
      kind: "json",
      mediaType,
      types,
      subscription: object["x-subscription"],
      description,
      examples: namedExamples(examples),
      ...readSchema(schema, alias),
    };
  });
}

const UNTYPED = { type: "", alias: undefined, schema: undefined };

/** The type of a body: a schema of the document by its name, or else an alias. */
function readSchema(schema: Schema | undefined, alias: Alias): Pick<Body, "type" | "alias" | "schema"> {
  const name = nameOf(schema);
  return { type: name ?? alias.name, alias: name === undefined ? alias : undefined, schema };
}

/** The type of an error has no alias: nobody writes it. */
function readError(schema: Schema | undefined, expression: string): Pick<Body, "type" | "alias" | "schema"> {
  return { type: nameOf(schema) ?? expression, alias: undefined, schema };
}

function namedExamples(examples: readonly Example[]): Record<string, unknown> {
  return Object.fromEntries(examples.map(({ name = "example", value }) => [name, value]));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
