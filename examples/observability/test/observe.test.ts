import { createReceiver, memoryStore } from "@mindbridge-sdk/receiver";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { SpanStatusCode } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { pino } from "pino";
import { expect, test } from "vitest";
import { observe } from "../src/observe.ts";

/** A receiver that is observed, a sender that signs for it, and what has been seen. */
async function setUp() {
  const lines: string[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  const spans = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).getTracer("test");
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 2 ** 30 });
  const meters = new MeterProvider({ readers: [reader] });

  const signer = await createTestSigner();
  const hooks = observe({ logger, tracer, meter: meters.getMeter("test") });
  const receiver = createReceiver({ keys: signer.publicKey, store: memoryStore(), hooks }).on(
    "analysis.completed",
    ({ id }) => {
      if (id === "bad") throw new Error("The books are closed.");
    },
  );
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
  return { send, spans, counts, logged, lines, end: () => meters.shutdown() };
}

test("the outcome of each request is logged, traced and counted, and nothing of its body is", async () => {
  const { send, spans, counts, logged, lines, end } = await setUp();
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
