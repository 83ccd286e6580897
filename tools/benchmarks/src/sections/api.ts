import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { WebhookCreate } from "@mindbridge-sdk/client";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";

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
