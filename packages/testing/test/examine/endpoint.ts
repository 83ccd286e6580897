import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Handler } from "../../src/examine/index.ts";

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
  /** What it verifies in place of a body. By default, with `body-reserialised`, what `JSON.stringify` writes. */
  readonly rewrite?: (body: Buffer) => string | Buffer;
  /** By how many seconds a delivery may be older or newer. */
  readonly tolerance?: number;
  /** By what it remembers a delivery. */
  readonly remembers?: (headers: Headers, event: { readonly eventId?: unknown }) => unknown;
  /** Answers once a delivery is verified, and handles it later: one after another, or all at the end of an interval. */
  readonly later?: { readonly each: number } | { readonly every: number };
}

/** An endpoint, and how many deliveries it has handled. */
export interface Endpoint {
  readonly handle: Handler;
  readonly effects: () => number;
}

/** An endpoint written by hand, right and strict but for what `options` say. It fails to handle the analysis `fail`. */
export function endpoint(publicKey: string, options: EndpointOptions = {}): Endpoint {
  const { mistakes = [], remembers = (headers) => headers.get("webhook-id"), later } = options;
  const makes = (mistake: ClassicMistake) => mistakes.includes(mistake);
  const rewrite = options.rewrite ?? ((body: Buffer) => JSON.stringify(JSON.parse(body.toString())));
  const tolerance = makes("no-tolerance") ? Number.POSITIVE_INFINITY : (options.tolerance ?? 300);
  const key = keyOf(publicKey);
  const done = new Set<unknown>();
  let effects = 0;

  const isGenuine = (headers: Headers, body: Buffer): boolean => {
    if (makes("no-verification")) return true;
    const signatures = headers.get("webhook-signature") ?? "";
    return matchesStrictly(headers, makes("body-reserialised") ? rewrite(body) : body, {
      key,
      tolerance,
      signatures: makes("first-signature-only") ? signatures.split(" ").slice(0, 1).join() : signatures,
    });
  };
  const act = (headers: Headers, body: Buffer): void => {
    const event = JSON.parse(body.toString());
    const remembered = remembers(headers, event);
    if (done.has(remembered) && !makes("no-deduplication")) return;
    if (event.data.analysisId === "fail") throw new Error("The database is down.");
    done.add(remembered);
    effects += 1;
  };
  const actLater = later && queue(act, later);
  const statusOf = (headers: Headers, body: Buffer): number => {
    try {
      if (!isGenuine(headers, body)) return makes("success-on-refusal") ? 200 : 401;
      JSON.parse(body.toString());
    } catch {
      return makes("success-on-refusal") ? 200 : 400;
    }
    if (actLater) {
      actLater(headers, body);
      return 202;
    }
    try {
      act(headers, body);
    } catch {
      return makes("success-on-failure") ? 200 : makes("refusal-on-failure") ? 422 : 500;
    }
    return 204;
  };

  return {
    handle: async (request) =>
      new Response(null, { status: statusOf(request.headers, Buffer.from(await request.arrayBuffer())) }),
    effects: () => effects,
  };
}

/** Calls a function later: a time after the call before, or for all calls of an interval at its end. */
function queue<Args extends readonly unknown[]>(
  act: (...args: Args) => void,
  later: NonNullable<EndpointOptions["later"]>,
): (...args: Args) => void {
  if ("each" in later) {
    let last = Promise.resolve();
    return (...args) => {
      last = last.then(() => wait(later.each)).then(() => act(...args));
    };
  }
  const waiting: Args[] = [];
  setInterval(() => {
    for (const args of waiting.splice(0)) act(...args);
  }, later.every).unref();
  return (...args) => void waiting.push(args);
}

function keyOf(publicKey: string): KeyObject {
  const x = Buffer.from(publicKey.slice("whpk_".length), "base64").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

/** Verifies with Node's own crypto, and accepts one spelling of each header only. */
function matchesStrictly(
  headers: Headers,
  body: string | Buffer,
  { key, tolerance, signatures }: { readonly key: KeyObject; readonly tolerance: number; readonly signatures: string },
): boolean {
  const [id, timestamp] = [headers.get("webhook-id") ?? "", headers.get("webhook-timestamp") ?? ""];
  if (!/^[\w-]{1,256}$/.test(id) || !/^[1-9]\d{9}$/.test(timestamp)) return false;
  if (Math.abs(Math.floor(Date.now() / 1000) - Number(timestamp)) > tolerance) return false;
  if (!/^v1a,[\w+/]{86}==(?: v1a,[\w+/]{86}==)*$/.test(signatures)) return false;
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
  return signatures.split(" ").some((each) => {
    const signature = Buffer.from(each.slice("v1a,".length), "base64");
    return `v1a,${signature.toString("base64")}` === each && verify(null, content, key, signature);
  });
}

/** A right endpoint as it is written with nothing but Node: lenient wherever Node is. */
export function plainEndpoint(publicKey: string): Handler {
  const key = keyOf(publicKey);
  return async (request) => {
    const {
      "webhook-id": id,
      "webhook-timestamp": time,
      "webhook-signature": signatures,
    } = Object.fromEntries(request.headers);
    // text() leaves out a byte order mark.
    const body = await request.text();
    const timestamp = Number.parseInt(String(time), 10);
    const isGenuine = String(signatures)
      .split(" ")
      .map((each) => each.split(","))
      .some(([scheme, encoded = ""]) => {
        const signature = Buffer.from(encoded, "base64");
        return scheme === "v1a" && verify(null, Buffer.from(`${id}.${timestamp}.${body}`), key, signature);
      });
    const isInTime = Math.abs(Date.now() / 1000 - timestamp) <= 300;
    return new Response(null, { status: isGenuine && isInTime ? 204 : 401 });
  };
}

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

/** Serves a handler over HTTP. If the handler throws, the connection is closed without an answer. */
export function overHttp(handle: Handler): Promise<string> {
  const answer = async (...[incoming, response]: Parameters<RequestListener>): Promise<void> => {
    const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    );
    const request = new Request(`http://localhost${incoming.url}`, {
      method: "POST",
      headers,
      body: await buffer(incoming),
    });
    const { status, headers: answered } = await handle(request);
    response.writeHead(status, Object.fromEntries(answered)).end();
  };
  return serve((incoming, response) => void answer(incoming, response).catch(() => response.destroy()));
}
