import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import express from "express";
import express4 from "express4";
import createFastify from "fastify";
import { Hono } from "hono";
import { fastify } from "../../src/adapters/fastify.ts";
import { node } from "../../src/adapters/node.ts";
import type { Receiver } from "../../src/index.ts";

/** A server that answers at `url`. */
export interface Running extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/** How each framework is given a receiver, and started on a free port. */
export const frameworks: Readonly<Record<string, (receiver: Receiver) => Promise<Running>>> = {
  "node:http": (receiver) => listen(createServer(node(receiver))),
  "Express 5": (receiver) => listen(createServer(express().use("/", node(receiver)))),
  "Express 4": (receiver) => listen(createServer(express4().use("/", node(receiver)))),
  Fastify: async (receiver) => {
    const app = createFastify();
    app.register(fastify(receiver));
    await app.listen({ host: "127.0.0.1", port: 0 });
    return running(app.server, () => app.close());
  },
  Hono: async (receiver) => {
    const app = new Hono().all("/", (context) => receiver.fetch(context.req.raw));
    const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }) as Server;
    await new Promise((resolve) => server.once("listening", resolve));
    return running(server);
  },
};

/** Starts a server of node:http on a free port. */
export async function listen(server: Server): Promise<Running> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return running(server);
}

function running(server: Server, close?: () => Promise<unknown>): Running {
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await (close?.() ?? new Promise((resolve) => server.close(resolve)));
    },
  };
}
