import {
  allOfParts,
  basisOf,
  type Document,
  defaultIn,
  deliveriesOf,
  type Example,
  examplesOf,
  jsonContent,
  keywordsOf,
  operationsOf,
  type Pagination,
  type Parameter,
  type RequestBody,
  type ResponseObject,
  type Schema,
  type Delivery as SpecDelivery,
  type Operation as SpecOperation,
  schemaName,
  target,
} from "@mindbridge-sdk/openapi";
import { pascalCase } from "./names.ts";
import { type NormalizedDocument, normalize } from "./normalize.ts";

/** What the emitters know of a document, in the order of the document. */
export interface Model extends NormalizedDocument {
  /** The document before it was normalized. */
  readonly source: Document;
  readonly operations: readonly Operation[];
  readonly resources: readonly Resource[];
  readonly deliveries: readonly Delivery[];
}

/** The operations whose `operationId`s begin with one name. */
export interface Resource {
  readonly name: string;
  readonly description: string;
  readonly operations: readonly Operation[];
}

export interface Operation {
  readonly id: string;
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
  readonly pages: Pages | undefined;
  readonly parameters: readonly Parameter[];
  readonly pathParameters: readonly PathParameter[];
  readonly query: NamedParameters | undefined;
  readonly headers: NamedParameters | undefined;
  readonly body: RequestBodyModel | undefined;
  readonly responses: readonly Response[];
}

/** How the pages of an operation follow each other, and the type of their items, if it has a name. */
export type Pages = Pagination & { readonly itemType: string | undefined };

export interface RequestBodyModel extends Body {
  readonly required: boolean;
  /** What is sent if users give none, as its schema says. */
  readonly default: unknown;
  /** The type of the entity that it changes, which may be given as it was read. */
  readonly entity: string | undefined;
  /** The properties that may be given and are not sent: they are of the entity, and only the server sets them. */
  readonly readOnly: readonly string[];
}

/** A parameter in the path. They are in the order of the path's template. */
export interface PathParameter {
  readonly name: string;
  /** The TypeScript type. `Contract` in it stands for the module of the contract. */
  readonly type: string;
  readonly description: string;
}

/** All query parameters, or all headers, of an operation. */
export interface NamedParameters {
  readonly type: string;
  readonly alias: Alias;
  readonly required: boolean;
}

/** A JSON body: of a request, of a response or of a delivery. */
export interface Body {
  /** The name of its type; for an error whose schema has no name, an expression of openapi.ts. */
  readonly type: string;
  /** The type of a schema that has no name in the document. */
  readonly alias: Alias | undefined;
  readonly schema: Schema | undefined;
  readonly description: string;
  readonly examples: Readonly<Record<string, unknown>>;
}

/** A response. Without content it has neither a type nor a schema. */
export interface Response extends Omit<Body, "type"> {
  readonly status: string;
  readonly type: string | undefined;
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

export function readModel(source: Document): Model {
  const normalized = normalize(source);
  const { document } = normalized;
  const operations = operationsOf(document).map((operation) => readOperation(normalized, operation));
  const descriptions = new Map(document.tags?.map(({ name, description }) => [name, description]));
  const resources = [...Map.groupBy(operations, ({ resource }) => resource)].map(([name, ofResource]) => ({
    name,
    description: descriptions.get(name) ?? `The operations on \`${name}\`.`,
    operations: ofResource,
  }));
  const deliveries = deliveriesOf(document).flatMap((delivery) => readDelivery(document, delivery) ?? []);
  return { ...normalized, source, operations, resources, deliveries };
}

/** Whether a status, such as `201` or `2XX`, is one of success. */
export function isSuccess({ status }: { readonly status: string }): boolean {
  return status.startsWith("2");
}

/** Whether the type of a body has a name that users import. */
export function isNamed({ alias, schema }: Pick<Body, "alias" | "schema">): boolean {
  return alias !== undefined || (schema !== undefined && schemaName(schema) !== undefined);
}

function readOperation(normalized: NormalizedDocument, operation: SpecOperation): Operation {
  const { document } = normalized;
  const { id, resource, name, method, path, object, parameters, requestBody } = operation;
  return {
    id,
    resource,
    name,
    method: method.toUpperCase(),
    path,
    summary: object.summary ?? "",
    description: [object.description, basisOf(object)].filter(Boolean).join("\n\n"),
    source: object["x-source"],
    deprecated: object.deprecated === true,
    safe: isSafe(operation),
    pages: readPages(document, operation),
    parameters,
    pathParameters: readPathParameters(document, operation),
    query: readNamedParameters(operation, "query", "Query"),
    headers: readNamedParameters(operation, "header", "Headers"),
    body: requestBody && readRequestBody(normalized, operation, requestBody),
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

/** The properties of a schema, with those of the parts of its `allOf`. */
function propertiesOf(document: Document, schema: Schema | undefined): Map<string, Schema> {
  const parts = schema === undefined ? [] : allOfParts(document, schema);
  return new Map(parts.flatMap(({ value }) => Object.entries(value.properties ?? {})));
}

function readPages(document: Document, operation: SpecOperation): Pages | undefined {
  const { "x-pagination": pagination } = operation.object;
  if (pagination === undefined) return undefined;
  const { items } = keywordsOf(document, propertiesOf(document, successOf(operation)).get(pagination.items));
  return { ...pagination, itemType: nameOf(items) };
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
    const { type, enum: values, const: value } = keywordsOf(document, parameter?.schema);
    const primitive = values || value !== undefined ? undefined : PRIMITIVES[String(type)];
    const named =
      (parameter?.schema && schemaName(parameter.schema)) ??
      `${expressionOf(operation)}["parameters"]["path"][${JSON.stringify(name)}]`;
    return { name, type: primitive ?? `Contract.${named}`, description: parameter?.description ?? "" };
  });
}

function readNamedParameters(
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
  };
}

function readRequestBody(
  normalized: NormalizedDocument,
  operation: SpecOperation,
  body: RequestBody,
): Operation["body"] {
  const { document } = normalized;
  const media = jsonContent(body);
  if (media === undefined) return undefined;
  const alias: Alias = {
    name: `${pascalCase(operation.id)}Body`,
    expression: `NonNullable<${expressionOf(operation)}["requestBody"]>["content"]["application/json"]`,
    description: body.description ?? "",
    what: `the body of \`${operation.id}\``,
    pointer: `${operation.pointer}/requestBody`,
  };
  return {
    ...readSchema(media.schema, alias),
    ...readEntity(normalized, operation, media.schema),
    required: body.required === true,
    default: media.schema && defaultIn(document, { value: media.schema, pointer: "#" })?.value,
    description: body.description ?? "What to send.",
    examples: namedExamples(examplesOf(document, media)),
  };
}

/**
 * The entity that an operation changes, and its properties that are not sent: a PUT takes what the GET of the same path
 * answers. MindBridge's developer pages say so of every entity. Any other operation takes the read form of what it is sent.
 */
function readEntity(
  { document, readForms }: NormalizedDocument,
  { method, path }: SpecOperation,
  schema: Schema | undefined,
): Pick<RequestBodyModel, "entity" | "readOnly"> {
  const isRead = (each: SpecOperation): boolean => each.path === path && each.method === "get";
  const read = method === "put" ? operationsOf(document).find(isRead) : undefined;
  const name = nameOf(read && successOf(read)) ?? readForms.get(nameOf(schema) ?? "");
  if (name === undefined) return { entity: undefined, readOnly: [] };
  const sent = propertiesOf(document, schema);
  const isSent = (property: string): boolean => {
    const own = sent.get(property);
    return own !== undefined && keywordsOf(document, own).readOnly !== true;
  };
  const { value } = target(document, `#/components/schemas/${name}`);
  const ofEntity = [...propertiesOf(document, value as Schema).keys()];
  return { entity: name, readOnly: ofEntity.filter((each) => !isSent(each)) };
}

function readResponse(
  document: Document,
  operation: SpecOperation,
  status: string,
  response: ResponseObject,
): Response {
  const media = jsonContent(response);
  const { description = "" } = response;
  if (media === undefined) {
    return { status, description, type: undefined, alias: undefined, schema: undefined, examples: {} };
  }
  const successes = Object.keys(operation.responses).filter((each) => isSuccess({ status: each }));
  const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
  const expression = `${expressionOf(operation)}["responses"][${key}]["content"]["application/json"]`;
  const alias: Alias = {
    name: `${pascalCase(operation.id)}Response${successes.length > 1 ? status : ""}`,
    expression,
    description,
    what: `the response ${status} of \`${operation.id}\``,
    pointer: `${operation.pointer}/responses/${status}`,
  };
  const examples = namedExamples(examplesOf(document, media));
  const typed = isSuccess({ status }) ? readSchema(media.schema, alias) : readError(media.schema, expression);
  return { status, description, examples, ...typed };
}

function readDelivery(document: Document, delivery: SpecDelivery): Delivery | undefined {
  const { name, method, types, object, requestBody, pointer } = delivery;
  const media = jsonContent(requestBody);
  if (media === undefined || types.length === 0) return undefined;
  const description = object.summary ?? "";
  const alias: Alias = {
    name: `${pascalCase(types[0] ?? name)}Delivery`,
    expression: `NonNullable<webhooks[${JSON.stringify(name)}]["${method}"]["requestBody"]>["content"]["application/json"]`,
    description,
    what: `the delivery \`${name}\``,
    pointer,
  };
  return {
    types,
    subscription: object["x-subscription"],
    description,
    examples: namedExamples(examplesOf(document, media)),
    ...readSchema(media.schema, alias),
  };
}

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
