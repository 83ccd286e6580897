import type { OutgoingHttpHeaders } from "node:http";
import { sendRequest } from "../send-request.ts";

/** What is sent: headers that come several times are arrays, and each of their texts is a line. */
export interface Sendable {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** What an answer says of what was sent; `limited` if the sender is to come again later, since there is too much at the moment. */
export type Outcome = "taken" | "refused" | "limited" | "redirected" | "unanswered";

/** What became of something that was sent. */
export type Answer = {
  readonly outcome: Outcome;
  /** From the first byte sent to the last received. */
  readonly milliseconds: number;
} & (
  | { readonly status: number; readonly body: string }
  /** There was no answer, and why. */
  | { readonly status: undefined; readonly error: string; readonly timedOut: boolean }
);

/** How much of an answer is kept, in bytes. */
const KEPT = 2_000;

/** Sends a delivery as it stands, on a connection of its own. It resolves whatever happens, but for `signal`. */
export async function send(
  url: URL,
  { headers, body }: Sendable,
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal },
): Promise<Answer> {
  const started = performance.now();
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  try {
    const options = { method: "POST", headers: headers as OutgoingHttpHeaders, body, signal: limited };
    const response = await sendRequest(url, options);
    const kept: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (size < KEPT) kept.push(chunk.subarray(0, KEPT - size));
      size += chunk.length;
    }
    const { statusCode = 0 } = response;
    return {
      status: statusCode,
      outcome: outcomeOf(statusCode, response.headers["retry-after"] !== undefined),
      body: Buffer.concat(kept).toString(),
      milliseconds: performance.now() - started,
    };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    const timedOut = limited.aborted;
    const why = timedOut ? `no answer within ${timeout} ms` : (code ?? message);
    return {
      status: undefined,
      outcome: "unanswered",
      error: why,
      timedOut,
      milliseconds: performance.now() - started,
    };
  }
}

function outcomeOf(status: number, hasRetryAfter: boolean): Outcome {
  if (status === 429 || (status === 503 && hasRetryAfter)) return "limited";
  if (status >= 400) return "refused";
  // A redirect leads the sender elsewhere: what becomes of the delivery there is not known.
  if (status >= 300) return "redirected";
  // What is less is no final answer.
  return status >= 200 ? "taken" : "unanswered";
}

/** An answer in a few words. */
export function formatAnswer(answer: Answer): string {
  const time = `${answer.milliseconds.toFixed(answer.milliseconds < 10 ? 1 : 0)} ms`;
  return answer.status === undefined ? answer.error : `${answer.status} in ${time}`;
}
