import { parse } from "./mocked-operations.ts";
import { isRecord } from "./overrides.ts";

/** A request that a mock of the API has answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** The path and the query, as they were sent. */
  readonly path: string;
  /** `undefined` if the connection ended before an answer. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** Why it was refused, if the answer says so. */
  readonly reason: string | undefined;
}

/** Why a request was refused, as the body of the answer says: with the list of what is wrong or, without one, a message. */
export function reasonIn(body: string): string | undefined {
  const { validation, message, detail } = Object(parse(body)) as Record<string, unknown>;
  const problems = Array.isArray(validation) ? validation.filter(isRecord) : [];
  if (problems.length === 0) return [message, detail].find((each) => typeof each === "string");
  return problems
    .map(({ location, message: what }) => `${[location ?? "body"].flat().join(".")}: ${String(what)}`)
    .join("; ");
}
