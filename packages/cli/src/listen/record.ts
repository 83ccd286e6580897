import type { Cause } from "@mindbridge-sdk/receiver/diagnose";
import { cut, type Width, wrap } from "../layout.ts";
import type { Output } from "../output.ts";
import { printable, printableLine, shellWord } from "../printable.ts";

export type Header = readonly [name: string, value: string];

/** A request that may be a delivery. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
}

/** The answer of an endpoint to a request that was passed on, without its body. */
export interface Answer {
  /** `undefined` if there was no answer. */
  readonly status: number | undefined;
  /** Why there was none. */
  readonly error: string | undefined;
  readonly milliseconds: number;
  /** How many bytes of the body are kept, if it was longer. */
  readonly truncatedAt: number | undefined;
  readonly headers: readonly Header[];
}

/** A body, as JSON can hold it. */
export interface Content {
  /** The body, if it is UTF-8. */
  readonly body: string | undefined;
  /** The body, if it is not. */
  readonly bodyBase64?: string;
}

/** What `listen` tells of a delivery. With `--json` it prints this on a line, the page of `--inspect` shows it, and `--save` keeps it. */
export interface ListenRecord extends Content {
  /** What the delivery is called here, such as `1772442905000-2`. Its files of `--save` have this name. */
  readonly name: string;
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
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  /** Which delivery this one repeats, if the user has sent one again. */
  readonly again?: Again;
  /** The status that the sender got. */
  readonly status: number;
  /** What the endpoint answered, with `--forward`. */
  readonly forwarded?: Answer & Content & { readonly to: string };
  /** The files that it is kept in, with `--save`. */
  readonly saved?: { readonly headers: string; readonly body: string };
}

/** How a delivery was sent again. */
export interface Again {
  /** The name of the delivery that was sent again. */
  readonly of: string;
  /** Whether it was signed anew with the key of `mindbridge trigger`, in place of its own signature. */
  readonly signedAnew: boolean;
}

/** The headers as pairs. Node lists a name, its value, the next name, and so on. */
export function pairsOf(raw: readonly string[]): Header[] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []));
}

/** The headers of a connection (RFC 9110, section 7.6.1), and those that are written anew for each request. */
const OF_THE_CONNECTION =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|expect)$/i;

/** The headers that are passed on: all but those of the connection. */
export function passedOn(headers: readonly Header[]): Header[] {
  return headers.filter(([name]) => !OF_THE_CONNECTION.test(name));
}

export function contentOf(bytes: Buffer): Content {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? { body: text } : { body: undefined, bodyBase64: bytes.toString("base64") };
}

export function bytesOf({ body, bodyBase64 = "" }: Content): Buffer {
  return body === undefined ? Buffer.from(bodyBase64, "base64") : Buffer.from(body);
}

/** How many deliveries are shown at most, and how many characters their bodies have together, so that nobody can fill the memory. */
export const MOST_RECORDS = 1000;
const MOST_CHARACTERS = 33_554_432;

/** The first records, up to the most that are shown. */
export function firstOf(records: readonly ListenRecord[]): ListenRecord[] {
  let characters = 0;
  const past = records.findIndex((record, index) => {
    for (const content of [record, record.forwarded]) {
      characters += (content?.body ?? content?.bodyBase64 ?? "").length;
    }
    return index >= MOST_RECORDS || (index > 0 && characters > MOST_CHARACTERS);
  });
  return records.slice(0, past === -1 ? undefined : past);
}

/** Whether a text occurs in a delivery or in its answer, in whatever case. */
export function contains(record: ListenRecord, text: string): boolean {
  const { type, id, senderId, error, headers, body, status, forwarded } = record;
  const answer = forwarded && [forwarded.error, forwarded.headers.flat(), forwarded.body].flat();
  const all = [type, id, senderId, error?.code, status, headers.flat(), body, answer].flat();
  return all.join("\n").toLowerCase().includes(text.toLowerCase());
}

/** Formats a delivery for people, to fit the terminal. It escapes control characters that came from outside. */
export function formatRecord(
  record: ListenRecord,
  keys: readonly string[],
  { style, width }: Pick<Output, "style" | "width">,
  isOnPage = false,
): string {
  const { receivedAt, verified, status, forwarded } = record;
  const { id, senderId, age, error, causes, body, saved, again } = record;
  const received = style("dim", receivedAt.slice(11, 19));
  const verdict = style(verified ? "green" : "red", verdictOf(record));
  const answered = forwarded ? describeForwarded(forwarded, status, style) : `answered ${status}`;
  const said = [
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(senderId === undefined ? [] : [`sender ${senderId}`]),
    ...(age === undefined ? [] : [`signed ${age} s ago`]),
    ...(again === undefined ? [] : [again.signedAnew ? "sent again, signed anew" : "sent again"]),
  ];
  return [
    "",
    wrap(`${received}  ${style("bold", titleOf(record))}  ${verdict}  ${answered}`, width),
    ...(said.length > 0 ? [`  ${printableLine(said.join(", "))}`] : []),
    ...(error ? [wrap(`  ${inset(printable(error.message))}`, width)] : []),
    ...(causes ?? []).map(({ explanation, whatToDo }) => wrap(`  ${style("yellow", explanation)} ${whatToDo}`, width)),
    ...(saved ? [`  Kept: ${commandLine(keys, saved, width)}`] : []),
    ...(body === undefined ? ["  (the body is not UTF-8)"] : bodyLines(body, saved?.body, isOnPage)),
  ].join("\n");
}

/** Formats a delivery on one line. A type for which the terminal has no room is cut. */
export function formatLine(record: ListenRecord, { style, width }: Pick<Output, "style" | "width">): string {
  const { receivedAt, status, forwarded, again } = record;
  const time = forwarded ? `${forwarded.milliseconds.toFixed(0)} ms` : "";
  const start = `${receivedAt.slice(11, 19)}  ${status}  ${time.padStart(8)}  `;
  const resent = again === undefined ? "" : again.signedAnew ? ", sent again, signed anew" : ", sent again";
  const verdict = `${verdictOf(record)}${resent}`;
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - `${start}  ${verdict}`.length;
  const shown = style("bold", cut(titleOf(record), Math.max(room, 1)));
  return `${style("dim", start)}${shown}  ${style(record.verified ? "green" : "red", verdict)}`;
}

/** The type and, unless it came by POST, the method. */
function titleOf({ method, type = "(no type)" }: ListenRecord): string {
  return printableLine(method === "POST" ? type : `${method} ${type}`);
}

/** The most of a body that is printed. */
const MOST_LINES = 40;
const MOST_BODY_CHARACTERS = 4096;

/** A body for people. Of a long one it prints the beginning, and says where the rest is. */
function bodyLines(body: string, file: string | undefined, isOnPage: boolean): string[] {
  const text = indented(body);
  const lines = text.split("\n");
  const start = lines.slice(0, MOST_LINES).join("\n").slice(0, MOST_BODY_CHARACTERS);
  const shown = `  ${inset(printable(start))}`;
  if (start.length === text.length) return [shown];
  const places = [...(file === undefined ? [] : [`in ${printableLine(file)}`]), ...(isOnPage ? ["on the page"] : [])];
  const where =
    places.length > 0
      ? `It is whole ${places.join(" and ")}.`
      : "--save keeps it whole, and --inspect and --json show it.";
  const size = `${text.length.toLocaleString("en")} characters on ${lines.length.toLocaleString("en")} lines`;
  return [shown, `  … The body is cut here: it has ${size}. ${where}`];
}

function verdictOf({ verified, error }: ListenRecord): string {
  return verified ? "verified" : `not verified: ${error?.code}`;
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

/** The command that verifies a delivery that is kept, for a shell. On a terminal, each flag has a line of its own. */
function commandLine(
  keys: readonly string[],
  { headers, body }: { headers: string; body: string },
  width: Width,
): string {
  const flags = [...keys.map((key) => ["--key", key]), ["--headers", headers], ["--body", body]];
  const words = ["mindbridge verify", ...flags.map((flag) => flag.map(shellWord).join(" "))];
  return words.join(width === undefined ? " " : " \\\n      ");
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
