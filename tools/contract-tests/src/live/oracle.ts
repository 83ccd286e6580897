import type { Finding } from "@mindbridge-sdk/client/contract";
import { type Document, jsonContent, type Operation, pointerOf, valueAt } from "@mindbridge-sdk/openapi";
import { jsonType } from "../mutations.ts";
import { ParameterSet } from "../parameters.ts";
import type { LiveCheck } from "./checks.ts";

/** What the API answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What is known of a check that was run. */
export interface Evidence {
  readonly answer: Answer;
  /** What `contract()` found in the answer. */
  readonly findings: readonly Finding[];
  /** What the contract test found wrong with the client's result. */
  readonly failure: Error | undefined;
}

/** One difference between an answer and the contract. It holds no value of a field but names that an enum does not list. */
export interface Mismatch {
  readonly operation: string;
  /** The name of the check, such as `an unknown id`. */
  readonly check: string;
  /** The status of the answer. */
  readonly status: number;
  /** `violation` is against the contract. The others are beyond it: a field or a name that it does not list. */
  readonly kind: Finding["kind"];
  /** Where it is. `client` is the client's result. */
  readonly part: "status" | "header" | "body" | "client";
  /** JSON Pointer into that part. That of a missing field points to where it should be. */
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;
}

/** What the oracle says of a check. */
export interface Verdict {
  /** `undecided`: the API could not or would not answer what was asked, which breaks no contract. */
  readonly outcome: "conforms" | "breaks" | "undecided";
  /** Why it is undecided. */
  readonly reason?: string;
  readonly mismatches: readonly Mismatch[];
}

/** A longer text is no name. In characters. */
const MAX_NAME = 80;

type Found = Pick<Mismatch, "kind" | "part" | "pointer" | "expected" | "found">;

const REFUSED_BODY =
  "the API refused the body: give it values of the tenant (MINDBRIDGE_TEST_TECHNICAL_CONTACT_ID, for example)";

/** What a refusal tells of the token, the id or the moment. */
const REASONS: Readonly<Record<number, string>> = {
  400: REFUSED_BODY,
  422: REFUSED_BODY,
  401: "the token was not accepted",
  403: "the token lacks a scope",
  404: "nothing has this id, or the token may not see it",
  429: "a limit was reached: run it again later",
};

/** Compares what the API answered with the contract. */
export function verdictOf(document: Document, check: LiveCheck, { answer, findings, failure }: Evidence): Verdict {
  const { operation, contractCase, kind } = check;
  const { expected } = contractCase;
  const { status } = answer;
  const isDue = status === check.status;
  const isUndecided = !isDue && isExcused(status, kind, operation);
  const found: Found[] = [];
  if (!isDue && !isUndecided) found.push(violation("status", "", `status ${check.status}`, `status ${status}`));
  found.push(...inHeaders(document, operation, answer), ...inBody(operation, answer, findings));
  if (failure !== undefined && !isUndecided && !found.some(isViolation)) {
    const what = expected.kind === "success" ? "the data of the answer" : "an error of its class";
    // After a colon the message may quote data.
    found.push(violation("client", "", what, failure.message.split(/\n|: /, 1).join()));
  }
  const mismatches = found.map((one) => ({ operation: operation.id, check: contractCase.name, status, ...one }));
  if (mismatches.some(isViolation)) return { outcome: "breaks", mismatches };
  if (!isUndecided) return { outcome: "conforms", mismatches };
  const reason = REASONS[status] ?? (status < 500 ? "the API refused it" : "the server failed: run it again later");
  return { outcome: "undecided", reason, mismatches };
}

function violation(part: Mismatch["part"], pointer: string, expected: string, found: string): Found {
  return { kind: "violation", part, pointer, expected, found };
}

function isViolation({ kind }: Pick<Mismatch, "kind">): boolean {
  return kind === "violation";
}

/** A refusal that the contract describes breaks nothing. The contract says nothing of refused bodies, 429 and 5xx. */
function isExcused(status: number, kind: LiveCheck["kind"], operation: Operation): boolean {
  if (status === 429 || status >= 500) return true;
  if (kind === "create" && (status === 400 || status === 422)) return true;
  return kind !== "wrong-token" && status >= 400 && responseOf(operation, status) !== undefined;
}

function responseOf({ responses }: Operation, status: number): Operation["responses"][string] | undefined {
  const range = Object.keys(responses).find((code) => code.toUpperCase() === `${Math.floor(status / 100)}XX`);
  return responses[status] ?? responses[range ?? "default"];
}

/** Checks the headers that the contract describes. The media type of an error is not published. */
function inHeaders(document: Document, operation: Operation, { status, headers }: Answer): Found[] {
  const response = responseOf(operation, status);
  const described = Object.entries(response?.headers ?? {});
  const parameters = described.map(([name, header]) => ({ ...header, name, in: "header" as const }));
  const values = described.flatMap(([name]) => (headers.has(name) ? [[name.toLowerCase(), headers.get(name)]] : []));
  const problems = new ParameterSet(document, { id: operation.id, parameters }, "header").problems(
    Object.fromEntries(values),
  );
  const mediaTypes = status < 300 ? Object.keys(response?.content ?? {}) : [];
  const mediaType = headers.get("content-type")?.split(";", 1).join().trim() ?? "nothing";
  return [
    ...problems.map(({ location, message }) =>
      violation("header", pointerOf(location).slice(1), message, location.length === 0 ? "nothing" : "another text"),
    ),
    ...(mediaTypes.length === 0 || mediaTypes.includes(mediaType.toLowerCase())
      ? []
      : [violation("header", "/content-type", mediaTypes.join(" or "), mediaType)]),
  ];
}

function inBody(operation: Operation, { status, text }: Answer, findings: readonly Finding[]): Found[] {
  const response = responseOf(operation, status);
  if (status >= 300 || jsonContent(response) === undefined) return [];
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [violation("body", "", "JSON", text === "" ? "nothing" : "a text that is no JSON")];
  }
  return findings
    .filter(({ keyword }) => keyword !== "status")
    .map(({ kind, pointer, expected, value }) => {
      const type = jsonType(valueAt(body, pointer)).replace("undefined", "nothing");
      const found = kind === "unknown-value" ? `${type} ${JSON.stringify(value).slice(0, MAX_NAME)}` : type;
      return { kind, part: "body", pointer, expected, found };
    });
}
