import assert from "node:assert/strict";
import type { contract } from "@mindbridge-sdk/client/contract";
import { isObject } from "@mindbridge-sdk/openapi";
import type { Call, ContractCase, Expectation } from "./cases.ts";

/** The options of the client that the tests use. */
interface ClientOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly maxRetries: number;
  readonly fetch: typeof fetch;
  readonly validate: ReturnType<typeof contract> | undefined;
}

/** The class of the client, or another that is called in the same way. */
export type ClientClass = new (options: ClientOptions) => object;

/** Where a case is run, and with what. */
export interface CaseContext {
  /** What paths are appended to. A mock has no base path: `http://127.0.0.1:49152`. */
  readonly url: string;
  readonly MindBridge: ClientClass;
  /** By default one that any mock accepts. */
  readonly token?: string;
  /** By default the global `fetch`. */
  readonly fetch?: typeof fetch;
  /** The `validate` option of the client. */
  readonly validate?: ClientOptions["validate"];
  /**
   * Whether the server is not Prism: it refuses by a 422 of its own, whatever is declared, and may list some of the violations
   * alone, as a validator does that stops at the first of a place.
   */
  readonly refusesByItself?: boolean;
}

/** What the client's `fetch` received. */
interface Seen {
  status?: number;
  text?: string;
  headers?: Headers;
}

/** Why a test says nothing. */
export const UNMADE = "Prism 5.16 makes no valid answer from this schema: give it an example";

/** Whether Prism refuses the answer that it has made itself, a text without the pattern for instance, or can make none. */
export function isUnmade(status: number | undefined, text: string | undefined): boolean {
  if (status === 500 && text?.includes("prism/errors#UNKNOWN") === true) return true;
  if (status !== 500 || text?.includes("prism/errors#VIOLATIONS") !== true) return false;
  const { validation } = JSON.parse(text) as { readonly validation: readonly { readonly location: string[] }[] };
  return validation.every(({ location: [place] }) => place === "response");
}

/** What Prism makes up instead of the answer that it makes at first. Each is another one. */
const MADE_UP = Array.from({ length: 10 }, (_, seed) => `dynamic=true, seed=${seed}`);

/**
 * Makes the call of a case as a user of the client would, and compares its result or its error with what is expected.
 *
 * @returns Why it says nothing, if so.
 * @throws {AssertionError} that says what was expected and what came.
 */
export async function runCase(
  { operation, call, expected }: ContractCase,
  context: CaseContext,
): Promise<string | undefined> {
  const hasExample = expected.kind !== "refusal" && expected.example !== undefined;
  for (const madeUp of [undefined, ...(hasExample ? [] : MADE_UP)]) {
    const prefer = [call.prefer ?? [], madeUp ?? []].flat().join(", ");
    const seen: Seen = {};
    const asked = { operation, call: { ...call, ...(prefer && { prefer }) } };
    const outcome = await outcomeOf(asked, context, seen);
    if (!hasExample && isUnmade(seen.status, seen.text)) continue;
    if (expected.kind === "success") await expectSuccess(expected, outcome, seen);
    else if (expected.kind === "error") expectError(operation, expected, outcome, seen);
    else expectRefusal(expected, outcome, context);
    return undefined;
  }
  return UNMADE;
}

function outcomeOf(
  { operation, call }: Pick<ContractCase, "operation" | "call">,
  { url, MindBridge, fetch: send = fetch, token = "contract-test", validate }: CaseContext,
  seen: Seen,
): Promise<Outcome> {
  const client = new MindBridge({
    baseUrl: url,
    token,
    maxRetries: 0,
    fetch: observedFetch(seen, call.drop && { what: call.drop, token }, send),
    validate,
  });
  return settle(() => invoke(client, { operation, call }));
}

type Outcome = { readonly data: unknown } | { readonly error: unknown };

async function settle(run: () => unknown): Promise<Outcome> {
  try {
    return { data: await run() };
  } catch (error) {
    return { error };
  }
}

/** Calls `client.resource.method(...path parameters, body if the operation takes one, options)`. */
export function invoke(client: object, { operation, call }: Pick<ContractCase, "operation" | "call">): unknown {
  const names = operation.split(".");
  const method = names.pop() ?? "";
  const target = names.reduce<unknown>((inside, name) => Object(inside)[name], client);
  const run: unknown = Object(target)[method];
  assert.ok(typeof run === "function", `The client has no method ${operation}. Run \`pnpm generate\`.`);
  const headers = {
    ...call.headers,
    ...(call.prefer !== undefined && { prefer: call.prefer }),
    ...(call.contentType !== undefined && call.body !== undefined && { "content-type": call.contentType }),
  };
  const args = [...call.path, ...(call.takesBody ? [call.body] : []), { headers, query: call.query }];
  return Reflect.apply(run, target, args);
}

/** The methods of a client's resources, as `resource.method`. */
export function methodsOf(client: object): string[] {
  return Object.entries(client).flatMap(([name, value]) => {
    if (typeof value === "function") return [name];
    return name === "api" || !isObject(value) ? [] : methodsOf(value).map((method) => `${name}.${method}`);
  });
}

/** A `fetch` that notes what it receives, and drops from the request what it is told to. */
function observedFetch(
  seen: Seen,
  drop: { readonly what: Call["drop"]; readonly token: string } | undefined,
  send: typeof fetch,
): typeof fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    // The document says which header it is.
    const withToken = [...request.headers].filter(([, value]) => drop && value.endsWith(drop.token));
    if (drop?.what === "authorization") for (const [name] of withToken) request.headers.delete(name);
    if (drop?.what === "body") {
      const { url, method, headers, redirect, signal } = request;
      request = new Request(url, { method, headers, redirect, signal });
      request.headers.delete("content-type");
    }
    const response = await send(request);
    Object.assign(seen, { status: response.status, headers: response.headers, text: await response.clone().text() });
    return response;
  };
}

async function expectSuccess(expected: Expectation & { kind: "success" }, outcome: Outcome, seen: Seen): Promise<void> {
  if ("error" in outcome) throw outcome.error;
  assert.equal(seen.status, expected.status);
  if (expected.isStream) {
    const text = await new Response(outcome.data as ReadableStream).text();
    assert.equal(text, seen.text, "The stream is not what the server sent.");
    return;
  }
  if (expected.empty) assert.equal(outcome.data, undefined);
  else assert.deepEqual(outcome.data, JSON.parse(seen.text ?? ""), "The data is not what the server sent.");
  if (expected.example)
    assert.deepEqual(outcome.data, expected.example.value, "The data is not the document's example.");
}

function errorOf(outcome: Outcome, errorClass: string): Readonly<Record<string, unknown>> {
  if (!("error" in outcome))
    assert.fail(`The call resolved, but it has to reject with a ${errorClass}: ${JSON.stringify(outcome.data)}`);
  const { error } = outcome;
  assert.ok(error instanceof Error, "The call rejected with a value that is no Error.");
  // The message of another error says more than its name.
  if (error.name !== errorClass)
    throw new Error(`The call rejected with a ${error.name}, not a ${errorClass}: ${error.message}`, { cause: error });
  return error as unknown as Readonly<Record<string, unknown>>;
}

function expectError(operation: string, expected: Expectation & { kind: "error" }, outcome: Outcome, seen: Seen): void {
  const error = errorOf(outcome, expected.errorClass);
  assert.equal(seen.status, expected.status);
  assert.equal(error.operation, operation);
  if (expected.errorClass === "RedirectError") return;
  assert.equal(error.status, expected.status);
  assert.equal(error.text, seen.text, "The text is not what the server sent.");
  if (expected.example) assert.deepEqual(error.body, expected.example.value, "The body is not the document's example.");
  for (const [name, value] of Object.entries(expected.headers)) {
    const headers = error.headers;
    assert.ok(headers instanceof Headers);
    assert.equal(headers.get(name), value, `The header ${name} is not the document's example.`);
  }
  if (expected.status === 429) assert.equal(error.retryAfter, retryAfter(seen.headers ?? new Headers()));
}

/** In milliseconds: the wait that the server asks for, or 30 seconds where it asks for none. */
function retryAfter(headers: Headers): number {
  return Number(headers.get("retry-after") ?? headers.get("x-user-hour-limit-remaining") ?? 30) * 1_000;
}

function expectRefusal(
  expected: Expectation & { kind: "refusal" },
  outcome: Outcome,
  { refusesByItself = false }: CaseContext,
): void {
  const { status, errorClass } = (!refusesByItself && expected.declared) || OWN_REFUSAL;
  const error = errorOf(outcome, errorClass);
  assert.equal(error.status, status);
  const listed = findingsOf(error);
  if (listed === undefined) return;
  const violations = [...new Set(listed.map(asText))].toSorted();
  const isListed = (each: string): boolean => violations.length === 0 || violations.includes(each);
  const due = refusesByItself ? expected.violations.filter(isListed) : expected.violations;
  assert.deepEqual(violations, due, "The refusal lists other violations.");
  const { mentions } = expected;
  if (mentions === undefined) return;
  // One missing property is one violation, but below an `anyOf` every branch reports its own.
  if (expected.violations.length === 1) assert.equal(listed.length, 1, "The refusal lists more than one violation.");
  const named = listed.some(({ message }) => String(message).includes(`'${mentions}'`));
  assert.ok(named, `The refusal does not name ${mentions}: ${String(error.text)}`);
}

const OWN_REFUSAL = { status: 422, errorClass: "UnprocessableEntityError" };

type Finding = Readonly<Record<string, unknown>>;

/**
 * What the mock finds wrong with a request, without warnings about deprecated parts. Prism's own refusal lists the findings in its body. If
 * the document declares the refusal, Prism lists them in a header, below `request`. `undefined` if the list is missing or cut off, as in
 * the answer to a HEAD: then only the validator of these tests knows what is wrong.
 */
function findingsOf(error: Readonly<Record<string, unknown>>): Finding[] | undefined {
  return allFindingsOf(error)?.filter(({ code }) => code !== "deprecated");
}

function allFindingsOf({ method, body, headers, text }: Readonly<Record<string, unknown>>): Finding[] | undefined {
  if (isObject(body) && Array.isArray(body.validation)) return body.validation.filter(isObject);
  const header = headers instanceof Headers ? headers.get("sl-violations") : null;
  if (header === null && method === "HEAD") return undefined;
  assert.ok(header !== null, `The refusal lists nothing: ${String(text)}`);
  if (header.startsWith("Too many violations!")) return undefined;
  const findings = JSON.parse(header) as (Finding & { readonly location: readonly string[] })[];
  return findings.map(({ location, ...finding }) => ({ ...finding, location: location.slice(1) }));
}

function asText({ location, code }: Finding): string {
  const path = Array.isArray(location) ? location.join(".") : "";
  return `${path || "(whole)"}: ${String(code)}`;
}
