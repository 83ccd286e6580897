import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { MindBridge } from "@mindbridge-sdk/client";
import { ensureWebhook } from "@mindbridge-sdk/client/ensure";
import { expect, onTestFinished, test } from "vitest";
import { createTestApi } from "../../../src/test-api/index.ts";
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

const PROGRAM = join(import.meta.dirname, "process.ts");

/** The API that remembers, over HTTP. It emits the number of each step that it has taken. */
async function startApi(): Promise<{ readonly url: string; readonly steps: EventEmitter }> {
  const api = createTestApi();
  const steps = new EventEmitter();
  let taken = 0;
  const step = () => steps.emit(`${++taken}`);
  const answerIt = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = String(await buffer(request));
    step();
    await pause(LATENCY);
    // A request that has come is handled, though nobody may hear of it.
    const answer = await api.fetch(new URL(request.url ?? "", "http://localhost"), {
      method: request.method ?? "GET",
      headers: { authorization: "Bearer token" },
      ...(body !== "" && { body }),
    });
    step();
    await pause(LATENCY);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    step();
  };
  const server = createServer((request, response) => {
    // The process that asked may be gone.
    answerIt(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, steps };
}

test(
  `each of ${ROUNDS} processes that are killed while they ensure a webhook leaves one webhook when it is run again`,
  async () => {
    const rounds = Array.from({ length: ROUNDS }, (_, round) => round).values();
    let alreadyCreated = 0;
    const killThem = async (): Promise<void> => {
      for (const round of rounds) {
        const { url, steps } = await startApi();
        const mindbridge = new MindBridge({ baseUrl: url, token: "token" });
        const reached = once(steps, `${1 + (round % STEPS)}`);
        const child = spawn(process.execPath, [PROGRAM, url], { stdio: ["ignore", "ignore", "inherit"] });
        const exited = once(child, "exit");
        // At a random moment after each step in turn.
        const [code] = (await Promise.race([reached, exited])) as [number | undefined];
        expect(code, "the exit code of a process that ended by itself").toBeUndefined();
        await pause(Math.random() * LATENCY);
        child.kill("SIGKILL");
        await exited;
        alreadyCreated += (await mindbridge.webhooks.query()).totalElements;
        await ensureWebhook(mindbridge, WANTED);
        expect((await mindbridge.webhooks.query()).totalElements).toBe(1);
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
