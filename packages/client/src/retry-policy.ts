import type { ErrorCode, Outcome } from "./errors.ts";

/** For a 429 that does not say how long: MindBridge's developer pages give about 30 seconds for a limit of the platform. */
const RATE_LIMIT_WAIT = 30_000;
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 8_000;

/** Methods that change something and may be repeated: twice does what once does (RFC 9110, section 9.2.2). */
const IDEMPOTENT = ["PUT", "DELETE"];

/** Codes of Node, undici and Bun for a connection that was never made. */
const CONNECT_CODES = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
  "ConnectionRefused",
  "FailedToOpenSocket",
];

/** The messages of Node's sockets and of Deno's HTTP library, and of `fetch`, which refuses some ports. */
const CONNECT_MESSAGES = /^connect E[A-Z]+ |client error \(Connect\)|^bad port$/;

/**
 * Whether nothing was sent, by what `fetch` threw. An error that is not recognised counts as sent, since a POST that is
 * repeated makes a second webhook.
 */
export function neverConnected(error: unknown): boolean {
  const thrown = error as { readonly cause?: unknown } | null | undefined;
  return ([thrown, thrown?.cause] as ({ code?: string; message?: string } | null | undefined)[]).some(
    (at) => CONNECT_CODES.includes(`${at?.code}`) || CONNECT_MESSAGES.test(`${at?.message}`),
  );
}

/** Whether a call was carried out, by the status of the response. */
export function outcomeOf(status: number, safe: boolean): Outcome {
  // 408 may come after the server has begun, and 303 answers a POST that has been carried out.
  const mayBeDone = status < 300 || status >= 500 || status === 408 || (status === 303 && !safe);
  return mayBeDone ? "unknown" : "refused";
}

/** What the rules go by: the method of a call, whether it only reads, and the outcome of its attempts so far. */
interface Progress {
  readonly method: string;
  readonly safe: boolean;
  readonly outcome: Outcome;
}

/**
 * The outcome of a call after its latest attempt. Once an attempt may have succeeded, the outcome stays unknown, unless
 * the call only reads.
 */
export function outcomeAfter({ safe, outcome }: Omit<Progress, "method">, latest: Outcome): Outcome {
  if (safe) return latest;
  return outcome === "unknown" || latest === "not-sent" ? outcome : latest;
}

/** Whether a call may be tried again: never if that could do something twice. */
export function mayRetry({ method, safe, outcome }: Progress, status = 0, error?: ErrorCode): boolean {
  if (status === 429) return true;
  const mayPass = status === 408 || (status >= 500 && status < 600) || error === "timeout" || error === "connection";
  return mayPass && (outcome !== "unknown" || safe || IDEMPOTENT.includes(method));
}

/**
 * How long the server asks to wait, in milliseconds; `undefined` if it does not.
 *
 * `Retry-After` counts first, in seconds or as a date. On a 429, `X-User-Hour-Limit-Remaining` holds the seconds until the
 * limit resets (MindBridge's developer pages), whatever its name says.
 */
export function requestedWait({ status, headers }: Response): number | undefined {
  const retryAfter = headers.get("retry-after");
  const wait = millisecondsIn(retryAfter) ?? millisecondsUntil(retryAfter);
  if (wait !== undefined || status !== 429) return wait;
  return millisecondsIn(headers.get("x-user-hour-limit-remaining")) ?? RATE_LIMIT_WAIT;
}

/** Our own wait before attempt `attempt + 1`, in milliseconds: doubling from 500 to 8,000, with full jitter. */
export function backoff(attempt: number, longest: number): number {
  return Math.random() * Math.min(longest, LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (attempt - 1));
}

function millisecondsIn(seconds: string | null): number | undefined {
  return seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}

function millisecondsUntil(date: string | null): number | undefined {
  const time = Date.parse(date?.endsWith("GMT") ? date : "");
  return Number.isNaN(time) ? undefined : Math.max(0, time - Date.now());
}
