import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edited, keepOnly, SPEC } from "@mindbridge-sdk/openapi";
import { onTestFinished } from "vitest";
import { parse } from "yaml";

// biome-ignore lint/suspicious/noExplicitAny: tests change a document at will, into invalid ones too.
export type AnyDocument = any;

/** The operations and deliveries that these tests expect. Later ones are removed. */
const TODAY = {
  paths: {
    "/v1/webhooks": { post: true },
    "/v1/webhooks/{webhookId}": { get: true },
    "/v1/webhook-event-logs/{webhookEventId}": { get: true },
  },
  webhooks: { "analysis.completed": { post: true }, "analysis.failed": { post: true } },
};

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "generator-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The text of each file below a folder, by its path. */
export function snapshot(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    paths.map((entry) => join(entry.parentPath, entry.name)).map((path) => [path, readFileSync(path, "utf8")]),
  );
}

const today = edited(parse(readFileSync(SPEC, "utf8")), [keepOnly(TODAY)]);

/** Writes a changed copy of the document as JSON, and returns its path. */
export function changedDocument(change: (document: AnyDocument) => void): string {
  const document: AnyDocument = structuredClone(today);
  change(document);
  const path = join(temporaryFolder(), "openapi.json");
  writeFileSync(path, JSON.stringify(document, undefined, 2));
  return path;
}

/** Writes a copy of the document in which `from` is replaced by `to`, and returns its path. */
export function changedText(from: string | RegExp, to: string): string {
  const text = readFileSync(SPEC, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`The document does not hold ${String(from)}.`);
  const path = join(temporaryFolder(), "openapi.yaml");
  writeFileSync(path, changed);
  return path;
}

const responses = (status: string, response: object) => ({
  [status]: response,
  401: { $ref: "#/components/responses/Unauthorized" },
});
const json = (schema: object) => ({ content: { "application/json": { schema } } });
const webhookId = { name: "webhookId", in: "path", required: true, description: "The id.", schema: { type: "string" } };

/** Adds a PUT with a path parameter and a body, a DELETE without content, a GET with query parameters, and a delivery. */
export function addOperations(document: AnyDocument): void {
  const path = document.paths["/v1/webhooks/{webhookId}"];
  path.put = {
    operationId: "webhooks.update",
    "x-basis": "own-page",
    tags: ["webhooks"],
    summary: "Replace a webhook.",
    parameters: [webhookId],
    requestBody: { required: true, ...json({ $ref: "#/components/schemas/WebhookCreate" }) },
    responses: responses("200", { description: "The webhook.", ...json({ $ref: "#/components/schemas/Webhook" }) }),
  };
  path.delete = {
    operationId: "webhooks.delete",
    "x-basis": "general-rule",
    tags: ["webhooks"],
    summary: "Delete a webhook.",
    deprecated: true,
    parameters: [webhookId],
    responses: responses("204", { description: "It is gone." }),
  };
  document.paths["/v1/webhooks"].get = {
    operationId: "webhooks.list",
    "x-basis": "own-page",
    tags: ["webhooks"],
    summary: "List webhooks.",
    parameters: [
      { name: "status", in: "query", schema: { $ref: "#/components/schemas/WebhookStatus" } },
      { name: "page-size", in: "query", schema: { type: "integer", minimum: 1, maximum: 100 } },
    ],
    responses: responses("200", {
      description: "The webhooks.",
      ...json({ type: "array", items: { $ref: "#/components/schemas/Webhook" } }),
    }),
  };
  document.webhooks["engagement.created"] = {
    post: {
      tags: ["webhooks"],
      summary: "An engagement was created.",
      security: [],
      requestBody: {
        required: true,
        ...json({
          type: "object",
          required: ["type"],
          properties: {
            type: { const: "engagement.created" },
            data: { type: "object", properties: { engagementId: { type: "string" } } },
          },
        }),
      },
      responses: {
        "2XX": { $ref: "#/components/responses/DeliveryAccepted" },
        "4XX": { $ref: "#/components/responses/DeliveryRefused" },
      },
    },
  };
}
