import { deliveries } from "../generated/deliveries.ts";
import { isRecord, withOverrides } from "../overrides.ts";

/** The body of a delivery. */
export type Event = Record<string, unknown>;

/**
 * How a sample is changed before it is signed: fields that go over those it has, as deep as they go
 * (`{ data: { analysisId: "42" } }`), or a function that is given the sample, which it may change, and returns the body.
 */
export type EventChange = Readonly<Record<string, unknown>> | ((event: Event) => Event);

/** Writes a body. */
export type Write = (event: Event) => string;

/** The types that have a sample: those that the contract lists. */
export const SAMPLE_TYPES: readonly string[] = Object.values(deliveries).map((make) => make().type);

/** A sample of a type, of an event of its own. */
export function sampleEvent(type: string, id: string, changes: readonly (EventChange | undefined)[]): Event {
  const samples = Object.values(deliveries).map((make) => make() as unknown as Event);
  const event = samples.find((sample) => sample.type === type) ?? {};
  // An endpoint that acts once may remember an event by any of these ids.
  for (const holder of [event, event.data]) if (isRecord(holder) && "eventId" in holder) holder.eventId = id;
  return changes.reduce<Event>(
    (changed, change) => (typeof change === "function" ? change(changed) : withOverrides(changed, change)),
    event,
  );
}

/** JSON as no library writes it: an endpoint that parses it, or trims it, and writes it again gets other bytes. */
export const writeUnusually: Write = (event) => {
  const escaped = (text: string) => text.replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  return `${JSON.stringify(event, undefined, 3).replaceAll(/(?<=": ")[^"\\]+(?=")/g, escaped)}\n`;
};

/** JSON with every character beyond ASCII escaped, so that it is the same in every charset. */
export const writeInAscii: Write = (event) =>
  JSON.stringify(event).replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** What an endpoint makes of a body before it verifies that. */
export interface Form {
  readonly name: string;
  readonly write: Write;
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

/** What endpoints usually verify in place of the body. Samples are sent compact, so that form is not in the list. */
export const FORMS: readonly Form[] = [
  ...LAYOUTS.slice(1),
  ...LAYOUTS.map(({ name, write }) => ({
    name: `${name}, keys sorted`,
    write: (event: Event) => write(sorted(event)),
  })),
  // A list of keys as the second argument of JSON.stringify leaves out those that stand only further inside.
  { name: "its JSON, outer keys sorted", write: (event) => JSON.stringify(event, Object.keys(event).toSorted()) },
  { name: "`[object Object]`", write: String },
  // Something else has read the body before.
  { name: "no body", write: () => "" },
];

function sorted<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted) as T;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)])) as T;
}
