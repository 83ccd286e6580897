import type { DatabaseSync } from "node:sqlite";
import { SpanKind, type Tracer } from "@opentelemetry/api";

/** Writes down that an analysis is complete, in a span of its own, as the instrumentation of a driver does. */
export function saveAnalysis(database: DatabaseSync, tracer: Tracer, id: string): void {
  const attributes = { "db.system.name": "sqlite", "db.operation.name": "INSERT", "db.collection.name": "analyses" };
  tracer.startActiveSpan("INSERT analyses", { kind: SpanKind.CLIENT, attributes }, (span) => {
    database.prepare("insert into analyses (id) values (?)").run(id);
    span.end();
  });
}
