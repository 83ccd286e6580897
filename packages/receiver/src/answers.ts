import type { ADVICE, ADVICE_ON_HANDLING } from "./advice.ts";

/** Why a delivery was not handled. The sender gets it, and so do the hooks `refused` and `failed`. */
export type AnswerCode = keyof typeof ADVICE | keyof typeof ADVICE_ON_HANDLING;

/** An HTTP response, for any framework to write. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty, or JSON. */
  readonly body: string;
}

/** Why a delivery was not handled, and with which status it is answered. `error` is an `Error` if something went wrong. */
export class Refusal {
  /** What the sender gets. */
  readonly code: AnswerCode;
  /**
   * What went wrong, if something did: a `DeliveryError`, an `InterruptedError`, or the error of the handler, the store or
   * the connection.
   */
  readonly error: unknown;
  /** The HTTP status. */
  readonly status: number;

  constructor(code: AnswerCode, error?: unknown, status: number = STATUSES[code] ?? 503) {
    this.code = code;
    this.error = error;
    this.status = status;
  }
}

/** A sender may take a 4xx for final, so it means that sending again cannot help. What is not listed is 503. */
const STATUSES: Partial<Record<AnswerCode, number>> = {
  missing_header: 400,
  malformed_header: 400,
  invalid_body: 400,
  unsupported_scheme: 401,
  no_key: 401,
  signature_mismatch: 401,
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_media_type: 415,
  raw_body: 500,
  handler: 500,
  malformed_data: 500,
  internal: 500,
};

/** The answer: 204, or the code of a refusal without any detail. */
export const answerTo = (
  { code, status = 204 }: { code?: AnswerCode; status?: number },
  retryAfter: number,
): Answer => ({
  status,
  headers: {
    ...(code && { "content-type": "application/json" }),
    // Nobody knows when a clock will be right.
    ...(status === 503 && code !== "too_old" && code !== "too_new" && { "retry-after": `${retryAfter}` }),
    ...(status === 405 && { allow: "POST" }),
  },
  body: code ? JSON.stringify({ code }) : "",
});
