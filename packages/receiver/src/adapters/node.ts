import { RawBodyError } from "../errors/raw-body-error.ts";
import type { BodyReader } from "../receiver/intake.ts";
import type { IncomingRequest, Receiver } from "../receiver/types.ts";

/** The `IncomingMessage` of node:http, and the `Request` of Express. */
export interface NodeRequest extends NodeBody {
  readonly method?: string | undefined;
  readonly headers: NodeHeaders;
  /** Whether all of it has arrived. */
  readonly complete: boolean;
  /** The bytes of the body, where something has read it and kept them. */
  readonly rawBody?: unknown;
  /** What `express.raw()` and its like leave: the bytes of the body. */
  readonly body?: unknown;
}

/** The headers of node:http, with names in lower case. */
export interface NodeHeaders {
  readonly [name: string]: string | string[] | undefined;
}

/** A readable stream of Node. */
export interface NodeBody {
  readonly readableDidRead: boolean;
  readonly readableEnded: boolean;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
  pause(): unknown;
}

/** The `ServerResponse` of node:http, and the `Response` of Express. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

/**
 * Answers the requests of node:http, and of Express 4 and 5: `createServer(node(receiver))`,
 * `app.post("/webhooks", node(receiver))`.
 *
 * It reads the body itself. Where something has done so before, the bytes are to be in `request.rawBody` or
 * `request.body`; where only a parsed body is left, the sender gets 500, and the hook `refused` a `RawBodyError`.
 *
 * @returns A listener. It also returns a promise, which never rejects, to those who wait for it as Next's API routes do.
 */
export function node(receiver: Pick<Receiver, "handle">): (request: NodeRequest, response: NodeResponse) => void {
  // oxlint-disable-next-line typescript/no-misused-promises -- declared, the promise would be a finding in the code of users
  return async (request, response) => {
    const { status, headers, body } = await receiver.handle({
      method: request.method ?? "",
      headers: nodeHeaders(request.headers),
      body: nodeBody(request, request),
    });
    // Of a body that is not wanted, the rest is not waited for.
    response.writeHead(status, request.complete ? headers : { ...headers, connection: "close" });
    response.end(body);
  };
}

/** The bytes of a body that something has read, or how to read it. */
export function nodeBody(parsed: { rawBody?: unknown; body?: unknown }, stream: NodeBody): IncomingRequest["body"] {
  for (const body of [parsed.rawBody, parsed.body]) {
    if (typeof body === "string" || body instanceof Uint8Array) return body;
  }
  return streamed(stream);
}

/** Looks headers up in place of going through all of them. */
export const nodeHeaders = (headers: NodeHeaders): { get(name: string): string | undefined } => ({
  get: (name) => headers[name]?.toString(),
});

const streamed =
  (stream: NodeBody): BodyReader =>
  (take) =>
    new Promise((resolve, reject) => {
      if (stream.readableDidRead) throw new RawBodyError();
      // A parser has come to the end of a body that was empty.
      if (stream.readableEnded) resolve(undefined);
      stream.on("data", (chunk: Uint8Array) => {
        if (!take(chunk)) stream.pause();
      });
      stream.on("end", resolve);
      stream.on("error", reject);
    });
