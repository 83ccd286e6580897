import { createPublicKey, verify as verifySync, webcrypto } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { fastify as fastifyPlugin } from "@mindbridge-sdk/receiver/fastify";
import { node } from "@mindbridge-sdk/receiver/node";
import express from "express";
import createFastify from "fastify";
import { Hono } from "hono";
import { partsOf } from "./by-hand.ts";

// A process of its own, so that answering does not slow down who asks. It ends with who started it.
const [pem = ""] = process.argv.slice(2);
const key = createPublicKey(pem);
const subtleKey = await webcrypto.subtle.importKey(
  "spki",
  new Uint8Array(key.export({ format: "der", type: "spki" })),
  "Ed25519",
  false,
  ["verify"],
);

/** The most bytes of a body that the careful server takes. */
const MAX_BODY = 1_048_576;
/** What the careful server has handled, or is handling. */
const claims = new Map<string, "held" | "done">();

type ByHand = (headers: IncomingHttpHeaders | Record<string, string>, body: Buffer) => number | Promise<number>;
const take = (body: Buffer) => (JSON.parse(body.toString()) ? 204 : 400);
const byHand: Record<string, ByHand> = {
  "crypto.verify": (headers, body) => {
    const parts = partsOf((name) => headers[name], body);
    return parts && verifySync(null, parts.content, key, parts.signature) ? take(body) : 401;
  },
  WebCrypto: async (headers, body) => {
    const parts = partsOf((name) => headers[name], body);
    if (!parts) return 401;
    return (await webcrypto.subtle.verify("Ed25519", subtleKey, parts.signature, parts.content)) ? take(body) : 401;
  },
  "WebCrypto, careful": async (headers, body) => {
    if (body.length > MAX_BODY) return 413;
    const parts = partsOf((name) => headers[name], body);
    if (!parts || !(await webcrypto.subtle.verify("Ed25519", subtleKey, parts.signature, parts.content))) return 401;
    const id = String(headers["webhook-id"]);
    const claim = claims.get(id);
    if (claim) return claim === "done" ? 204 : 503;
    claims.set(id, "held");
    const status = take(body);
    claims.set(id, "done");
    if (claims.size > 10_000) claims.delete(String(claims.keys().next().value));
    return status;
  },
  "no verification": () => 204,
};

const createOurs = () => createReceiver({ keys: pem, store: memoryStore() }).on("analysis.completed", () => {});

type Start = () => Promise<Server>;
const listen = async (server: Server): Promise<Server> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
};
const honoServer = async (app: Hono): Promise<Server> => {
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }) as Server;
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
};

const frameworks: Record<string, { ours: Start; byHand: (verify: ByHand) => Promise<Server> }> = {
  "node:http": {
    ours: () => listen(createServer(node(createOurs()))),
    byHand: (verify) =>
      listen(
        createServer((request, response) => {
          const chunks: Buffer[] = [];
          let length = 0;
          request.on("data", (chunk: Buffer) => {
            length += chunk.length;
            if (length > MAX_BODY) request.destroy();
            else chunks.push(chunk);
          });
          request.on("end", () => {
            const answer = async () => response.writeHead(await verify(request.headers, Buffer.concat(chunks))).end();
            void answer();
          });
        }),
      ),
  },
  Express: {
    ours: () => listen(createServer(express().post("/", node(createOurs())))),
    byHand: (verify) =>
      listen(
        createServer(
          express().post("/", express.raw({ type: "*/*" }), (request, response) => {
            const answer = async () => response.writeHead(await verify(request.headers, request.body as Buffer)).end();
            void answer();
          }),
        ),
      ),
  },
  Fastify: {
    ours: async () => {
      const app = createFastify();
      app.register(fastifyPlugin(createOurs()));
      await app.listen({ host: "127.0.0.1", port: 0 });
      return app.server;
    },
    byHand: async (verify) => {
      const app = createFastify();
      app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
      app.post("/", async (request, reply) => {
        reply.code(await verify(request.headers, request.body as Buffer));
        return reply.send();
      });
      await app.listen({ host: "127.0.0.1", port: 0 });
      return app.server;
    },
  },
  Hono: {
    ours: () => {
      const receiver = createOurs();
      return honoServer(new Hono().post("/", (context) => receiver.fetch(context.req.raw)));
    },
    byHand: (verify) =>
      honoServer(
        new Hono().post("/", async (context) => {
          const body = Buffer.from(await context.req.arrayBuffer());
          return context.body(null, (await verify(context.req.header(), body)) as 204);
        }),
      ),
  },
};

const ports: Record<string, Record<string, number>> = {};
for (const [name, framework] of Object.entries(frameworks)) {
  const portOf = async (server: Promise<Server>) => ((await server).address() as AddressInfo).port;
  const ours = await portOf(framework.ours());
  const others: Record<string, number> = {};
  for (const [how, verify] of Object.entries(byHand)) others[how] = await portOf(framework.byHand(verify));
  ports[name] = { ...others, receiver: ours };
}
process.once("disconnect", () => process.exit());
// How much time of the processor the main thread has taken, in microseconds.
process.on("message", () => {
  const { user, system } = process.threadCpuUsage();
  process.send?.(user + system);
});
process.send?.(ports);
