import type { Outcome } from "./errors/mindbridge-error.ts";

/** A 429 that does not say for how long: MindBridge's developer pages give about 30 seconds for a limit of the platform. */
const RATE_LIMIT_WAIT = 30_000;
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 8_000;

/** Whether a method only reads, so that what became of earlier attempts does not matter. */
export const isSafe = (method: string): boolean => /^(GET|HEAD)$/.test(method);

/**
 * Whether nothing was sent, going by what `fetch` threw. What is not recognised counts as sent, since a POST that is
 * repeated makes a second webhook.
 */
export const neverConnected = (error: unknown): boolean =>
  ([error, (error as Error | undefined)?.cause] as ({ code?: string; message?: string } | undefined)[]).some((at) =>
    // The codes of Node, undici and Bun, the messages of Node's sockets, of Deno's HTTP library, and of fetch, which refuses some ports.
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket) |^E\w+ connect |client error \(Connect\)|^\w+ bad port$/.test(
      `${at?.code} ${at?.message}`,
    ),
  );

/** What a response says of whether the call was carried out. */
export const outcomeOf = (status: number, method: string): Outcome =>
  // 408 may come after the server has begun, and 303 is the answer to a POST that has been carried out.
  status > 299 && status < 500 && status !== 408 && (status !== 303 || isSafe(method)) ? "refused" : "unknown";

/**
 * Whether a call may be tried again: never where that could do something twice.
 *
 * @param result The status of the last response, or the `code` of the last error.
 */
export const mayRetry = (
  { method, outcome }: { method: string; outcome: Outcome },
  result?: number | string,
): boolean =>
  result === 429 ||
  // No complete response is as bad as these statuses.
  (/^(408|5..|timeout|connection)$/.test(`${result}`) &&
    (outcome !== "unknown" || /^(GET|HEAD|PUT|DELETE)$/.test(method)));

/**
 * How long the server asks to wait, in milliseconds; `undefined` where it does not.
 *
 * `Retry-After` counts first, in seconds or as a date. On a 429, `X-User-Hour-Limit-Remaining` holds the seconds until the
 * limit resets (MindBridge's developer pages), whatever its name says.
 */
export const requestedWait = ({ status, headers }: Response): number | undefined => {
  const isSeconds = /^\d+$/;
  const after = `${headers.get("retry-after")}`;
  const limit = `${headers.get("x-user-hour-limit-remaining")}`;
  const until = Date.parse(after.endsWith("GMT") ? after : "");
  if (isSeconds.test(after)) return +after * 1000;
  if (until >= 0) return Math.max(0, until - Date.now());
  if (status === 429) return isSeconds.test(limit) ? +limit * 1000 : RATE_LIMIT_WAIT;
  return undefined;
};

/** Our own wait before attempt `attempt + 1`, in milliseconds: doubling from 500 to 8,000, with full jitter. */
export const backoff = (attempt: number, longest: number): number =>
  Math.random() * Math.min(longest, LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (attempt - 1));
