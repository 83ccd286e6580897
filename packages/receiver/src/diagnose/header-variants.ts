import { ID, TIMESTAMP } from "../verify/signature-scheme.ts";
import type { Finding } from "./variant.ts";

/** What the headers may have said, and what must have happened to them since. */
export interface HeaderVariant {
  readonly findings: readonly Finding[];
  readonly id: string;
  readonly timestamp: string;
}

/** No id that `verify` takes is longer, in characters. */
const MAX_LENGTH = 256;

/** What id and time of signing may have been: first as they came, then as they are signed. */
export function* headerVariants(id: string, timestamp: string): Generator<HeaderVariant> {
  const isInMilliseconds = /^\d{13}$/.test(timestamp);
  const findings: Finding[] = isInMilliseconds ? [{ accident: "milliseconds" }] : [];
  yield { findings, id, timestamp };
  if (isInMilliseconds) yield { findings, id, timestamp: timestamp.slice(0, -3) };

  if (id.length > MAX_LENGTH || timestamp.length > MAX_LENGTH) return;
  const bareId = unquoted(id);
  for (const seconds of secondsOf(unquoted(timestamp))) {
    const names = [...(bareId === id ? [] : [ID]), ...(seconds === timestamp ? [] : [TIMESTAMP])];
    if (names.length === 0) continue;
    const explanation = `The signature matches, but for how these headers are written: ${names.join(", ")}.`;
    yield { findings: [{ accident: "header-rewritten", explanation }], id: bareId, timestamp: seconds };
  }
}

/** Without the signs that CSV, JSON and programs put around a text. */
function unquoted(text: string): string {
  return text.replaceAll(/^[\s"'[]+|[\s"'\]]+$/g, "");
}

/** What a time may be in seconds: it may be a date, or a number with a fraction. */
function secondsOf(text: string): string[] {
  const [seconds] = /^\d+(?=$|\.\d*$)/.exec(text) ?? [];
  if (seconds !== undefined) return [seconds];
  // A database may leave out the zone.
  const times = [text, `${text}Z`].map((date) => Math.floor(Date.parse(date) / 1000));
  return [...new Set(times)].flatMap((time) => (Number.isNaN(time) ? [] : String(time)));
}
