import type { Document, Schema } from "@mindbridge-sdk/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { compileValidator, prepareSchema, type Strictness } from "../src/validators.ts";
import { addOperations, changedDocument } from "./documents.ts";

const schemas: Record<string, Schema> = {
  Color: { type: "string", enum: ["red", "green"] },
  Base: { type: "object", required: ["id"], properties: { id: { type: "string" } } },
  Both: {
    title: "Not for a validator",
    allOf: [
      { $ref: "#/components/schemas/Base" },
      {
        type: "object",
        properties: { color: { anyOf: [{ $ref: "#/components/schemas/Color" }, { type: "string" }] } },
      },
    ],
  },
  Tree: {
    type: "object",
    properties: { name: { type: "string" }, children: { type: "array", items: { $ref: "#/components/schemas/Tree" } } },
  },
  Either: {
    oneOf: [
      { $ref: "#/components/schemas/Base" },
      { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    ],
  },
  Anything: { type: "object" },
  Formats: {
    type: "object",
    properties: {
      small: { type: "integer", format: "int32" },
      odd: { type: "string", format: "no-such-format" },
      day: { type: "string", format: "date" },
    },
  },
};
const document: Document = { openapi: "3.1.1", info: { title: "", version: "" }, components: { schemas } };

function accepts(name: string, strictness: Strictness, value: unknown): boolean {
  const schema = prepareSchema(document, { $ref: `#/components/schemas/${name}` }, strictness);
  const ajv = new Ajv2020({ strictTypes: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } });
  return ajv.compile(schema)(value);
}

test.for<[string, unknown, boolean, boolean]>([
  ["Both", { id: "1", color: "red" }, true, true],
  ["Both", { id: "1", color: "blue" }, true, false],
  ["Both", { id: "1", more: 1 }, true, false],
  ["Both", { color: "red" }, false, false],
  ["Both", { id: "1", color: 1 }, false, false],
  ["Tree", { name: "a", children: [{ name: "b", children: [{}] }] }, true, true],
  ["Tree", { children: [{ children: [{ more: 1 }] }] }, true, false],
  ["Tree", { children: [{ children: [{ name: 1 }] }] }, false, false],
  ["Either", { id: "1" }, true, true],
  ["Either", { id: "1", more: 1 }, true, false],
  ["Anything", { what: "ever" }, true, true],
  ["Formats", { small: 2 ** 31 - 1, odd: "x", day: "2026-01-01" }, true, true],
  ["Formats", { small: 2 ** 31 }, false, false],
  ["Formats", { day: "today" }, false, false],
])("%s accepts %j: contract %s, known %s", ([name, value, byContract, asKnown]) => {
  expect(accepts(name, "contract", value)).toBe(byContract);
  expect(accepts(name, "known", value)).toBe(asKnown);
});

test("a validator of lengths and of equal items imports the runtime of the contract", () => {
  const code = compileValidator({
    type: "array",
    uniqueItems: true,
    items: { type: "object", properties: { name: { type: "string", maxLength: 3 } } },
  });
  expect(code).toContain('import { codePoints, isEqual } from "../../validation/runtime.ts";');
  expect(code).not.toMatch(/require\(|schema\d+ =/);
});

test("added operations have validators, also for inline schemas, and none without content", async () => {
  const files = await generate({ document: changedDocument(addOperations) });
  const folder = "packages/contract/src/generated";
  const table = files.get(`${folder}/operation-validators.ts`);
  expect(table).toMatch(
    /"webhooks\.update": \{\s+request: isWebhookCreate,\s+isRequestRequired: true,\s+responses: \{\s+"200": inspectWebhook,/,
  );
  expect(table).toMatch(/"webhooks\.delete": \{\s+responses: \{\s+"204": undefined,/);
  expect(table).toMatch(/"webhooks\.list": \{\s+responses: \{\s+"200": inspectWebhooksListResponse,/);
  expect(files.get(`${folder}/validators.ts`)).toContain(
    "export const isEngagementCreatedDelivery: Validator<EngagementCreatedDelivery>",
  );
  expect(files.has(`${folder}/validators/WebhooksListResponse.known.ts`)).toBe(true);
});
