import { DatabaseSync } from "node:sqlite";
import { createReceiver, memoryStore, type QueuedDelivery } from "@mindbridge-sdk/receiver";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { SpanStatusCode } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-node";
import { pino } from "pino";
import { afterAll, beforeEach, expect, test } from "vitest";
import { saveAnalysis } from "../src/analyses.ts";
import { activeTraceparent, inSpan, observe } from "../src/observe.ts";

const spans = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
// The context of a span, and `traceparent`, are global.
provider.register();
const tracer = provider.getTracer("test");
beforeEach(() => spans.reset());
afterAll(() => provider.shutdown());

/** A receiver that is observed, a sender that signs for it, and what has been seen. */
async function setUp() {
  const lines: string[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 2 ** 30 });
  const meters = new MeterProvider({ readers: [reader] });

  const signer = await createTestSigner();
  const hooks = observe({ logger, meter: meters.getMeter("test") });
  const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore(), hooks })
    .use(inSpan(tracer))
    .on("analysis.completed", ({ id }) => {
      if (id === "bad") throw new Error("The books are closed.");
    });
  const send = async (body: Parameters<typeof signDelivery>[0], id: string, by = signer) => {
    const delivery = await signDelivery(body, { signer: by, id });
    return (await receiver.fetch(delivery.toRequest("https://hooks.example.com"))).status;
  };
  const counts = async () => {
    await meters.forceFlush();
    const [latest] = metrics.getMetrics().slice(-1);
    const points = latest?.scopeMetrics[0]?.metrics[0]?.dataPoints ?? [];
    return points.map(({ attributes, value }) => [...Object.values(attributes), value].join(" ")).toSorted();
  };
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { send, counts, logged, lines, end: () => meters.shutdown() };
}

test("the outcome of each request is logged, traced and counted, and nothing of its body is", async () => {
  const { send, counts, logged, lines, end } = await setUp();
  const body = deliveries.analysisCompleted({ tenantId: "a secret of the books" });
  const statuses = [
    await send(body, "good"),
    await send(body, "good"),
    await send(body, "bad"),
    await send(deliveries.analysisFailed(), "other"),
    await send(body, "forged", await createTestSigner()),
  ];
  expect(statuses).toEqual([204, 204, 500, 204, 401]);

  expect(logged()).toMatchObject([
    { level: 30, deliveryId: "good", type: "analysis.completed", msg: "The delivery was handled." },
    { level: 30, deliveryId: "good", msg: "The delivery had been handled already." },
    { level: 50, deliveryId: "bad", code: "handler", err: { message: "The books are closed." } },
    { level: 30, deliveryId: "other", type: "analysis.failed", msg: "Nobody listens to this type of delivery." },
    { level: 40, code: "signature_mismatch", status: 401 },
  ]);
  expect(lines.join("")).not.toContain("a secret of the books");

  const ended = spans.getFinishedSpans();
  expect(ended.map(({ attributes, status }) => [attributes["messaging.message.id"], status.code])).toEqual([
    ["good", SpanStatusCode.UNSET],
    ["bad", SpanStatusCode.ERROR],
  ]);
  expect(JSON.stringify(ended.map(({ attributes, events }) => [attributes, events]))).not.toContain("a secret");

  expect(await counts()).toEqual([
    "duplicate 1",
    "failed handler 1",
    "handled 1",
    "ignored 1",
    "refused signature_mismatch 1",
  ]);
  await end();
});

test("a query is below the span of its delivery, which is below that of the server, of the sender, or across a queue", async () => {
  const signer = await createTestSigner();
  const database = new DatabaseSync(":memory:");
  database.exec("create table analyses (id text)");
  const options = { keys: signer.publicKey, store: memoryStore() };
  const queue: string[] = [];
  const receiver = createReceiver(options)
    .use(inSpan(tracer))
    .on("analysis.completed", async ({ data }) => saveAnalysis(database, tracer, data.analysisId));
  const enqueuing = createReceiver({ ...options, store: memoryStore() })
    .use(inSpan(tracer))
    .enqueue((delivery) => queue.push(JSON.stringify({ ...delivery, traceparent: activeTraceparent() })));
  const send = async (to: typeof receiver, headers?: Record<string, string>) => {
    const delivery = await signDelivery(deliveries.analysisCompleted(), { signer });
    const answer = await to.handle({
      method: "POST",
      headers: { ...delivery.headers, ...headers },
      body: delivery.body,
    });
    expect(answer.status).toBe(204);
  };
  /** The spans that have ended since the last call, each with its trace and its parent. */
  const ended = () => {
    const list = spans.getFinishedSpans().map((span) => ({
      name: span.name,
      id: span.spanContext().spanId,
      trace: span.spanContext().traceId,
      parent: span.parentSpanContext?.spanId,
    }));
    spans.reset();
    return list;
  };

  await tracer.startActiveSpan("POST /webhooks", async (server) => {
    await send(receiver, { traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` });
    server.end();
  });
  const [query, handling, server] = ended();
  expect([query?.name, handling?.name, server?.name]).toEqual(["INSERT analyses", "handle delivery", "POST /webhooks"]);
  expect([query?.parent, handling?.parent, server?.parent]).toEqual([handling?.id, server?.id, undefined]);

  await send(receiver, { traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` });
  const [query2, handling2] = ended();
  expect([query2?.parent, handling2?.parent]).toEqual([handling2?.id, "b".repeat(16)]);
  expect([query2?.trace, handling2?.trace]).toEqual(Array(2).fill("a".repeat(32)));

  await send(enqueuing);
  await receiver.handleQueued(JSON.parse(queue[0] ?? "") as QueuedDelivery);
  const [putting, query3, handling3] = ended();
  expect([query3?.parent, handling3?.parent, putting?.parent]).toEqual([handling3?.id, putting?.id, undefined]);
  expect(handling3?.trace).toBe(putting?.trace);
  expect(database.prepare("select count(*) as count from analyses").get()).toEqual({ count: 3 });
});
