/// <reference lib="esnext.disposable" preserve="true" />
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AnsweredRequest, reasonIn } from "../answered-request.ts";
import { parse } from "../mocked-operations.ts";
import { isRecord } from "../overrides.ts";
import type { Delivered, DeliverOptions } from "./deliver.ts";
import type { Entity } from "./entities.ts";
import { CutError } from "./failure.ts";

/** How to listen. */
export interface ListenOptions {
  /** The port to listen on. By default, and with 0, a free one. */
  readonly port?: number | undefined;
  /** Is told of each request once it is answered, such as to log it. */
  readonly onAnswer?: ((request: AnsweredRequest) => void) | undefined;
}

/** A server that answers for a test API. */
export interface ListeningApi extends AsyncDisposable {
  /** Where it listens, such as `http://127.0.0.1:49152`. Give it to the client as `baseUrl`. */
  readonly url: string;
  /** Ends the server and its connections. May be called more than once. */
  close(): Promise<void>;
}

/**
 * The path that has the API deliver, for programs that cannot call `deliver`: a POST of `{ "type": "analysis.completed" }`, and `body` and
 * `subscription`, if they are to be others. It answers with the logs, and with the webhooks that it skipped.
 */
const DELIVER_PATH = "/test/deliver";

/** The names and addresses of this machine. */
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/;

/** What a test API does. */
interface Api {
  readonly fetch: typeof fetch;
  deliver(type: string, options: DeliverOptions): Promise<Delivered>;
}

/**
 * Answers on a port of this machine.
 *
 * @throws {Error} with the code `EADDRINUSE` if the port is in use.
 */
export async function listen(api: Api, { port = 0, onAnswer }: ListenOptions = {}): Promise<ListeningApi> {
  const { createServer } = await load("http");
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const started = performance.now();
    const reason = await answer(api, request, response);
    const { method = "", url: path = "" } = request;
    const status = response.headersSent ? response.statusCode : undefined;
    onAnswer?.({ method, path, status, milliseconds: performance.now() - started, reason });
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const close = () => ended(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Answers a request, and resolves to why it was refused, if it was. Never rejects. */
async function answer(api: Api, incoming: IncomingMessage, outgoing: ServerResponse): Promise<string | undefined> {
  const controller = new AbortController();
  outgoing.on("close", () => controller.abort());
  try {
    const response = await responseTo(api, incoming, controller.signal);
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
    return response.ok ? undefined : reasonIn(body.toString());
  } catch (error) {
    // Whoever asked has gone, or is not to get an answer.
    const isGone = controller.signal.aborted;
    if (isGone || error instanceof CutError) outgoing.destroy();
    else outgoing.writeHead(500).end(String(error));
    return isGone ? "The client broke off." : String((error as Error).cause ?? error);
  }
}

async function responseTo(api: Api, incoming: IncomingMessage, signal: AbortSignal): Promise<Response> {
  const { method = "GET", url = "/", headers } = incoming;
  // A web page must not reach the server by a name of its own that leads to this machine.
  if (!LOOPBACK.test(headers.host ?? "")) return new Response(null, { status: 421 });
  // Nor may a page of another origin have it deliver, which needs no answer.
  if (headers.origin !== undefined) return new Response(null, { status: 403 });
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const address = new URL(url, "http://127.0.0.1");
  if (method === "POST" && address.pathname === DELIVER_PATH) return delivered(api, body.toString());
  const lines = headers as Record<string, string>;
  return api.fetch(address, { method, headers: lines, body: body.length === 0 ? null : body, signal });
}

async function delivered(api: Api, text: string): Promise<Response> {
  const { type, body, subscription } = Object(parse(text)) as Record<string, unknown>;
  const refuse = (message: string) => Response.json({ message }, { status: 422 });
  if (typeof type !== "string") return refuse('Give { "type": "analysis.completed" }.');
  const options = {
    ...(isRecord(body) && { body }),
    ...(typeof subscription === "string" && { subscription }),
  };
  return api.deliver(type, options).then(
    ({ logs, skipped }) => Response.json({ logs, skipped: skipped.map(describeSkipped) }),
    // The message begins with the name of the function.
    ({ message }: Error) => refuse(message.replace(/^deliver: /, "")),
  );
}

function describeSkipped({ id, url }: Entity): object {
  const reason =
    "It may be another machine: deliveries go to this one only, such as to http://127.0.0.1:3000/webhooks.";
  return { webhookId: id, url, reason };
}

/** A module of Node. Its name is computed, so that bundlers for runtimes without it leave it alone. */
function load(name: string): Promise<typeof import("node:http")> {
  return import(/* @vite-ignore */ `node:${name}`);
}

function ended(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
