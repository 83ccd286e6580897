import { randomUUID } from "node:crypto";
import {
  allOfParts,
  type Document,
  JSON_MEDIA_TYPE,
  jsonContent,
  keywordsOf,
  type Operation,
  operationsOf,
  rootsOf,
  type Schema,
  valueAt,
} from "@mindbridge-sdk/openapi";
import { deriveCases } from "../cases.ts";
import { withoutReadOnly } from "../samples.ts";

/** A request that takes a body: everything but the body. */
export interface BodyRequest {
  /** The operationId. */
  readonly operation: string;
  readonly method: string;
  /** The path with its parameters filled in, and the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Path parameters, in the order of the path template. */
  readonly pathParameters: readonly unknown[];
  readonly required: boolean;
  /** The schema of the body without `readOnly` properties. Prism reads it so. */
  readonly schema: Schema;
  /** The schema of what the client's method takes: the body as it is and, for a PUT, what the GET of its path answers. */
  readonly argumentSchema: Schema;
}

/**
 * Whether a request has a body to draw at random. A body that may be any object says nothing of its parts: the contract tests
 * break its type.
 */
export function hasRandomBody(document: Document, { requestBody }: Operation): boolean {
  const keywords = Object.keys(keywordsOf(document, jsonContent(requestBody)?.schema ?? false));
  return keywords.some((keyword) => !["type", "default", "description"].includes(keyword));
}

/** Every request of a document with a body to draw at random, with parameters that the mock accepts. */
export function bodyRequests(document: Document): BodyRequest[] {
  const { cases } = deriveCases(document);
  const operations = operationsOf(document).filter((operation) => hasRandomBody(document, operation));
  return operations.flatMap(({ id, method, path, requestBody }) => {
    const json = jsonContent(requestBody);
    if (json === undefined) return [];
    const call = cases.find(({ operation, expected }) => operation === id && expected.kind === "success")?.call;
    if (call === undefined) throw new Error(`${id}: no call of it succeeds, so that no body can be sent to it.`);
    const values = [...call.path];
    const query = Object.entries(call.query).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, String(each)]),
    );
    return [
      {
        operation: id,
        method: method.toUpperCase(),
        target: `${path.replaceAll(/\{[^}]+\}/g, () => encodeURIComponent(String(values.shift())))}?${new URLSearchParams(query)}`,
        headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, String(value)])),
        pathParameters: call.path,
        required: requestBody?.required === true,
        schema: withoutReadOnly(document, json.schema ?? true),
        argumentSchema: withEntity(document, { method, path }, json.schema ?? true),
      },
    ];
  });
}

/** A PUT takes what was read, too: the client does not send the properties that only the server sets. */
function withEntity(document: Document, { method, path }: Pick<Operation, "method" | "path">, schema: Schema): Schema {
  if (method !== "put" || typeof schema === "boolean") return schema;
  const read = operationsOf(document).find((each) => each.path === path && each.method === "get");
  const success = Object.entries(read?.responses ?? {}).find(([status]) => status.startsWith("2"));
  const entity = jsonContent(success?.[1])?.schema;
  if (entity === undefined) return schema;
  const properties = allOfParts(document, entity).map(({ value }) => value.properties);
  return { ...schema, properties: Object.assign({}, ...properties, schema.properties) };
}

/** A body as it is sent. */
export interface Body {
  readonly value: unknown;
  readonly text: string;
}

/** Decides whether a body is valid. */
export interface BodyValidator {
  readonly name: string;
  readonly accepts: (body: Body) => boolean | Promise<boolean>;
}

/** The emitted validators of requests, by operationId. */
export type EmittedValidators = Readonly<
  Record<string, { readonly request?: (value: unknown) => boolean } | undefined>
>;

/**
 * The validator that users of the contract import.
 *
 * @throws {Error} if the contract has none for the request.
 */
export function emittedValidator({ operation }: BodyRequest, validators: EmittedValidators): BodyValidator {
  const accepts = validators[operation]?.request;
  if (accepts === undefined) throw new Error(`${operation}: its body has no validator. Run \`pnpm generate\`.`);
  return { name: "the emitted validator", accepts: ({ value }) => accepts(value) };
}

/** In milliseconds. Prism answers within a few, or never. */
const TIME_OUT = 10_000;

/**
 * A Prism mock, which validates with ajv.
 *
 * @param url The URL of the mock, which is known only while the tests run.
 */
export function mockValidator(request: BodyRequest, url: () => string): BodyValidator {
  return {
    name: "Prism",
    async accepts({ text }) {
      const response = await fetch(`${url()}${request.target}`, {
        method: request.method,
        headers: { ...request.headers, authorization: "Bearer random-bodies", "content-type": JSON_MEDIA_TYPE },
        body: text,
        signal: AbortSignal.timeout(TIME_OUT),
      });
      // Read to its end, so that the connection can be used again.
      const answer = await response.text();
      if (response.ok) return true;
      if (response.status === 422) return false;
      throw new Error(`${response.status}, which is neither success nor 422: ${answer}`);
    },
  };
}

/** The part of Hyperjump that is used. */
interface Hyperjump {
  readonly registerSchema: (schema: object, uri: string, dialect: string) => void;
  readonly setShouldValidateFormat: (should: boolean) => void;
  readonly validate: (uri: string) => Promise<(value: unknown) => { readonly valid: boolean }>;
}

/** Imported by a name that the compiler does not follow: the declarations of version 1.18 have errors of their own. */
async function loadHyperjump(): Promise<Hyperjump> {
  const load = (name: string): Promise<unknown> => import(name);
  await load("@hyperjump/json-schema/formats");
  return (await load("@hyperjump/json-schema/openapi-3-1")) as Hyperjump;
}

/** The dialect of JSON Schema of an OpenAPI 3.1 document that names none. */
const DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base";

/**
 * Hyperjump's validator, which has nothing in common with ajv. It reads the document as it is written, and follows each
 * `$ref` by itself.
 *
 * @param source The document with its `$ref`s.
 */
export async function independentValidator({ operation }: BodyRequest, source: Document): Promise<BodyValidator> {
  const { registerSchema, setShouldValidateFormat, validate } = await loadHyperjump();
  setShouldValidateFormat(true);
  // A new name each time: the library keeps the schemas that it was given.
  const uri = `https://document.example/${randomUUID()}`;
  const dialect = valueAt(source, "/jsonSchemaDialect");
  registerSchema(structuredClone(source), uri, typeof dialect === "string" ? dialect : DIALECT);
  const roots = operationsOf(source).flatMap((each) => (each.id === operation ? rootsOf(source, each) : []));
  const body = roots.find(({ kind, status, mediaType }) => kind === "body" && !status && mediaType === JSON_MEDIA_TYPE);
  const accepts = await validate(`${uri}${encodeURI(body?.schema.pointer ?? "#")}`);
  return { name: "Hyperjump", accepts: ({ value }) => accepts(value).valid };
}
