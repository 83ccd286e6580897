import type { Cause } from "@mindbridge-sdk/receiver/diagnose";
import type { Output } from "../output.ts";
import { printable, printableLine, shellWord } from "../printable.ts";
import type { Forwarded } from "./forward.ts";

/** What `listen` shows of a delivery. With `--json`, it prints this on a line. */
export interface ListenRecord {
  /** RFC 3339. */
  readonly receivedAt: string;
  readonly verified: boolean;
  /** What the delivery says of itself, genuine or not. */
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly senderId: string | undefined;
  /** How many seconds ago it was signed. */
  readonly age: number | undefined;
  /** Why it is not verified. */
  readonly error?: { readonly code: string; readonly message: string };
  /** The likely causes. */
  readonly causes?: readonly Cause[];
  /** The body, if it is UTF-8. */
  readonly body: string | undefined;
  /** The status that the sender got. */
  readonly status: number;
  /** What the endpoint answered, with `--forward`. */
  readonly forwarded?: Omit<Forwarded, "headers" | "body">;
  /** The files that it is kept in, with `--save`. */
  readonly saved?: { readonly headers: string; readonly body: string };
}

/** Formats a delivery for people. It escapes control characters that came from outside. */
export function formatRecord(record: ListenRecord, keys: readonly string[], { style }: Pick<Output, "style">): string {
  const { receivedAt, verified, type, id, senderId, age, error, causes, body, status, forwarded, saved } = record;
  const verdict = verified ? style("green", "verified") : style("red", `not verified: ${error?.code}`);
  const said = [
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(senderId === undefined ? [] : [`sender ${senderId}`]),
    ...(age === undefined ? [] : [`signed ${age} s ago`]),
  ];
  const answered = forwarded ? describeForwarded(forwarded, status, style) : `answered ${status}`;
  return [
    "",
    `${style("dim", receivedAt.slice(11, 19))}  ${style("bold", printableLine(type ?? "(no type)"))}  ${verdict}  ${answered}`,
    ...(said.length > 0 ? [`  ${printableLine(said.join(", "))}`] : []),
    ...(error ? [`  ${inset(printable(error.message))}`] : []),
    ...(causes ?? []).map(({ explanation, whatToDo }) => `  ${style("yellow", explanation)} ${whatToDo}`),
    ...(saved ? [`  Kept: ${commandLine(keys, saved)}`] : []),
    `  ${body === undefined ? "(the body is not UTF-8)" : inset(printable(indented(body)))}`,
  ].join("\n");
}

function describeForwarded(
  { status, error = "", milliseconds, truncatedAt }: NonNullable<ListenRecord["forwarded"]>,
  answered: number,
  style: Output["style"],
): string {
  if (status === undefined) return style("red", `not passed on: ${printableLine(error)}; answered ${answered}`);
  const rest = truncatedAt === undefined ? "" : style("yellow", `; its body was cut after ${truncatedAt} bytes`);
  return `passed on: ${status} in ${milliseconds.toFixed(0)} ms${rest}`;
}

/** The command that verifies a delivery that is kept, for a shell. */
function commandLine(keys: readonly string[], { headers, body }: { headers: string; body: string }): string {
  const flags = [...keys.map((key) => ["--key", key]), ["--headers", headers], ["--body", body]];
  return ["mindbridge", "verify", ...flags.flat()].map(shellWord).join(" ");
}

/** A text from elsewhere, indented so that it cannot pass for a line of ours. */
function inset(text: string): string {
  return text.replaceAll("\n", "\n  ");
}

/** JSON on several lines; any other text as it stands. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
