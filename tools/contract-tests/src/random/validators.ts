import { randomUUID } from "node:crypto";
import type { Model, Operation } from "@mindbridge-sdk/generator";
import {
  allOfParts,
  type Document,
  dereference,
  isAnnotation,
  jsonMediaType,
  operationsOf,
  rootsOf,
  type Schema,
  valueAt,
} from "@mindbridge-sdk/openapi";
import { type ContractCases, deriveCases } from "../cases.ts";
import { plainDocument } from "../document.ts";
import { type ClientClass, invoke, isUnmade } from "../run-case.ts";
import { valuesOf } from "../samples.ts";
import type { Validate } from "../validator.ts";

/** A request that takes a body: everything but the body. */
export interface BodyRequest {
  /** The operationId. */
  readonly operation: string;
  /** As the client sends it, with another body. */
  readonly sent: Request;
  /** Path parameters, in the order of the path template. */
  readonly pathParameters: readonly unknown[];
  readonly required: boolean;
  /** The status by which the mock refuses a body. */
  readonly refusal: number;
  /** The schema of the body without `readOnly` properties, and with the `const`s that a `discriminator` stands for. */
  readonly schema: Schema;
  /** The schema of what the client's method takes: the body and the entity as it was read, which the client strips. */
  readonly argumentSchema: Schema;
  /** Whether Prism reads the schema as OpenAPI does. */
  readonly isMocked: boolean;
}

/** The requests of a document with a body to draw at random. */
export interface BodyRequests {
  readonly requests: readonly BodyRequest[];
  readonly leftOut: ContractCases["leftOut"];
}

/**
 * Every request of a document with a JSON body to draw at random, as the client sends it. A body that may be any JSON, or any
 * object, says nothing of its parts: the contract tests break its type.
 *
 * @param model The generator's model of the document.
 */
export async function bodyRequests(written: Document, model: Model, MindBridge: ClientClass): Promise<BodyRequests> {
  const { cases, leftOut } = deriveCases(plainDocument(written));
  const document = dereference(model.document);
  const asWritten = new Map(operationsOf(plainDocument(written)).map((each) => [each.id, each]));
  const drawn = model.operations.flatMap((operation) => {
    const { body, id } = operation;
    const declared = operationsOf(document).find((each) => each.id === id);
    const schema = declared?.requestBody?.content?.[body?.mediaType ?? ""]?.schema ?? true;
    return body?.kind === "json" && saysMore(document, schema) ? [{ operation, body, schema }] : [];
  });
  const requests = drawn.map(async ({ operation: { id }, body, schema }): Promise<BodyRequest | undefined> => {
    const contractCase = cases.find(({ operation, expected }) => operation === id && expected.kind === "success");
    if (contractCase === undefined) return undefined;
    const refusal = cases.find(({ operation, expected }) => operation === id && expected.kind === "refusal")?.expected;
    return {
      operation: id,
      sent: await requestOf(MindBridge, contractCase),
      pathParameters: contractCase.call.path,
      required: body.required,
      refusal: (refusal?.kind === "refusal" && refusal.declared?.status) || 422,
      schema,
      argumentSchema: withEntity(document, body, schema),
      isMocked: isReadByPrism(asWritten.get(id)?.requestBody),
    };
  });
  return {
    requests: (await Promise.all(requests)).flatMap((request) => request ?? []),
    leftOut: leftOut.filter(({ operation }) => drawn.some((each) => each.operation.id === operation)),
  };
}

/**
 * Whether Prism 5.16 reads the schema of a body as OpenAPI does: it divides fractions without regard to rounding, and takes what
 * every object inherits, such as `constructor`, for properties of the body.
 */
export function isReadByPrism(body: unknown): boolean {
  const isInherited = (properties: unknown): boolean => Object.keys(Object(properties)).some((name) => name in {});
  return !(
    valuesOf("multipleOf", body).some((value) => !Number.isInteger(value)) ||
    valuesOf("properties", body).some(isInherited)
  );
}

/** Whether a schema says more than a type. */
function saysMore(document: Document, schema: Schema): boolean {
  const keywords = allOfParts(document, schema).flatMap(({ value }) => Object.keys(value));
  return keywords.some((keyword) => keyword !== "type" && !isAnnotation(keyword));
}

/** The request that the client sends for a call. It is sent nowhere. */
async function requestOf(MindBridge: ClientClass, call: Parameters<typeof invoke>[1]): Promise<Request> {
  let sent: Request | undefined;
  const client = new MindBridge({
    baseUrl: "http://127.0.0.1",
    token: "random-bodies",
    maxRetries: 0,
    validate: undefined,
    fetch: async (input, init) => {
      sent = new Request(input, init);
      return new Response(null, { status: 204 });
    },
  });
  // It may want another answer.
  await Promise.resolve(invoke(client, call)).catch(() => undefined);
  if (sent === undefined) throw new Error(`${call.operation}: the client sends no request.`);
  return sent;
}

/** A method that changes an entity takes it as it was read, too: the client does not send what only the server sets. */
function withEntity(document: Document, { entity }: NonNullable<Operation["body"]>, schema: Schema): Schema {
  if (entity === undefined || typeof schema === "boolean") return schema;
  const parts = allOfParts(document, document.components?.schemas?.[entity] ?? true);
  return { ...schema, properties: Object.assign({}, ...parts.map(({ value }) => value.properties), schema.properties) };
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
export function mockValidator({ sent, refusal }: BodyRequest, url: () => string): BodyValidator {
  const { pathname, search } = new URL(sent.url);
  return {
    name: "Prism",
    async accepts({ text }) {
      const { method, headers } = sent;
      const signal = AbortSignal.timeout(TIME_OUT);
      const response = await fetch(`${url()}${pathname}${search}`, { method, headers, body: text, signal });
      // Read to its end, so that the connection can be used again.
      const answer = await response.text();
      if (response.ok || isUnmade(response.status, answer)) return true;
      if (response.status === refusal) return false;
      throw new Error(`${response.status}, which is neither success nor ${refusal}: ${answer}`);
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

/** The formats that the three validators read alike. Of the others each knows some, and is strict in its own way. */
const AGREED_FORMATS: ReadonlySet<unknown> = new Set(["date", "date-time", "uuid", "ipv4"]);

/** Those that the emitted validators know alone. */
export const OWN_FORMATS = { base64url: /^(?:[\w-]{4})*(?:[\w-]{2}(?:==)?|[\w-]{3}=?)?$/ };

/** Whether every validator can tell whether a body is valid: one that is not breaks more than what they do not read alike. */
export function decider(schema: Schema, validate: Validate): (value: unknown) => boolean {
  const agreed = agreedOn(schema);
  return (value) => validate(schema, value).length === 0 || validate(agreed, value).length > 0;
}

/**
 * A schema, or a document, without what the validators do not read alike: some formats, and multiples of a decimal. Hyperjump divides in
 * binary, so that 4.35 is no multiple of 0.01.
 */
function agreedOn<T>(schema: T): T {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key === "format" && typeof value === "string" && !AGREED_FORMATS.has(value)) return undefined;
    return key === "multipleOf" && typeof value === "number" && !Number.isInteger(value) ? undefined : value;
  }) as T;
}

/** The dialect of JSON Schema of an OpenAPI 3.1 document that names none. */
const DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base";

/**
 * Hyperjump's validator, which has nothing in common with ajv. It follows each `$ref` by itself.
 *
 * @param document The generator's form of the document, with its `$ref`s.
 */
export async function independentValidator({ operation }: BodyRequest, document: Document): Promise<BodyValidator> {
  const { registerSchema, setShouldValidateFormat, validate } = await loadHyperjump();
  setShouldValidateFormat(true);
  // A new name each time: the library keeps the schemas that it was given.
  const uri = `https://document.example/${randomUUID()}`;
  const dialect = valueAt(document, "/jsonSchemaDialect");
  registerSchema(agreedOn(document), uri, typeof dialect === "string" ? dialect : DIALECT);
  const declared = operationsOf(document).find(({ id }) => id === operation);
  const roots = declared ? rootsOf(document, declared) : [];
  const due = jsonMediaType(declared?.requestBody);
  const body = roots.find(({ kind, status, mediaType }) => kind === "body" && !status && mediaType === due);
  const accepts = await validate(`${uri}${encodeURI(body?.schema.pointer ?? "#")}`);
  return { name: "Hyperjump", accepts: ({ value }) => accepts(value).valid };
}
