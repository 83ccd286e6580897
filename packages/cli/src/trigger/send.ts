import { once } from "node:events";
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";

/** What is sent: headers that come several times are arrays, and each of their texts is a line. */
export interface Sendable {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** What became of something that was sent. */
export type Answer = {
  /** From the first byte sent to the last received. */
  readonly milliseconds: number;
} & (
  | { readonly status: number; readonly body: string }
  /** There was no answer, and why. */
  | { readonly status: undefined; readonly error: string }
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
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  try {
    const sent = request(url, {
      method: "POST",
      headers: headers as OutgoingHttpHeaders,
      agent: false,
      signal: limited,
    }).end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const kept: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (size < KEPT) kept.push(chunk.subarray(0, KEPT - size));
      size += chunk.length;
    }
    const { statusCode = 0 } = response;
    return {
      status: statusCode,
      body: Buffer.concat(kept).toString(),
      milliseconds: performance.now() - started,
    };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    const why = limited.aborted ? `no answer within ${timeout} ms` : (code ?? message);
    return { status: undefined, error: why, milliseconds: performance.now() - started };
  }
}

/** An answer in a few words. */
export function formatAnswer(answer: Answer): string {
  const time = `${answer.milliseconds.toFixed(answer.milliseconds < 10 ? 1 : 0)} ms`;
  return answer.status === undefined ? answer.error : `${answer.status} in ${time}`;
}

/** Whether it says that the delivery was taken. */
export function isTaken({ status }: Answer): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
