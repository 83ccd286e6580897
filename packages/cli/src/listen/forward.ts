import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { MAX_BODY_BYTES, readBody } from "./body.ts";
import { type Answer, pairsOf, passedOn, type Received } from "./record.ts";

/** The answer of an endpoint, with its body. */
export interface Forwarded extends Answer {
  readonly body: Buffer;
}

/** How to wait for an answer. */
interface ForwardOptions {
  readonly signal: AbortSignal;
  /** How long the whole answer may take, in milliseconds. */
  readonly timeout?: number;
}

/** Passes a request on: its method, its bytes, and its headers except for those of the connection. */
export async function forward(
  url: URL,
  { method, headers: given, body }: Pick<Received, "method" | "headers" | "body">,
  { signal, timeout = 30_000 }: ForwardOptions,
): Promise<Forwarded> {
  const started = performance.now();
  const milliseconds = () => performance.now() - started;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
  const own = ["host", url.host, "content-length", `${body.length}`, "connection", "close"];
  const headers = [...passedOn(given).flat(), ...own];
  try {
    const response = await send(url, { method, headers, signal: limited }, body);
    const { bytes, isWhole } = await readBody(response);
    const { statusCode = 0 } = response;
    // 101 changes the protocol, and lower numbers are not statuses: neither can be passed back.
    if (statusCode < 200) throw new Error(`its status, ${statusCode}, ends no answer`);
    return {
      status: statusCode,
      error: undefined,
      milliseconds: milliseconds(),
      truncatedAt: isWhole ? undefined : MAX_BODY_BYTES,
      headers: passedOn(pairsOf(response.rawHeaders)),
      body: bytes,
    };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    const why = limited.aborted ? `no whole answer within ${timeout} ms` : (code ?? message);
    return {
      status: undefined,
      error: why,
      milliseconds: milliseconds(),
      truncatedAt: undefined,
      headers: [],
      body: Buffer.alloc(0),
    };
  }
}

/** Sends a request on a connection of its own, and resolves once the head of the answer is there. */
function send(url: URL, options: RequestOptions, body: Buffer): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, { ...options, agent: false })
      .on("response", resolve)
      // 101 changes the protocol: what follows is not HTTP, and the answer has no body.
      .on("upgrade", (response, socket) => {
        socket.destroy();
        response.push(null);
        resolve(response);
      })
      .on("error", reject)
      .on("close", () => reject(new Error("the connection was closed before an answer came")))
      .end(body);
  });
}
