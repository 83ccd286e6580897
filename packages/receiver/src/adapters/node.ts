import type { NodeBody } from "../body.ts";
import type { Receiver } from "../receiver/types.ts";
import { bodyOf, CLOSE, type NodeHeaders, nodeHeaders } from "./request.ts";

export type { NodeHeaders } from "./request.ts";

/** The `IncomingMessage` of node:http, and the `Request` of Express. */
export interface NodeRequest extends NodeBody {
  readonly method?: string | undefined;
  readonly headers: NodeHeaders;
  /** Whether all of it has arrived. */
  readonly complete: boolean;
  /** The bytes of the body, where something has read it and kept them. */
  readonly rawBody?: unknown;
  /** The bytes of the body, where `express.raw()` and its like have read it. */
  readonly body?: unknown;
}

/** The `ServerResponse` of node:http, and the `Response` of Express. */
export interface NodeResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

/**
 * Answers the requests of node:http, and of Express 4 and 5: `createServer(node(receiver))`,
 * `app.post("/webhooks", node(receiver))`.
 *
 * It reads the body itself. If a parser ran first, the bytes must be in `request.rawBody` or `request.body`. Where only a
 * parsed body is left, the sender gets 500, and the hook `refused` gets a `RawBodyError`.
 *
 * If something else has answered by then, such as a middleware that limits the time, that answer stays: a second one would end the
 * process.
 *
 * @returns A listener. It also returns a promise that never rejects, for callers that wait for it, as Next's API routes do.
 */
export function node(receiver: Pick<Receiver, "handle">): (request: NodeRequest, response: NodeResponse) => void {
  // oxlint-disable-next-line typescript/no-misused-promises -- declared, the promise would be a finding in the code of users
  return async (request, response) => {
    const { status, headers, body } = await receiver.handle({
      method: request.method ?? "",
      headers: nodeHeaders(request.headers),
      body: bodyOf(request, request),
    });
    if (response.headersSent) return;
    response.writeHead(status, request.complete ? headers : { ...headers, ...CLOSE });
    response.end(body);
  };
}
