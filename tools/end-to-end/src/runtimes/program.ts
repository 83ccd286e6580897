// What Node, Bun and Deno run: it serves `answer`, as people serve in that runtime, and prints the address. Node has its adapter.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { node } from "@mindbridge-sdk/receiver/node";
import { answer, endpoint, runCases, type Servers } from "./suite.ts";

type Serve = (options: object, handler?: typeof answer) => { port?: number; addr?: { port: number } };
const { Bun: bun, Deno: deno } = globalThis as { Bun?: { serve: Serve }; Deno?: { serve: Serve } };

async function listen(): Promise<number | undefined> {
  const address = { port: 0, hostname: "127.0.0.1" };
  // The cases take longer than Bun would leave a connection without an answer.
  if (bun) return bun.serve({ ...address, idleTimeout: 0, fetch: answer }).port;
  if (deno) return deno.serve({ ...address, onListen: () => {} }, answer).addr?.port;
  const receive = node(await endpoint());
  const runAll = async (request: IncomingMessage) => JSON.stringify(await runCases((await json(request)) as Servers));
  const server = createServer((request, response) => {
    if (request.url === "/cases") void runAll(request).then((results) => response.end(results));
    else receive(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, address.hostname, resolve));
  return (server.address() as AddressInfo).port;
}

console.log(`http://127.0.0.1:${await listen()}`);
