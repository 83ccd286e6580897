import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";

/** What is sent, and until when an answer is waited for. */
export interface RequestOptions {
  readonly method: string;
  /** As `request` takes them: an object, or names and values in turn. */
  readonly headers: OutgoingHttpHeaders | readonly string[];
  readonly body: string | Buffer;
  readonly signal: AbortSignal;
}

/**
 * Sends a request on a connection of its own, and resolves once the head of the answer is there.
 *
 * @throws {Error} if the connection ends before.
 */
export function sendRequest(url: URL, { body, ...options }: RequestOptions): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, { ...options, agent: false })
      .on("response", resolve)
      // 101 would go on in another protocol: of that nothing is read, and the answer has no body.
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
