import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ensureWebhook } from "../../src/ensure.ts";
import { MindBridge, type Webhook } from "../../src/index.ts";
import { webhooksApi } from "../unit/webhooks-api.ts";
import { WANTED } from "./wanted.ts";

/** `pnpm fuzz` kills a hundred processes. */
const ROUNDS = process.env.MODE === "fuzz" ? 100 : 6;
const AT_A_TIME = 3;
/** How long the API takes between two of its steps, in milliseconds. */
const LATENCY = 4;
/** A process looks, and creates. Each request comes, is handled and is answered. */
const STEPS = 6;

/** In milliseconds: on a busy machine, a process takes seconds to start. */
const TIME_OUT = 60_000 + 5_000 * ROUNDS;

const PROGRAM = join(import.meta.dirname, "ensure-process.ts");

/** An API over HTTP. It emits the number of each step that it has taken. */
async function startApi(): Promise<{
  readonly url: string;
  readonly webhooks: readonly Webhook[];
  readonly steps: EventEmitter;
}> {
  const api = webhooksApi();
  const steps = new EventEmitter();
  let taken = 0;
  const step = () => steps.emit(`${++taken}`);
  const server = createServer(async (request, response) => {
    const body = String(await buffer(request));
    step();
    await pause(LATENCY);
    // A request that has come is handled, though nobody may hear of it.
    const answer = await api.fetch(new URL(request.url ?? "", "http://localhost").href, {
      method: request.method ?? "GET",
      ...(body !== "" && { body }),
    });
    step();
    await pause(LATENCY);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    step();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, webhooks: api.webhooks, steps };
}

test(
  `each of ${ROUNDS} processes that are killed while they ensure a webhook leaves one webhook when it is run again`,
  async () => {
    const rounds = Array.from({ length: ROUNDS }, (_, round) => round).values();
    let alreadyCreated = 0;
    const killThem = async (): Promise<void> => {
      for (const round of rounds) {
        const { url, webhooks, steps } = await startApi();
        const reached = once(steps, `${1 + (round % STEPS)}`);
        const child = spawn(process.execPath, [PROGRAM, url], { stdio: ["ignore", "ignore", "inherit"] });
        const exited = once(child, "exit");
        // At a random moment after each step in turn.
        await reached;
        await pause(Math.random() * LATENCY);
        child.kill("SIGKILL");
        await exited;
        alreadyCreated += webhooks.length;
        const mindbridge = new MindBridge({ baseUrl: url, token: "token" });
        await ensureWebhook(mindbridge, WANTED);
        expect(webhooks).toHaveLength(1);
        expect((await ensureWebhook(mindbridge, WANTED)).action).toBe("unchanged");
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, killThem));
    console.log(`${alreadyCreated} of ${ROUNDS} had created the webhook when they were killed.`);
    expect(alreadyCreated).toBeGreaterThanOrEqual(Math.floor(ROUNDS / STEPS));
    expect(alreadyCreated).toBeLessThan(ROUNDS);
  },
  TIME_OUT,
);
