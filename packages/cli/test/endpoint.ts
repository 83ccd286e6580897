import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { DeliveryError, verify } from "@mindbridge-sdk/receiver";
import { onTestFinished } from "vitest";

/** Serves on a free port of this machine until the test ends, and returns the address. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
}

/** A mistake that people make who write an endpoint by hand. */
export type ClassicMistake =
  | "no-verification"
  | "body-reserialised"
  | "no-tolerance"
  | "no-deduplication"
  | "success-on-failure";

/** An endpoint written by hand, right but for one mistake. GET answers with how many deliveries have been handled. */
export function endpoint(publicKey: string, mistake?: ClassicMistake): Promise<string> {
  const done = new Set<string>();
  let effects = 0;

  const isGenuine = async ({ headersDistinct: headers }: IncomingMessage, body: Buffer): Promise<boolean> => {
    if (mistake === "no-verification") return true;
    const verified = mistake === "body-reserialised" ? JSON.stringify(JSON.parse(body.toString())) : body;
    const tolerance = mistake === "no-tolerance" ? Number.POSITIVE_INFINITY : 300;
    try {
      await verify({ headers, body: verified }, { keys: publicKey, tolerance });
      return true;
    } catch (error) {
      if (error instanceof DeliveryError) return false;
      throw error;
    }
  };
  const handle = (body: Buffer): void => {
    if (JSON.parse(body.toString()).data.analysisId === "fail") throw new Error("The database is down.");
    effects += 1;
  };
  const statusOf = async (request: IncomingMessage): Promise<number> => {
    const body = await buffer(request);
    try {
      if (!(await isGenuine(request, body))) return 401;
    } catch {
      return 400;
    }
    const id = String(request.headers["webhook-id"]);
    if (done.has(id) && mistake !== "no-deduplication") return 204;
    try {
      handle(body);
      done.add(id);
    } catch {
      return mistake === "success-on-failure" ? 200 : 500;
    }
    return 204;
  };

  return serve((request, response) => {
    if (request.method === "GET") response.end(`${effects}\n`);
    else void statusOf(request).then((status) => response.writeHead(status).end());
  });
}
