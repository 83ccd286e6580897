import { createServer, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import express, { type RequestHandler } from "express";
import express4 from "express4";
import createFastify from "fastify";
import { describe, expect, test, vi } from "vitest";
import { fastify } from "../../src/adapters/fastify.ts";
import { node } from "../../src/adapters/node.ts";
import { createReceiver, memoryStore, RawBodyError, type Receiver } from "../../src/index.ts";
import { createSigner, noting } from "../receiver/support.ts";
import { listen } from "./frameworks.ts";
import { head, open } from "./raw-http.ts";

const signer = createSigner();

function setUp() {
  const { hooks, notes, errors } = noting();
  const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore(), hooks, maxBodyBytes: 1_000 });
  return { receiver: receiver.on("analysis.completed", () => {}), notes, errors };
}

/** Keeps the bytes beside what is parsed of them. */
const keepRawBody = (request: IncomingMessage, _response: unknown, bytes: Buffer) =>
  void Object.assign(request, { rawBody: bytes });

describe.each([
  ["Express 5", express, express],
  ["Express 4", express4, express4],
])("%s", (_name, create, { json, raw, text }) => {
  const answer = async (receiver: Receiver, before: RequestHandler, delivery: RequestInit) => {
    const app = create();
    app.use(before);
    app.post("/", node(receiver));
    await using server = await listen(createServer(app));
    const response = await fetch(server.url, delivery);
    return `${response.status} ${await response.text()}`;
  };

  test("a parsed body gets 500, and the hook learns how to keep the bytes", async () => {
    const { receiver, errors } = setUp();
    expect(await answer(receiver, json(), signer.deliver())).toBe('500 {"code":"raw_body"}');
    expect(errors).toEqual([expect.any(RawBodyError)]);
    expect((errors[0] as Error).message).toContain("express.raw(");
  });

  test.each<[string, RequestHandler]>([
    ["bytes in body", raw({ type: "*/*" })],
    ["text in body", text({ type: "*/*" })],
    ["bytes in rawBody beside a parsed body", json({ verify: keepRawBody })],
    ["a parser that passed this request by", json({ type: "application/other" })],
  ])("takes %s", async (_what, before) => {
    expect(await answer(setUp().receiver, before, signer.deliver({ userId: "é" }))).toBe("204 ");
  });

  test("an empty body is empty, even if a parser has read to its end", async () => {
    const empty = { ...signer.deliver(), body: "" };
    expect(await answer(setUp().receiver, json(), empty)).toBe('401 {"code":"signature_mismatch"}');
  });

  test("a body that a parser has read is limited, too", async () => {
    const delivery = signer.deliver({ userId: "a".repeat(1_000) });
    expect(await answer(setUp().receiver, raw({ type: "*/*" }), delivery)).toBe('413 {"code":"body_too_large"}');
  });
});

test.each([
  ["one chunk", 1],
  ["two chunks", 2],
])("node:http: a body that comes as text in %s gets 500, and the hook learns what to do", async (_what, count) => {
  const { receiver, notes, errors } = setUp();
  const listener = node(receiver);
  await using server = await listen(
    createServer((request, response) => listener(request.setEncoding("utf8"), response)),
  );
  const { socket, closed } = open(server.port);
  const { headers, body } = signer.deliver();
  socket.write(head({ ...headers, "content-length": `${body.length}`, connection: "close" }));
  for (let part = 0; part < count; part++) {
    socket.write(body.slice((part * body.length) / count, ((part + 1) * body.length) / count));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await closed).toMatch(/^HTTP\/1\.1 500 .*\{"code":"raw_body"\}/s);
  expect(notes).toEqual(["refused raw_body 500"]);
  expect((errors[0] as Error).message).toContain("setEncoding()");
});

test("node:http: an answer that is there before that of the receiver stays", async () => {
  const { receiver, notes } = setUp();
  const listener = node(receiver);
  let answered: unknown;
  await using server = await listen(
    createServer((request, response) => {
      answered = listener(request, response);
      response.writeHead(503).end("too late");
    }),
  );
  const response = await fetch(server.url, signer.deliver());
  expect([response.status, await response.text()]).toEqual([503, "too late"]);
  await expect(answered).resolves.toBeUndefined();
  expect(notes).toEqual(["received", "handled"]);
});

test("Fastify: takes bytes in rawBody", async () => {
  const { receiver } = setUp();
  const app = createFastify();
  app.addHook("preParsing", async (request, _reply, payload) => {
    const rawBody = await buffer(payload);
    Object.assign(request, { rawBody });
    return Readable.from([rawBody]);
  });
  app.register(fastify(receiver), { prefix: "/hooks" });
  await app.listen({ host: "127.0.0.1", port: 0 });
  try {
    const response = await fetch(`${app.listeningOrigin}/hooks`, signer.deliver());
    expect(response.status).toBe(204);
  } finally {
    await app.close();
  }
});

test("Fastify: the rest of the application keeps its parsers", async () => {
  const app = createFastify();
  app.register(fastify(setUp().receiver), { prefix: "/hooks" });
  app.post("/other", (request, reply) => reply.send(request.body));
  const response = await app.inject({ method: "POST", url: "/other", payload: { a: 1 } });
  expect(response.json()).toEqual({ a: 1 });
});

test.each([
  ["of a length that is known", { "content-length": "150" }],
  ["of any length", {}],
])("fetch: a request %s that was read gets 500", async (_what, headers) => {
  const { receiver, errors } = setUp();
  const request = new Request("http://localhost", signer.deliver({}, { headers }));
  await request.text();
  const response = await receiver.fetch(request);
  expect([response.status, await response.json()]).toEqual([500, { code: "raw_body" }]);
  expect(errors).toEqual([expect.any(RawBodyError)]);
});

test("fetch: a body without end is cancelled", async () => {
  const { receiver } = setUp();
  const cancelled = vi.fn<() => void>();
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(300)), cancel: cancelled });
  const init = { ...signer.deliver(), body, duplex: "half" };
  const response = await receiver.fetch(new Request("http://localhost", init));
  expect([response.status, await response.json()]).toEqual([413, { code: "body_too_large" }]);
  expect(cancelled).toHaveBeenCalledOnce();
});

test("handle: a parsed body gets 500", async () => {
  const { receiver, errors } = setUp();
  const delivery = signer.deliver();
  // What JavaScript may pass, and TypeScript refuses.
  const body = JSON.parse(delivery.body) as string;
  expect(await receiver.handle({ ...delivery, body })).toMatchObject({ status: 500, body: '{"code":"raw_body"}' });
  expect(errors).toEqual([expect.any(RawBodyError)]);
});
