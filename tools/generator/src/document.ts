/** The parts of an OpenAPI 3.1 document that the generator reads, as they stand after bundling: every `$ref` is local. */
export interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly servers?: readonly Server[];
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths?: Readonly<Record<string, PathItem>>;
  readonly webhooks?: Readonly<Record<string, PathItem>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>> & {
    readonly schemas?: Readonly<Record<string, Schema>>;
  };
}

export interface Server {
  readonly url: string;
  readonly variables?: Readonly<Record<string, { readonly "x-pattern"?: string }>>;
}

export interface Reference {
  readonly $ref: string;
}

export type PathItem = { readonly [M in Method]?: OperationObject } & {
  readonly parameters?: readonly (Parameter | Reference)[];
};

export interface OperationObject {
  readonly operationId?: string;
  readonly "x-source"?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Body | Reference;
  readonly responses?: Readonly<Record<string, Body | Reference>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly description?: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema?: Schema | Reference;
}

/** A request body or a response. */
export interface Body {
  readonly description?: string;
  readonly required?: boolean;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export interface MediaType {
  readonly schema?: Schema | Reference;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown } | Reference>>;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema | Reference>>;
  readonly allOf?: readonly (Schema | Reference)[];
  readonly anyOf?: readonly (Schema | Reference)[];
}

/** The methods of OpenAPI, in the order in which a path item is read. */
export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
export type Method = (typeof METHODS)[number];

export const JSON_MEDIA_TYPE = "application/json";

export function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "$ref" in value;
}

/** Follows `$ref`s until something that is none. Bundling has made sure that each leads somewhere. */
export function resolve<T extends object>(document: Document, value: T | Reference): T {
  let found: unknown = value;
  while (isReference(found)) {
    const segments = found.$ref.slice("#/".length).split("/");
    found = segments
      .map((segment) => decodeURIComponent(segment).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<unknown>((node, segment) => (node as Record<string, unknown>)[segment], document);
  }
  return found as T;
}

/** The name of the schema that a `$ref` leads to, or nothing where the schema stands inline. */
export function schemaName(schema: object): string | undefined {
  const prefix = "#/components/schemas/";
  return isReference(schema) && schema.$ref.startsWith(prefix) ? schema.$ref.slice(prefix.length) : undefined;
}

/**
 * The name of an enum that may grow, where `schema` states one: the document does so as `anyOf: [the enum, {type: string}]`.
 */
export function openEnumName(document: Document, schema: object): string | undefined {
  const { anyOf, allOf } = schema as Schema;
  if (anyOf?.length !== 2 || allOf) return undefined;
  const known = anyOf.find((each) => isReference(each) && resolve<Schema>(document, each).enum);
  const open = anyOf.find(
    (each) => !isReference(each) && Object.keys(each).join() === "type" && each.type === "string",
  );
  return known && open && schemaName(known);
}

/** The body in the one media type that the client speaks. */
export function jsonContent(body: Body): MediaType | undefined {
  return body.content?.[JSON_MEDIA_TYPE];
}

/** The examples of a media type by name; `example`, which has none, is called "example". */
export function examplesOf(document: Document, media: MediaType): Record<string, unknown> {
  const named = Object.entries(media.examples ?? {}).map(
    ([name, example]) => [name, resolve<{ readonly value?: unknown }>(document, example).value] as const,
  );
  return Object.fromEntries("example" in media ? [...named, ["example", media.example]] : named);
}

/** The parameters of an operation: its own, and those of its path that it does not replace. */
export function parametersOf(document: Document, pathItem: PathItem, operation: OperationObject): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const each of [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolve<Parameter>(document, each);
    parameters.set(`${parameter.in} ${parameter.name}`, parameter);
  }
  return [...parameters.values()];
}

/** The values of `type` for which a delivery stands: its `const`, or its `enum`, wherever its schema states it. */
export function deliveryTypes(document: Document, operation: OperationObject): string[] {
  const body = operation.requestBody && jsonContent(resolve<Body>(document, operation.requestBody));
  return body?.schema ? typesOf(document, body.schema) : [];
}

function typesOf(document: Document, reference: Schema | Reference): string[] {
  const schema = resolve<Schema>(document, reference);
  const type = schema.properties?.type && resolve<Schema>(document, schema.properties.type);
  const values = type?.const === undefined ? (type?.enum ?? []) : [type.const];
  const own = values.filter((value) => typeof value === "string");
  return own.length > 0 ? own : (schema.allOf ?? []).flatMap((part) => typesOf(document, part));
}
