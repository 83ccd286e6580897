import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { WebhookCreate } from "@mindbridge-sdk/client";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { PEERS } from "./peers.ts";

export const TOKEN = "a-token";
export const BODY: WebhookCreate = EXAMPLES["webhooks.create"].request.analysisResults;
const WEBHOOK = JSON.stringify(EXAMPLES["webhooks.create"].responses["201"].webhook);

/** A `fetch` that answers at once, as the API answers one that creates a webhook. */
export const stubFetch = async (): Promise<Response> =>
  new Response(WEBHOOK, { status: 201, headers: { "content-type": "application/json" } });

/** What a program has sent. */
interface Seen {
  readonly authorization?: string;
  readonly body: string;
}

export interface Api {
  readonly baseUrl: string;
  /** Does something, and returns what the API was sent meanwhile. Nothing is timed after it. */
  see(work: () => Promise<unknown>): Promise<Seen>;
  close(): void;
}

/** Starts a server on loopback, in a process of its own, that answers as the API does. */
export async function startApi(): Promise<Api> {
  const server = fork(join(import.meta.dirname, "api-server.ts"), [WEBHOOK]);
  const [port] = (await once(server, "message")) as [number];
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    async see(work) {
      const message = once(server, "message") as Promise<[Seen]>;
      server.send("tell");
      await work();
      return (await message)[0];
    },
    close: () => server.kill(),
  };
}

const PROGRAMS = join(PEERS, "programs");

export type Create = (body: object) => Promise<unknown>;
export interface Connection {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: typeof fetch;
}

/** Each creates a webhook, the first one by fetch alone. */
export const CLIENTS = {
  "bare fetch": "fetch",
  "@mindbridge-sdk/client": "mindbridge",
  "openapi-fetch": "openapi-fetch",
  "hey-api": "hey-api",
  ofetch: "ofetch",
  ky: "ky",
  "@octokit/core": "octokit",
  openai: "openai",
  stripe: "stripe",
} as const;

export const programOf = (name: string): string => join(PROGRAMS, `${name}.js`);

export async function connect(program: string, connection: Connection): Promise<Create> {
  const { connect: open } = (await import(pathToFileURL(programOf(program)).href)) as {
    connect(connection: Connection): Create;
  };
  return open(connection);
}

/**
 * Checks that all of them do the same work, over a stub of fetch and over a socket.
 *
 * @throws {Error} if one does not.
 */
export async function checkPrograms(programs: readonly string[]): Promise<void> {
  const api = await startApi();
  try {
    for (const program of programs) await checkProgram(program, api);
  } finally {
    api.close();
  }
}

async function checkProgram(program: string, { baseUrl, see }: Api): Promise<void> {
  const check = (what: string, is: unknown) => {
    if (!is) throw new Error(`${program}: ${what}, so there is nothing to compare.`);
  };
  const create = await connect(program, { baseUrl, token: TOKEN });
  let webhook: { id?: unknown } | undefined;
  const { authorization, body } = await see(async () => {
    webhook = (await create(BODY)) as { id?: unknown };
  });
  check("the API did not get the token", authorization?.endsWith(TOKEN));
  check("the API got another body", JSON.stringify(JSON.parse(body)) === JSON.stringify(BODY));
  check("the webhook did not come back", typeof webhook?.id === "string");
  if (program === "undici") return; // It has no fetch to stub.
  const stubbed = await connect(program, { baseUrl: "http://127.0.0.1:9", token: TOKEN, fetch: stubFetch });
  check("no webhook over the stub", typeof ((await stubbed(BODY)) as { id?: unknown }).id === "string");
}
