import type { Accident } from "./accidents.ts";

/** What has happened, and how in particular, where one accident has several forms. */
export interface Finding {
  readonly accident: Accident;
  readonly explanation?: string | undefined;
}

/** A body that may have been signed, and what must have happened to it since, the last first. */
export interface Variant {
  readonly findings: readonly Finding[];
  readonly body: Uint8Array;
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** What one accident makes of a body. */
export function variant(accident: Accident, body: Uint8Array | string, explanation?: string): Variant {
  return { findings: [{ accident, explanation }], body: typeof body === "string" ? encoder.encode(body) : body };
}

/** The same, with what has been done to the body in words that go on from "has been". */
export function undone(accident: Accident, body: Uint8Array | string, how: string): Variant {
  return variant(accident, body, `The body has been ${how}: undone, the signature matches.`);
}
