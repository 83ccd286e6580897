import type { IncomingMessage } from "node:http";
import { sendRequest } from "../send-request.ts";

/** What an endpoint answered to what was passed on to it. */
export interface Forwarded {
  /** `undefined` if there was no answer. */
  readonly status: number | undefined;
  /** Why there was none. */
  readonly error: string | undefined;
  readonly milliseconds: number;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Buffer;
}

/** What belongs to a connection (RFC 9110, section 7.6.1), and what is written anew for each. */
const OF_THE_CONNECTION =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|expect)$/i;

/** How long an endpoint may take, in milliseconds. */
const TIMEOUT = 30_000;

/** Passes a request on: the same method and bytes, and the same headers but for those of the connection. */
export async function forward(
  url: URL,
  { method = "POST", rawHeaders }: Pick<IncomingMessage, "method" | "rawHeaders">,
  body: Buffer,
  signal: AbortSignal,
): Promise<Forwarded> {
  const started = performance.now();
  const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
  const headers = [
    ...passedOn(rawHeaders),
    "host",
    url.host,
    "content-length",
    `${body.length}`,
    "connection",
    "close",
  ];
  try {
    const response = await sendRequest(url, { method, headers, body, signal: limited });
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const { statusCode = 0 } = response;
    // 101 would go on in another protocol, and what is less is no status: neither can be passed back.
    if (statusCode < 200) throw new Error(`its status, ${statusCode}, ends no answer`);
    return {
      status: statusCode,
      error: undefined,
      milliseconds: performance.now() - started,
      headers: passedOn(response.rawHeaders),
      body: Buffer.concat(chunks),
    };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    const why = limited.aborted ? `no answer within ${TIMEOUT} ms` : (code ?? message);
    return {
      status: undefined,
      error: why,
      milliseconds: performance.now() - started,
      headers: [],
      body: Buffer.alloc(0),
    };
  }
}

function passedOn(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !OF_THE_CONNECTION.test(name) ? [name, rawHeaders[index + 1] ?? ""] : [],
  );
}
