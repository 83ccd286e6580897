import { createPublicKey, type KeyObject, verify as verifySignature } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { DeliveryError, verify } from "@mindbridge-sdk/receiver";
import { onTestFinished } from "vitest";

/**
 * Serves on a free port of this machine until the test ends, and returns the address. A listener that fails answers
 * nothing: so it does where the sender has gone before all of its body came.
 */
export async function serve(listener: (...args: Parameters<RequestListener>) => unknown): Promise<string> {
  const answer = async (...[request, response]: Parameters<RequestListener>): Promise<void> => {
    try {
      await listener(request, response);
    } catch {
      response.destroy();
    }
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
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
  | "first-signature-only"
  | "no-tolerance"
  | "no-deduplication"
  | "success-on-refusal"
  | "success-on-failure"
  | "refusal-on-failure";

/** How an endpoint differs from one that is right. */
export interface EndpointOptions {
  readonly mistakes?: readonly ClassicMistake[];
  /** What it makes of a body before it verifies that: by default, with `body-reserialised`, what `JSON.stringify` writes. */
  readonly rewrite?: (body: Buffer) => string | Buffer;
  /** By how many seconds a delivery may be older or newer. */
  readonly tolerance?: number;
  /** By what it remembers a delivery. */
  readonly remembers?: (headers: Readonly<Record<string, unknown>>, event: { readonly eventId?: unknown }) => unknown;
  /** Answers once a delivery is verified, and handles it later: one after another, or all that came when a time is over. */
  readonly later?: { readonly each: number } | { readonly every: number };
}

/** An endpoint written by hand, right but for what is said. GET answers with how many deliveries have been handled. */
export function endpoint(publicKey: string, options: EndpointOptions = {}): Promise<string> {
  const { mistakes = [], remembers = (headers) => headers["webhook-id"], later } = options;
  const makes = (mistake: ClassicMistake) => mistakes.includes(mistake);
  const rewrite = options.rewrite ?? ((body: Buffer) => JSON.stringify(JSON.parse(body.toString())));
  const tolerance = makes("no-tolerance") ? Number.POSITIVE_INFINITY : (options.tolerance ?? 300);
  const done = new Set<unknown>();
  let effects = 0;

  const isGenuine = async (request: IncomingMessage, body: Buffer): Promise<boolean> => {
    if (makes("no-verification")) return true;
    const verified = makes("body-reserialised") ? rewrite(body) : body;
    const { "webhook-signature": [signatures = ""] = [], ...others } = request.headersDistinct;
    const [first = ""] = signatures.split(" ");
    const headers = makes("first-signature-only") ? { ...others, "webhook-signature": first } : request.headersDistinct;
    try {
      await verify({ headers, body: verified }, { keys: publicKey, tolerance });
      return true;
    } catch (error) {
      // It is parsed once its signature has matched.
      if (error instanceof DeliveryError) return error.code === "invalid_body" && makes("body-reserialised");
      throw error;
    }
  };
  const handle = ({ headers }: IncomingMessage, body: Buffer): void => {
    const event = JSON.parse(body.toString());
    const key = remembers(headers, event);
    if (done.has(key) && !makes("no-deduplication")) return;
    if (event.data.analysisId === "fail") throw new Error("The database is down.");
    done.add(key);
    effects += 1;
  };
  const handleLater = later && queue(handle, later);
  const statusOf = async (request: IncomingMessage): Promise<number> => {
    const body = await buffer(request);
    try {
      if (!(await isGenuine(request, body))) return makes("success-on-refusal") ? 200 : 401;
    } catch {
      return makes("success-on-refusal") ? 200 : 400;
    }
    if (handleLater) {
      handleLater(request, body);
      return 202;
    }
    try {
      handle(request, body);
    } catch {
      return makes("success-on-failure") ? 200 : makes("refusal-on-failure") ? 422 : 500;
    }
    return 204;
  };

  return serve(async (request, response) => {
    if (request.method === "GET") response.end(`${effects}\n`);
    else response.writeHead(await statusOf(request)).end();
  });
}

/** Calls a function later: a time after the call before, or for all calls of a time at its end. */
function queue<Args extends readonly unknown[]>(
  handle: (...args: Args) => void,
  later: NonNullable<EndpointOptions["later"]>,
): (...args: Args) => void {
  if ("each" in later) {
    let last = Promise.resolve();
    return (...args) => {
      last = last.then(() => wait(later.each)).then(() => handle(...args));
    };
  }
  const waiting: Args[] = [];
  const timer = setInterval(() => {
    for (const args of waiting.splice(0)) handle(...args);
  }, later.every);
  onTestFinished(() => clearInterval(timer));
  return (...args) => void waiting.push(args);
}

/** A right endpoint as it is written with nothing but Node: lenient wherever Node is. */
export function plainEndpoint(publicKey: string): Promise<string> {
  const x = Buffer.from(publicKey.slice("whpk_".length), "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return serve(async (request, response) => {
    const text = (await buffer(request)).toString().replace(/^\uFEFF/, "");
    response.writeHead(isGenuinePlain(request, text, key) ? 204 : 401).end();
  });
}

function isGenuinePlain({ headers }: IncomingMessage, body: string, key: KeyObject): boolean {
  const id = headers["webhook-id"];
  const timestamp = Number.parseInt(String(headers["webhook-timestamp"]), 10);
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= 300)) return false;
  return String(headers["webhook-signature"])
    .split(" ")
    .map((each) => each.split(","))
    .some(([scheme, encoded = ""]) => {
      const signature = Buffer.from(encoded, "base64");
      return scheme === "v1a" && verifySignature(null, Buffer.from(`${id}.${timestamp}.${body}`), key, signature);
    });
}
