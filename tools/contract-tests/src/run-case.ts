import assert from "node:assert/strict";
import type { Call, ContractCase, Expectation } from "./cases.ts";
import { isRecord } from "./schema.ts";

/** The class of the client, or another that is called in the same way. */
export type ClientClass = new (options: {
  baseUrl: string;
  token: string;
  maxRetries: number;
  fetch: typeof fetch;
}) => object;

/** Where a case is run, and with what. */
export interface CaseContext {
  /** Of a mock that serves the document without its base path, such as `http://127.0.0.1:49152`. */
  readonly url: string;
  readonly MindBridge: ClientClass;
  /** By default one that any mock takes. */
  readonly token?: string;
  /** What to send with; by default the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/** What came over the wire, as the client's `fetch` saw it. */
interface Seen {
  status?: number;
  text?: string;
  headers?: Headers;
}

/**
 * Runs one case: makes the call as a user of the client would, and compares what it resolves to or throws with what the
 * document promises.
 *
 * @throws {AssertionError} that says what was expected and what came.
 */
export async function runCase(
  { operation, resource, method, call, expected }: ContractCase,
  context: CaseContext,
): Promise<void> {
  const seen: Seen = {};
  const client = new context.MindBridge({
    baseUrl: context.url,
    token: context.token ?? "contract-test",
    maxRetries: 0,
    fetch: observedFetch(seen, call.drop, context.fetch ?? fetch),
  });
  const outcome = await settle(() => invoke(client, { resource, method, call }));
  if (expected.kind === "success") expectSuccess(expected, outcome, seen);
  else if (expected.kind === "error") expectError(operation, expected, outcome, seen);
  else expectRefusal(expected, outcome);
}

type Outcome = { readonly data: unknown } | { readonly error: unknown };

async function settle(run: () => unknown): Promise<Outcome> {
  try {
    return { data: await run() };
  } catch (error) {
    return { error };
  }
}

/** Calls `client[resource][method](...path parameters, body if there is one, options)`. */
export function invoke(
  client: object,
  { resource, method, call }: Pick<ContractCase, "resource" | "method" | "call">,
): unknown {
  const target: unknown = Reflect.get(client, resource);
  const run: unknown = isRecord(target) ? Reflect.get(target, method) : undefined;
  assert.ok(typeof run === "function", `The client has no method ${resource}.${method}. Generate it again.`);
  const headers = { ...call.headers, ...(call.prefer === undefined ? {} : { prefer: call.prefer }) };
  const args = [...call.path, ...(call.takesBody ? [call.body] : []), { headers, query: call.query }];
  return Reflect.apply(run, target, args);
}

/** A `fetch` that notes what comes back, and loses on the way what it is told to lose. */
function observedFetch(seen: Seen, drop: Call["drop"], send: typeof fetch): typeof fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    if (drop === "authorization") request.headers.delete("authorization");
    if (drop === "body") {
      const { url, method, headers, redirect, signal } = request;
      request = new Request(url, { method, headers, redirect, signal });
      request.headers.delete("content-type");
    }
    const response = await send(request);
    Object.assign(seen, { status: response.status, headers: response.headers, text: await response.clone().text() });
    return response;
  };
}

function expectSuccess(expected: Expectation & { kind: "success" }, outcome: Outcome, seen: Seen): void {
  if ("error" in outcome) throw outcome.error;
  assert.equal(seen.status, expected.status);
  if (expected.empty) assert.equal(outcome.data, undefined);
  else assert.deepEqual(outcome.data, JSON.parse(seen.text ?? ""), "The data is not what came over the wire.");
  if (expected.example)
    assert.deepEqual(outcome.data, expected.example.value, "The data is not the document's example.");
}

function errorOf(outcome: Outcome, errorClass: string): Readonly<Record<string, unknown>> {
  if (!("error" in outcome))
    assert.fail(`The call resolved, though a ${errorClass} was due: ${JSON.stringify(outcome.data)}`);
  const { error } = outcome;
  assert.ok(error instanceof Error, "What was thrown is no Error.");
  // Whatever else was thrown explains itself better than a difference of names.
  if (error.name !== errorClass)
    throw new Error(`A ${errorClass} was due, not this ${error.name}: ${error.message}`, { cause: error });
  return error as unknown as Readonly<Record<string, unknown>>;
}

function expectError(operation: string, expected: Expectation & { kind: "error" }, outcome: Outcome, seen: Seen): void {
  const error = errorOf(outcome, expected.errorClass);
  assert.equal(seen.status, expected.status);
  assert.equal(error.operation, operation);
  if (expected.errorClass === "RedirectError") return;
  assert.equal(error.status, expected.status);
  assert.equal(error.text, seen.text, "The text is not what came over the wire.");
  if (expected.example) assert.deepEqual(error.body, expected.example.value, "The body is not the document's example.");
  for (const [name, value] of Object.entries(expected.headers)) {
    const headers = error.headers;
    assert.ok(headers instanceof Headers);
    assert.equal(headers.get(name), value, `The header ${name} is not the document's example.`);
  }
  if (expected.status === 429) assert.equal(error.retryAfter, retryAfter(seen.headers ?? new Headers()));
}

/** In milliseconds: what the server asks for, or the 30 seconds of a limit that says nothing. */
function retryAfter(headers: Headers): number {
  return Number(headers.get("retry-after") ?? headers.get("x-user-hour-limit-remaining") ?? 30) * 1_000;
}

function expectRefusal(expected: Expectation & { kind: "refusal" }, outcome: Outcome): void {
  const error = errorOf(outcome, "UnprocessableEntityError");
  const body = error.body;
  assert.ok(isRecord(body) && Array.isArray(body.validation), `The refusal lists nothing: ${String(error.text)}`);
  const listed = body.validation.filter(isRecord);
  assert.deepEqual([...new Set(listed.map(asText))].toSorted(), expected.violations, "The refusal names other places.");
  const { mentions } = expected;
  if (mentions === undefined) return;
  // One missing property is one violation; below an `anyOf` every branch has its say.
  if (expected.violations.length === 1) assert.equal(listed.length, 1, "The refusal lists more than one thing.");
  const named = listed.some(({ message }) => String(message).includes(`'${mentions}'`));
  assert.ok(named, `The refusal does not name ${mentions}: ${String(error.text)}`);
}

function asText({ location, code }: Readonly<Record<string, unknown>>): string {
  const path = Array.isArray(location) ? location.join(".") : "(whole)";
  return `${path}: ${String(code)}`;
}
