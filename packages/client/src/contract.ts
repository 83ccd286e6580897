import { OPERATION_VALIDATORS, type OperationValidators } from "@mindbridge-sdk/contract/operation-validators";
import { OPERATIONS } from "@mindbridge-sdk/contract/operations";
import type { Middleware } from "openapi-fetch";
import { ValidationError } from "./errors/validation-error.ts";
import { createReporter, type Finding } from "./finding.ts";

export type { Problem } from "@mindbridge-sdk/contract/validators";
export type { Finding } from "./finding.ts";
export { ValidationError };

/** Options of {@link contract}. */
export interface ContractOptions {
  /**
   * Called with each mismatch between a response and the contract; by default `console.warn`. It is not waited for, and
   * what it throws is ignored: a webhook that has been created must not be lost to an error in a log.
   */
  readonly onViolation?: ((finding: Finding) => unknown) | undefined;
  /** How long a finding is not reported again, in milliseconds; 3,600,000 (an hour) by default. `0` reports each. */
  readonly repeatAfter?: number | undefined;
}

/**
 * Makes what the `validate` option of a client takes. A request whose body breaks the contract is not sent: the call
 * rejects with a {@link ValidationError}. A response is never refused, but each of its mismatches is reported.
 *
 * @throws {RangeError} where `repeatAfter` is no number of 0 or more.
 */
export function contract({ onViolation = warn, repeatAfter = 3_600_000 }: ContractOptions = {}): Middleware {
  if (!(repeatAfter >= 0)) throw new RangeError("contract: repeatAfter must be milliseconds, 0 or more.");
  const report = createReporter(onViolation, repeatAfter);
  return {
    async onRequest({ request, schemaPath }) {
      const [operation, validators] = lookUp(request.method, schemaPath);
      const text = validators?.request ? await request.clone().text() : "";
      if (!validators?.request || (text === "" && !validators.isRequestRequired)) return;
      const problems = validators.request.problems(text === "" ? undefined : JSON.parse(text));
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

const BY_ROUTE = new Map<string, [operation: string, OperationValidators]>(
  Object.entries(OPERATIONS).map(([id, { method, path }]) => [
    `${method} ${path}`,
    [id, OPERATION_VALIDATORS[id as keyof typeof OPERATIONS]],
  ]),
);

function lookUp(method: string, path: string): [operation: string, validators: OperationValidators | undefined] {
  return BY_ROUTE.get(`${method} ${path}`) ?? [`${method} ${path}`, undefined];
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
