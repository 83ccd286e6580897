import type { Event } from "./event.ts";

/** Writes an event as JSON. */
export type Write = (event: Event) => string;

/** What an endpoint makes of a body that it has parsed, and verifies in its place. */
export interface Form {
  readonly name: string;
  readonly write: Write;
}

/** As no library writes it: what is parsed, trimmed or written again has other bytes. */
export function writeAsNobody(event: Event): string {
  const escaped = (text: string) => text.replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  return `${JSON.stringify(event, undefined, 3).replaceAll(/(?<=": ")[^"\\]+(?=")/g, escaped)}\n`;
}

/** With every character beyond ASCII escaped: to whatever charset it is decoded in, it is the same. */
export function writeInAscii(event: Event): string {
  return JSON.stringify(event).replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Python's `json.dumps`: a space after each comma and colon. */
const writeSpaced: Write = (event) =>
  JSON.stringify(event, undefined, 1)
    .replaceAll(/,\n\s*/g, ", ")
    .replaceAll(/\n\s*/g, "");

const LAYOUTS: readonly Form[] = [
  { name: "its JSON, compact", write: (event) => JSON.stringify(event) },
  { name: "its JSON, spaced as by Python", write: writeSpaced },
  { name: "its JSON, indented by two", write: (event) => JSON.stringify(event, undefined, 2) },
  { name: "its JSON, indented by four", write: (event) => JSON.stringify(event, undefined, 4) },
];

/** What endpoints usually verify that is not the body, but for the form of `JSON.stringify`, in which deliveries are sent. */
export const FORMS: readonly Form[] = [
  ...LAYOUTS.slice(1),
  ...LAYOUTS.map(({ name, write }) => ({
    name: `${name}, keys sorted`,
    write: (event: Event) => write(sorted(event)),
  })),
  // Who gives `JSON.stringify` a list of the keys loses those that stand only further inside.
  { name: "its JSON, outer keys sorted", write: (event) => JSON.stringify(event, Object.keys(event).toSorted()) },
  { name: "`[object Object]`", write: String },
  // Somebody else has read it before.
  { name: "no body", write: () => "" },
];

function sorted<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted) as T;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)])) as T;
}
