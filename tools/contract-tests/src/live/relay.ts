import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createRedactor } from "./redact.ts";

/** What the API answered. It holds no token. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What became of one request: an answer, or the reason why there is none. */
export type Exchange = { readonly answer: Answer } | { readonly failure: string };

/** A server of this machine that stands between Prism and the API. */
export interface Relay extends AsyncDisposable {
  /** Where it listens. Paths are those of the document, without the base path. */
  readonly url: string;
  /** What stands for the token on this side of the API. */
  readonly standIn: string;
  /** A token that the API does not know. */
  readonly wrongToken: string;
  /** What has been sent on since the last call of this. */
  take(): Exchange[];
}

export interface RelayOptions {
  /** Where requests are sent on to: what comes before their paths. */
  readonly baseUrl: string;
  readonly token: string;
  /** How long the API may take to answer, in milliseconds. */
  readonly timeout?: number;
}

/** Headers of one connection, or that `fetch` sets by itself. */
const NOT_FORWARDED = new Set(["host", "connection", "keep-alive", "transfer-encoding", "content-length"]);
const NOT_SENT = new Set([...NOT_FORWARDED, "accept-encoding", "authorization"]);
/** The body is handed on decoded. Prism follows a `Location`; and cookies are nobody's business here. */
const NOT_RETURNED = new Set([...NOT_FORWARDED, "content-encoding", "location", "set-cookie"]);

/**
 * Starts a relay on a free port. Prism forwards to it, and it forwards to the API, for three reasons: what the API
 * really answered is seen, also where Prism answers in its place; the token is known here alone, and taken out of all
 * that comes back, so that neither Prism nor its log, the client nor a report can hold it; and Prism, which would follow
 * a redirect with the token, gets none to follow.
 */
export async function startRelay({ baseUrl, token, timeout = 25_000 }: RelayOptions): Promise<Relay> {
  // Whoever finds the port cannot use the token without knowing this.
  const standIn = randomUUID();
  const wrongToken = randomUUID();
  const redact = createRedactor([token, standIn, wrongToken]);
  const exchanges: Exchange[] = [];

  async function send(request: IncomingMessage): Promise<Answer> {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (!NOT_SENT.has(name) && value !== undefined) headers.set(name, String(value));
    }
    const { authorization, "content-length": length = "0", "transfer-encoding": encoding } = request.headers;
    if (authorization !== undefined) {
      headers.set("authorization", authorization === `Bearer ${standIn}` ? `Bearer ${token}` : authorization);
    }
    const response = await fetch(baseUrl + request.url, {
      method: request.method ?? "GET",
      headers,
      body: length === "0" && encoding === undefined ? null : await buffer(request),
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    return {
      status: response.status,
      headers: new Headers([...response.headers].map(([name, value]) => [name, redact(value)])),
      text: redact(await response.text()),
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = await send(request);
      exchanges.push({ answer });
      const returned = [...answer.headers].filter(([name]) => !NOT_RETURNED.has(name));
      response.writeHead(answer.status, Object.fromEntries(returned)).end(answer.text);
    } catch (error) {
      exchanges.push({ failure: redact(reasonOf(error)) });
      response.writeHead(502).end();
    }
  }

  const server = createServer((request, response) => void handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    standIn,
    wrongToken,
    take: () => exchanges.splice(0),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** The first cause, which says more than "fetch failed". */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof Error
    ? reasonOf(cause)
    : error instanceof Error
      ? error.message || error.name
      : String(error);
}
