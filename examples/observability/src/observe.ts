import type { Delivery, Hooks, Wrap } from "@mindbridge-sdk/receiver";
import {
  type Attributes,
  context,
  type Meter,
  propagation,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { Logger } from "pino";

/** Hooks that log and count the outcome of each request. They read ids, types and codes, and never the data of a body. */
export function observe({ logger, meter }: { logger: Logger; meter: Meter }): Hooks {
  const deliveries = meter.createCounter("mindbridge.deliveries", { description: "Requests by outcome" });
  const durations = meter.createHistogram("mindbridge.delivery.duration", {
    description: "From the claim on a delivery to the end of its handling",
    unit: "ms",
  });
  const count = (outcome: string, code?: string) => deliveries.add(1, { outcome, ...(code && { code }) });

  return {
    handled({ delivery, duration }) {
      count("handled");
      durations.record(duration, { outcome: "handled" });
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
      durations.record(duration, { outcome: "failed" });
      logger.error({ ...fieldsOf(delivery), code, duration, err: error }, "The delivery was not handled.");
    },
  };
}

/**
 * Runs each handler in a span, so that the spans of what it does are below that one. Its parent is the active span, such as that of
 * the HTTP server; without one, the span that the delivery names in `traceparent`.
 */
export function inSpan(tracer: Tracer): Wrap {
  return (delivery, next) => {
    const { traceparent } = delivery;
    const active = context.active();
    const parent = trace.getSpan(active) ? active : propagation.extract(active, { traceparent });
    const options = { kind: SpanKind.CONSUMER, attributes: attributesOf(delivery) };
    return tracer.startActiveSpan("handle delivery", options, parent, async (span) => {
      try {
        await next();
      } catch (error) {
        span.recordException(error instanceof Error ? error : String(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
      } finally {
        span.end();
      }
    });
  };
}

/** The `traceparent` of the active span, to put into a queue with a delivery: the span of the worker is then below it. */
export function activeTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
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
