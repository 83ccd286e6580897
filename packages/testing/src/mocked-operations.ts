// What the mocks in this package have in common: which operation a request is for, what the contract refuses, and answers.
import { OPTIONAL_TOKENS, TOKEN_HEADERS } from "@mindbridge-sdk/contract";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { OPERATIONS, type OperationId } from "@mindbridge-sdk/contract/operations";
import { SAMPLES } from "./generated/samples.ts";

/** An answer of any operation. */
export interface Answer {
  /** By default the status of a success. */
  readonly status?: number | undefined;
  /** By default the contract's first example of the status, if there is one. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The operations, in the order to look for one: OpenAPI says that a path without parameters goes before one that has some. */
export function operationIds(): OperationId[] {
  return (Object.keys(OPERATIONS) as OperationId[]).toSorted(
    (one, other) => OPERATIONS[one].pathParameters.length - OPERATIONS[other].pathParameters.length,
  );
}

/**
 * Matches the addresses of an operation, with a group for each path parameter.
 *
 * @param base The source of an expression for what comes before the path.
 */
export function patternOf(id: OperationId, base: string): RegExp {
  const path = escaped(OPERATIONS[id].path).replaceAll(/\\\{.+?\\\}/g, "([^/]+)");
  return new RegExp(`^${base}${path}$`);
}

/** The path parameters in an address of an operation, decoded. */
export function paramsOf(id: OperationId, pattern: RegExp, address: string): Record<string, string> {
  const [, ...values] = pattern.exec(address) ?? [];
  return Object.fromEntries(
    OPERATIONS[id].pathParameters.map((name, index) => [name, decodeURIComponent(values[index] ?? "")]),
  );
}

/** One thing that is wrong with a request, as Prism lists it. */
export interface Violation {
  /** `undefined` where there is no body. */
  readonly location: readonly string[] | undefined;
  readonly severity: "Error";
  readonly code: string;
  readonly message: string;
}

/** A refusal that says what is wrong, in the form of Prism's. */
export function refusal(id: OperationId, validation: readonly Violation[]): Answer {
  const list = validation.map(({ location, message }) => `${location?.join(".") ?? "the body"}: ${message}`);
  return { status: 422, body: { message: `${id}: the contract refuses the request: ${list.join("; ")}.`, validation } };
}

const OTHER_TOKEN_HEADERS: Readonly<Record<string, string>> = TOKEN_HEADERS;

const OPTIONAL: readonly string[] = OPTIONAL_TOKENS;

/** Whether a request has the token that its operation takes, or needs none; the token that is given, if any. */
export function hasToken(id: OperationId, { headers }: Request, token?: string): boolean {
  const { method, path } = OPERATIONS[id];
  const route = `${method} ${path}`;
  const header = OTHER_TOKEN_HEADERS[route] ?? "authorization";
  if (header === "" || (OPTIONAL.includes(route) && !headers.has(header))) return true;
  const [, sent] = (header === "authorization" ? /^Bearer (\S.*)/i : /(.+)/).exec(headers.get(header) ?? "") ?? [];
  return token === undefined ? sent !== undefined : sent === token;
}

/** How the contract refuses the body of a request; `undefined` if it does not. */
export function refusalOfBody(id: OperationId, body: unknown): Answer | undefined {
  const { request: validate, isRequestRequired, isForm } = OPERATION_VALIDATORS[id];
  // What a form holds is looked at before it is written.
  if (!validate || isForm || (body === undefined && !isRequestRequired)) return undefined;
  if (body === undefined) return refusal(id, [violation(undefined, "required", "there is none")]);
  const problems = validate.problems(body);
  if (problems.length === 0) return undefined;
  return refusal(
    id,
    problems.map(({ pointer, keyword, expected }) => {
      const path = pointer.split("/").slice(1).map(unescaped);
      // Prism names the object that lacks a property, or has one that it must not have.
      const property = OF_THE_OBJECT.has(keyword) ? path.pop() : undefined;
      const named = property === undefined ? "" : `'${property}': `;
      return violation(["body", ...path], keyword, `${named}expected ${expected}`);
    }),
  );
}

const OF_THE_OBJECT = new Set(["required", "additionalProperties", "unevaluatedProperties"]);

export function violation(location: Violation["location"], code: string, message: string): Violation {
  return { location, severity: "Error", code, message };
}

/** The JSON of a text; `undefined` if it is not JSON. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The status of an operation's success, such as `201`. For `2XX` it is `200` or, if there is no content, `204`. */
export function successOf(id: OperationId): number {
  const key = successKeyOf(id);
  const usual = OPERATION_VALIDATORS[id].responses[key] ? 200 : 204;
  return /^\d+$/.test(key) ? Number(key) : usual;
}

/** The contract's first example of a status, or for a success one made of the schema. */
export function exampleOf(id: OperationId, status: number): unknown {
  const success = successKeyOf(id);
  const key = successOf(id) === status ? success : `${status}`;
  const examples: Examples = EXAMPLES[id].responses;
  const [example = key === success ? SAMPLES[id] : undefined] = Object.values(examples[key] ?? {});
  return example;
}

export function toResponse(id: OperationId, { status = successOf(id), body, headers }: Answer): Response {
  const content = body === undefined ? exampleOf(id, status) : body;
  const init = { status, headers: { ...headers } };
  if (content === undefined) return new Response(null, init);
  return content instanceof Blob ? new Response(content, init) : Response.json(content, init);
}

function successKeyOf(id: OperationId): string {
  return OPERATIONS[id].statuses.find((each) => each.startsWith("2")) ?? "200";
}

/** A regular expression that matches a text. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** A segment of a JSON Pointer as it is meant. */
function unescaped(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
