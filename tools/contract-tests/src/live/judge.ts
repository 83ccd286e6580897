import type { Document, ResponseObject } from "../document.ts";
import { jsonContent } from "../operations.ts";
import type { Schema } from "../schema.ts";
import type { LiveCheck } from "./checks.ts";
import { type BodyDeparture, departuresOf } from "./departures.ts";
import type { Answer } from "./relay.ts";
import type { PrismViolation, Verdict } from "./verdict.ts";

/** Something in an answer that the contract does not say, or says otherwise. */
export interface Departure extends BodyDeparture {
  readonly operation: string;
  /** The name of the check, such as `an unknown id`. */
  readonly check: string;
  /** The status of the answer. */
  readonly status: number;
  /** Where it is; `client` is what the client made of the answer. `pointer` points into it. */
  readonly part: "status" | "header" | "body" | "client";
}

/** What came of a check. */
export interface Judgement {
  /** `undecided`: the API could not or would not answer what was asked, which is no breach of the contract. */
  readonly outcome: "conforms" | "breaks" | "undecided";
  /** Why it is undecided. */
  readonly reason?: string;
  readonly departures: readonly Departure[];
}

/** What is known of a check that has been run. */
export interface Evidence {
  readonly answer: Answer;
  readonly verdict: Verdict;
  /** What the contract test found wrong with what the client made of the answer. */
  readonly failure?: Error | undefined;
}

type Found = Pick<Departure, "kind" | "part" | "pointer" | "expected" | "found">;

/** Keywords of a schema that say nothing of what is inside of a body. */
const SILENT = new Set(["type", "description", "title", "summary", "example", "examples", "deprecated", "$comment"]);

/** What the tenant does not know (a contact, say) is refused by statuses that the contract is silent on. */
const REFUSALS_OF_BODIES = [400, 422];
const REFUSED_BODY =
  "the API refused the body: give it values of the tenant (MINDBRIDGE_TEST_TECHNICAL_CONTACT_ID, say)";

const WHY: Readonly<Record<number, string>> = {
  400: REFUSED_BODY,
  422: REFUSED_BODY,
  401: "the token was not accepted",
  403: "the token lacks a scope",
  404: "nothing has this id, or the token may not see it",
  429: "a limit has been reached: run it again later",
};

/** Holds what the API answered against the contract. */
export function judge(document: Document, { operation, contractCase, kind }: LiveCheck, evidence: Evidence): Judgement {
  const { answer, verdict, failure } = evidence;
  const { expected, name } = contractCase;
  const due = expected.kind === "refusal" ? 422 : expected.status;
  const declared = declaredResponse(operation.responses, answer.status);
  const isUndecided = answer.status !== due && isExcused(answer.status, kind, declared);
  const found: Found[] = [];
  if (answer.status !== due && !isUndecided) {
    const isStatus = { kind: "violation", part: "status", pointer: "" } as const;
    found.push({ ...isStatus, expected: `status ${due}`, found: `status ${answer.status}` });
  }
  found.push(...inBody(document, answer, declared));
  for (const violation of fromPrism(verdict, answer, declared)) {
    if (!found.some((own) => isSame(own, violation))) found.push(violation);
  }
  const breaks = found.some((departure) => departure.kind === "violation");
  if (failure !== undefined && !breaks && !isUndecided) {
    const what = expected.kind === "success" ? "the data" : "an error of its class";
    const [message = ""] = failure.message.split("\n");
    found.push({ kind: "violation", part: "client", pointer: "", expected: what, found: message });
  }
  const departures = found.map((one) => ({
    operation: operation.id,
    check: name,
    status: answer.status,
    ...one,
  }));
  if (departures.some((departure) => departure.kind === "violation")) return { outcome: "breaks", departures };
  if (!isUndecided) return { outcome: "conforms", departures };
  const reason =
    WHY[answer.status] ?? (answer.status < 500 ? "the API refused it" : "the server failed: run it again later");
  return { outcome: "undecided", reason, departures };
}

/** A refusal that the contract knows tells of the token, the id or the moment, and says nothing against the contract. */
function isExcused(status: number, kind: LiveCheck["kind"], declared: ResponseObject | undefined): boolean {
  if (status === 429 || status >= 500) return true;
  if (kind === "create" && REFUSALS_OF_BODIES.includes(status)) return true;
  return kind !== "wrong-token" && status >= 400 && declared !== undefined;
}

function declaredResponse(
  responses: Readonly<Record<string, ResponseObject>>,
  status: number,
): ResponseObject | undefined {
  const range = Object.keys(responses).find((code) => code.toUpperCase() === `${Math.floor(status / 100)}XX`);
  return responses[status] ?? (range === undefined ? responses.default : responses[range]);
}

/**
 * The schema of a body, if the contract promises one. What errors look like is not published: the schema that says no
 * more than that stands for JSON of any shape, text or nothing (see `ErrorBody` in the document).
 */
function promisedSchema(declared: ResponseObject | undefined, status: number): Schema | undefined {
  const schema = jsonContent(declared?.content)?.schema;
  if (schema === undefined || status < 400) return schema;
  const isSilent = typeof schema === "boolean" || Object.keys(schema).every((key) => SILENT.has(key));
  return isSilent ? undefined : schema;
}

function inBody(document: Document, { status, text, headers }: Answer, declared: ResponseObject | undefined): Found[] {
  const schema = promisedSchema(declared, status);
  if (schema === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const found = text === "" ? "nothing" : `${headers.get("content-type") ?? "text"} that is no JSON`;
    return [{ kind: "violation", part: "body", pointer: "", expected: "JSON", found }];
  }
  return departuresOf(document, schema, value).map((departure) => ({ part: "body", ...departure }));
}

/** What Prism has against an answer, but for the form of bodies whose form nobody promises. */
function fromPrism(
  { violations, problem }: Verdict,
  { status, headers }: Answer,
  declared: ResponseObject | undefined,
): Found[] {
  const isOpen = declared === undefined || (status >= 400 && promisedSchema(declared, status) === undefined);
  // What Prism does not take for JSON it reads as a text, which then is no object.
  const isMisread = violations.some(isOfMediaType);
  const kind = "violation";
  if (problem !== undefined) {
    return isOpen ? [] : [{ kind, part: "body", pointer: "", expected: "an answer Prism can read", found: problem }];
  }
  return violations.flatMap(({ location: [side, part, ...path], message }): Found[] => {
    const pointer = path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
    if (side !== "response")
      return [{ kind, part: "client", pointer: "", expected: "a valid request", found: message }];
    if (part === "header") {
      const found = headers.get(path[0] ?? "") ?? "nothing";
      return [{ kind, part, pointer, expected: message, found }];
    }
    if (part !== undefined)
      return isOpen || isMisread ? [] : [{ kind, part: "body", pointer, expected: message, found: "" }];
    if (!isOfMediaType({ message })) {
      const expected = "a status that the contract lists";
      return [{ kind, part: "status", pointer: "", expected, found: message }];
    }
    if (isOpen) return [];
    const expected = Object.keys(declared?.content ?? {}).join(" or ");
    return [
      { kind, part: "header", pointer: "/content-type", expected, found: headers.get("content-type") ?? "nothing" },
    ];
  });
}

/** Of the status or of the media type: only the words tell. */
function isOfMediaType({ message }: Pick<PrismViolation, "message">): boolean {
  return message.startsWith("The received media type");
}

/** Whether Prism says what has been found already: of the same place, or of one around or inside of it. */
function isSame(own: Found, other: Found): boolean {
  if (own.kind !== "violation" || own.part !== other.part) return false;
  return `${own.pointer}/`.startsWith(`${other.pointer}/`) || `${other.pointer}/`.startsWith(`${own.pointer}/`);
}
