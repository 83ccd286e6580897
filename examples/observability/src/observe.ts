import type { Delivery, Hooks } from "@mindbridge-sdk/receiver";
import { type Attributes, type Meter, SpanKind, SpanStatusCode, type Tracer } from "@opentelemetry/api";
import type { Logger } from "pino";

/** Hooks that log, trace and count the outcome of each request. They read ids, types and codes, and never the data of a body. */
export function observe({ logger, tracer, meter }: { logger: Logger; tracer: Tracer; meter: Meter }): Hooks {
  const deliveries = meter.createCounter("mindbridge.deliveries", { description: "Requests by outcome" });
  const durations = meter.createHistogram("mindbridge.delivery.duration", {
    description: "From the claim on a delivery to the end of its handling",
    unit: "ms",
  });
  const count = (outcome: string, code?: string) => deliveries.add(1, { outcome, ...(code && { code }) });

  /** Records a span that began when the delivery was claimed, and ends now. */
  const span = (delivery: Delivery, duration: number, outcome: string, error?: unknown) => {
    const now = Date.now();
    const kind = SpanKind.CONSUMER;
    const ended = tracer.startSpan("handle delivery", {
      kind,
      startTime: now - duration,
      attributes: attributesOf(delivery),
    });
    if (error !== undefined) {
      ended.recordException(error instanceof Error ? error : String(error));
      ended.setStatus({ code: SpanStatusCode.ERROR });
    }
    ended.end(now);
    durations.record(duration, { outcome });
  };

  return {
    handled({ delivery, duration }) {
      count("handled");
      span(delivery, duration, "handled");
      logger.info({ ...fieldsOf(delivery), duration }, "The delivery was handled.");
    },
    duplicate({ delivery }) {
      count("duplicate");
      logger.info(fieldsOf(delivery), "The delivery had been handled already.");
    },
    ignored({ delivery }) {
      count("ignored");
      logger.info(fieldsOf(delivery), "Nobody listens to this type of delivery.");
    },
    refused({ code, status, delivery, error }) {
      count("refused", code);
      logger.warn({ ...fieldsOf(delivery), code, status, err: error }, "The request was refused.");
    },
    failed({ delivery, code, duration, error }) {
      count("failed", code);
      span(delivery, duration, "failed", error);
      logger.error({ ...fieldsOf(delivery), code, duration, err: error }, "The delivery was not handled.");
    },
  };
}

const fieldsOf = (delivery: Delivery | undefined) =>
  delivery && { deliveryId: delivery.id, type: delivery.type, senderId: delivery.senderId };

/** Attributes by the names of OpenTelemetry's conventions for messages, where those have one. */
const attributesOf = ({ id, type, senderId }: Delivery): Attributes => ({
  "messaging.system": "mindbridge",
  "messaging.message.id": id,
  "mindbridge.delivery.type": type,
  ...(senderId !== undefined && { "mindbridge.sender.id": senderId }),
});
