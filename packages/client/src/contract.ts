import {
  type Mismatch,
  OPERATION_VALIDATORS,
  type OperationValidators,
} from "@mindbridge-sdk/contract/operation-validators";
import { OPERATIONS } from "@mindbridge-sdk/contract/operations";
import type { Middleware } from "openapi-fetch";
import { ValidationError } from "./errors.ts";

export type { Problem } from "@mindbridge-sdk/contract/validators";
export { ValidationError };

/** A mismatch between a response and the contract, and where it was found. */
export interface Finding extends Mismatch {
  /** The operation whose response it is, such as `webhooks.get`. */
  readonly operation: string;
  /** The HTTP status of the response. */
  readonly status: number;
  /** The value that the contract does not list, of an `unknown-value`. */
  readonly value?: unknown;
}

/** Options of {@link contract}. */
export interface ContractOptions {
  /**
   * Called with each mismatch between a response and the contract; by default `console.warn`. It is not waited for, and
   * what it throws is ignored: an error in a log must not lose a webhook that has been created.
   */
  readonly onViolation?: ((finding: Finding) => unknown) | undefined;
  /** How long a finding is not reported again, in milliseconds; 3,600,000 (an hour) by default. `0` reports each. */
  readonly repeatAfter?: number | undefined;
}

/**
 * Makes what the `validate` option of a client takes. A request whose body breaks the contract is not sent: the call
 * rejects with a {@link ValidationError}. A response is never refused, but each of its mismatches is reported.
 *
 * @throws {RangeError} if `repeatAfter` is not a number of 0 or more.
 */
export function contract({ onViolation = warn, repeatAfter = 3_600_000 }: ContractOptions = {}): Middleware {
  if (!(repeatAfter >= 0)) throw new RangeError("contract: repeatAfter must be milliseconds, 0 or more.");
  const report = createReporter(onViolation, repeatAfter);
  return {
    async onRequest({ request, schemaPath }) {
      const [operation, validators] = lookUp(request.method, schemaPath);
      // A form that is ready made has no properties to look at.
      if (!validators?.request || (validators.isForm && !("unserialized" in request))) return;
      const body = validators.isForm ? Reflect.get(request, "unserialized") : await jsonOf(request);
      if (body === undefined && !validators.isRequestRequired) return;
      const problems = validators.request.problems(body);
      if (problems.length === 0) return;
      const { method, url } = request;
      const list = problems.map(({ pointer, expected }) => `${pointer || "the body"}: expected ${expected}`).join("; ");
      const message = `${operation}: ${method} ${url} was not sent. Correct the body. ${list}.`;
      const details = { operation, method, url, attempts: 0, outcome: "not-sent", problems } as const;
      throw new ValidationError(message, details);
    },
    async onResponse({ request, response, schemaPath }) {
      const [operation, validators] = lookUp(request.method, schemaPath);
      if (!validators || !response.ok) return;
      const { status } = response;
      const declared = [`${status}`, "2XX"].find((key) => key in validators.responses);
      if (declared === undefined) {
        const expected = `one of ${Object.keys(validators.responses).join(", ")}`;
        report({ kind: "violation", operation, status, pointer: "", keyword: "status", expected });
        return;
      }
      const inspect = validators.responses[declared];
      const text = inspect ? await response.clone().text() : "";
      if (!inspect || !isJson(text)) return; // What is not JSON rejects the call.
      const body: unknown = JSON.parse(text);
      for (const mismatch of inspect(body)) report({ ...mismatch, operation, status }, body);
    },
  };
}

async function jsonOf(request: Request): Promise<unknown> {
  const text = await request.clone().text();
  return text === "" ? undefined : JSON.parse(text);
}

const BY_ROUTE = new Map<string, [operation: string, OperationValidators]>(
  Object.entries<{ readonly method: string; readonly path: string }>(OPERATIONS).map(([id, { method, path }]) => [
    `${method} ${path}`,
    [id, OPERATION_VALIDATORS[id as keyof typeof OPERATIONS]],
  ]),
);

function lookUp(method: string, path: string): [operation: string, validators: OperationValidators | undefined] {
  return BY_ROUTE.get(`${method} ${path}`) ?? [`${method} ${path}`, undefined];
}

/** How many findings are remembered. The oldest are forgotten first, and may then be reported again. */
const REMEMBERED = 1_000;

/** Makes a function that passes on each distinct finding once in `repeatAfter` milliseconds. */
function createReporter(
  onViolation: (finding: Finding) => unknown,
  repeatAfter: number,
): (finding: Finding, body?: unknown) => void {
  const reportedAt = new Map<string, number>();
  return (mismatch, body) => {
    const finding =
      mismatch.kind === "unknown-value" ? { ...mismatch, value: valueAt(body, mismatch.pointer) } : mismatch;
    // The same in every item of an array.
    const pointer = finding.pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
    const key = JSON.stringify([finding.operation, finding.kind, finding.keyword, pointer, finding.value]);
    const now = Date.now();
    const before = reportedAt.get(key);
    if (before !== undefined && now - before < repeatAfter) return;
    reportedAt.delete(key);
    reportedAt.set(key, now);
    const [oldest = key] = reportedAt.keys();
    if (reportedAt.size > REMEMBERED) reportedAt.delete(oldest);
    (async () => onViolation(finding))().catch(() => {});
  };
}

/** The value that a JSON Pointer points at. */
function valueAt(body: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((node, segment) => (node as Record<string, unknown> | undefined)?.[segment], body);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function warn({ kind, operation, status, pointer, expected }: Finding): void {
  console.warn(
    `MindBridge answered ${operation} (${status}) with a ${kind} at ${pointer || "the body"}: the contract has ${expected}.`,
  );
}
