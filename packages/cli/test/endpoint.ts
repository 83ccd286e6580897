import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { verify } from "@mindbridge-sdk/receiver";
import { onTestFinished } from "vitest";

/**
 * Serves on a free port of this machine until the test ends, and returns the address. If the listener fails, such as when the
 * sender breaks off, there is no answer.
 */
export async function serve(listener: (...args: Parameters<RequestListener>) => unknown): Promise<string> {
  const answer = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    try {
      await listener(request, response);
    } catch {
      response.destroy();
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
}

/** Answers each connection with this exact text, and leaves the connection open. Returns the address. */
export async function serveText(answer: string): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("data", () => socket.write(answer));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** The mistakes of an endpoint. */
interface EndpointOptions {
  /** Whether it takes a signature in base64url as well. */
  readonly isLenient?: boolean;
  /** By how many seconds a delivery may be older or newer. */
  readonly tolerance?: number;
}

/**
 * Serves an endpoint that makes no other mistakes than these. It fails to handle the analysis `fail`, and answers GET with the number
 * of deliveries that it has handled.
 */
export function endpoint(keys: string, { isLenient = false, tolerance = 300 }: EndpointOptions = {}): Promise<string> {
  const handled = new Set<unknown>();
  const statusOf = async ({ headersDistinct }: { headersDistinct: NodeJS.Dict<string[]> }, body: Buffer) => {
    const { "webhook-signature": signatures = [], ...others } = headersDistinct;
    const spelled = isLenient ? signatures.map((each) => each.replaceAll("-", "+").replaceAll("_", "/")) : signatures;
    try {
      const { id } = await verify({ headers: { ...others, "webhook-signature": spelled }, body }, { keys, tolerance });
      if (JSON.parse(String(body)).data.analysisId === "fail") return 500;
      handled.add(id);
      return 204;
    } catch {
      return 401;
    }
  };
  return serve(async (request, response) => {
    if (request.method === "GET") response.end(`${handled.size}\n`);
    else response.writeHead(await statusOf(request, await buffer(request))).end();
  });
}
