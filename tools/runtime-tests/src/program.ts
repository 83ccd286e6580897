// What Node, Bun and Deno run: it tells the port of an endpoint on its first line of output, and what became of the suite on
// its second. Then it serves the endpoint until it is ended.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { argv } from "node:process";
import { node } from "@mindbridge-sdk/receiver/node";
import { createEndpoint } from "./endpoint.ts";
import { runSuite, type Servers } from "./suite.ts";

type Serve = (options: object, handler?: unknown) => { port?: number; addr?: { port: number } };
const { Bun: bun, Deno: deno } = globalThis as { Bun?: { serve: Serve }; Deno?: { serve: Serve } };

const endpoint = await createEndpoint();
const port = await listen();
console.log(JSON.stringify({ port }));
console.log(JSON.stringify(await runSuite(JSON.parse(argv[2] ?? "") as Servers)));

/** Serves the endpoint as people do in this runtime. */
async function listen(): Promise<number | undefined> {
  const hostname = "127.0.0.1";
  if (bun) return bun.serve({ port: 0, hostname, fetch: endpoint.fetch }).port;
  if (deno) return deno.serve({ port: 0, hostname, onListen: () => {} }, endpoint.fetch).addr?.port;
  const server = createServer(node(endpoint));
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  return (server.address() as AddressInfo).port;
}
