/**
 * How the types behave, for the type checker alone: an `@ts-expect-error` that expects none is an error of its own.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Deliveries } from "@mindbridge-sdk/contract/deliveries";
import express from "express";
import createFastify from "fastify";
import { Hono } from "hono";
import { expectTypeOf } from "vitest";
import { fastify } from "../../src/adapters/fastify.ts";
import { node } from "../../src/adapters/node.ts";
import {
  createReceiver,
  type Delivery,
  type KnownDelivery,
  memoryStore,
  type QueuedDelivery,
  type Receiver,
  rotatingKeys,
  type Store,
  type UnknownDelivery,
} from "../../src/index.ts";

const keys = "whpk_";
const receiver = createReceiver({ keys, store: memoryStore() });
expectTypeOf(receiver).toEqualTypeOf<Receiver>();

receiver
  .on("analysis.completed", (delivery, { signal, transaction }) => {
    expectTypeOf(delivery).toEqualTypeOf<KnownDelivery<"analysis.completed">>();
    expectTypeOf(delivery.data).toEqualTypeOf<Deliveries["analysis.completed"]["data"]>();
    expectTypeOf(delivery.type).toEqualTypeOf<"analysis.completed">();
    expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    expectTypeOf(transaction).toEqualTypeOf<undefined>();
  })
  .on("analysis.failed", async ({ data, id }) => {
    expectTypeOf(data).toEqualTypeOf<Deliveries["analysis.failed"]["data"]>();
    expectTypeOf(id).toEqualTypeOf<string>();
  })
  .onUnknown("engagement.created", async (delivery) => {
    expectTypeOf(delivery).toEqualTypeOf<UnknownDelivery>();
  })
  .onUnknown(({ data }) => expectTypeOf(data).toEqualTypeOf<unknown>());

// @ts-expect-error -- a type that is misspelt
receiver.on("analysis.complete", () => {});
// @ts-expect-error -- a name of the subscription in place of the type
receiver.on("ANALYSIS_COMPLETE", () => {});
// @ts-expect-error -- data is not known
receiver.onUnknown(({ data }) => data.analysisId);
// @ts-expect-error -- a field that is not there
receiver.on("analysis.completed", ({ data }) => data.analysisid satisfies string);
// @ts-expect-error -- a store is needed
createReceiver({ keys });
// @ts-expect-error -- a parsed body
void receiver.handle({ method: "POST", headers: {}, body: {} });

// `put` may return what the queue does.
const queue = { add: async (_delivery: QueuedDelivery) => ({ job: 1 }) };
receiver.enqueue((delivery) => queue.add(delivery));
receiver.enqueue(async (delivery) => {
  expectTypeOf(delivery).toEqualTypeOf<QueuedDelivery>();
  expectTypeOf(delivery.attemptedAt).toEqualTypeOf<string>();
  if (delivery.known && delivery.type === "analysis.completed") {
    expectTypeOf(delivery.data).toEqualTypeOf<Deliveries["analysis.completed"]["data"]>();
  }
  if (!delivery.known) expectTypeOf(delivery.data).toEqualTypeOf<unknown>();
  // @ts-expect-error -- the bytes are not put into a queue
  void delivery.raw;
});
// What was put into the queue comes out of it.
export const work = (job: { data: QueuedDelivery }): Promise<void> => receiver.handleQueued(job.data);
// @ts-expect-error -- the job in place of its data
export const mistaken = (job: { data: QueuedDelivery }): Promise<void> => receiver.handleQueued(job);
// @ts-expect-error -- a delivery that was not made for a queue
export const neverQueued = (delivery: Delivery): Promise<void> => receiver.handleQueued(delivery);

receiver.use(async (delivery, next) => {
  expectTypeOf(delivery).toEqualTypeOf<Delivery>();
  await next();
});

// A `Request` of another library, such as the `HttpRequest` of Azure Functions 4.
declare const request: {
  readonly method: string;
  readonly headers: Headers;
  readonly body: import("node:stream/web").ReadableStream | null;
  readonly bodyUsed: boolean;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
};
void receiver.fetch(request);
void receiver.handle({ method: request.method, headers: request.headers, body: request });

export async function until(end: Promise<void>): Promise<void> {
  await using closing = createReceiver({ keys, store: memoryStore() });
  expectTypeOf(closing).toEqualTypeOf<Receiver>();
  await end;
}

// A store says what its transactions are.
declare const store: Store<{ query(sql: string): Promise<void> }>;
createReceiver({ keys, store }).on("analysis.completed", async (_delivery, { transaction }) => {
  await transaction.query("insert into effects default values");
  // @ts-expect-error -- not of this store
  transaction.exec("");
});
// One that is written without a transaction.
const plain = {
  claim: async () => ({ status: "claimed", token: "" }) as const,
  renew: async () => true,
  done: async () => true,
  release: async () => true,
};
expectTypeOf(createReceiver({ keys, store: plain })).toEqualTypeOf<Receiver>();

// Variables of the environment, which may be unset, need no cast. That they are set is checked at run time.
createReceiver({ keys: process.env.A, store });
createReceiver({ keys: [process.env.A, process.env.B], store });
rotatingKeys(() => process.env.A, { senders: [process.env.B] });

// With the client it is one line.
declare const mindbridge: { webhooks: { get(id: string): Promise<{ publicKey?: string }> } };
createReceiver({
  keys: rotatingKeys(async (id) => (await mindbridge.webhooks.get(id)).publicKey, { senders: ["1"] }),
  store: memoryStore(),
});

// The adapters fit their frameworks, whatever the transactions of the store.
const withTransaction = createReceiver({ keys, store });
createServer(node(withTransaction));
express().post("/", node(withTransaction)).use(node(receiver));
createFastify().register(fastify(withTransaction), { prefix: "/hooks" });
new Hono().post("/", (context) => withTransaction.fetch(context.req.raw));
expectTypeOf(node(receiver)).toExtend<(request: IncomingMessage, response: ServerResponse) => unknown>();
export const POST: (request: Request) => Promise<Response> = receiver.fetch;
