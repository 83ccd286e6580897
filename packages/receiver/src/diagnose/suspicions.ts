import type { Accident } from "./accidents.ts";
import { bodyVariants } from "./body-variants.ts";

/** What may have been signed, if an accident has happened since. */
export interface Suspicion {
  /** `undefined`: none, it has been signed as it came. */
  readonly accident: Accident | undefined;
  readonly id: string;
  readonly timestamp: string;
  readonly body: Uint8Array | string;
}

/** What may have been signed of a delivery, the likeliest first. */
export function* suspicions(id: string, timestamp: string, body: Uint8Array): Generator<Suspicion> {
  const inMilliseconds = /^\d{13}$/.test(timestamp);
  yield { accident: inMilliseconds ? "milliseconds" : undefined, id, timestamp, body };
  if (inMilliseconds) yield { accident: "milliseconds", id, timestamp: timestamp.slice(0, -3), body };
  yield { accident: "id-and-timestamp-swapped", id: timestamp, timestamp: id, body };
  for (const [accident, variant] of bodyVariants(body)) yield { accident, id, timestamp, body: variant };
}
