import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { type AnyDocument, temporaryFolder } from "./documents.ts";

const json = (schema: object, more: object = {}) => ({ content: { "application/json": { schema, ...more } } });
const failure = { description: "Refused.", ...json({ type: "object", properties: { why: { type: "string" } } }) };
const parameter = (name: string, schema: object, more: object = {}) => ({
  name,
  in: "path",
  required: true,
  schema,
  ...more,
});
const operation = (name: string, more: object) => ({
  operationId: `reports.${name}`,
  "x-basis": "own-page",
  tags: ["reports"],
  summary: `Reports: ${name}.`,
  responses: { 200: { description: "Done." }, 400: failure },
  ...more,
});

const delivery = (type: string, more: object = {}) => ({
  summary: `${type} happened.`,
  security: [],
  requestBody: {
    required: true,
    ...json(
      {
        type: "object",
        properties: { type: { const: type }, data: { type: "object", properties: { id: { type: "string" } } } },
      },
      more,
    ),
  },
  responses: { "2XX": { description: "Taken." }, "4XX": { description: "Not taken." } },
});

/** A document with every form that the generator supports. It shares nothing with the contract, so that it stays when that changes. */
function everyForm(): AnyDocument {
  return {
    openapi: "3.1.1",
    info: { title: "Reports", version: "1.2.3", license: { name: "MIT", identifier: "MIT" } },
    servers: [
      {
        url: "https://{tenant}.mindbridge.ai/{stage}",
        variables: { tenant: { default: "a", "x-pattern": "^[a-z]+$" }, stage: { default: "v1" } },
      },
    ],
    security: [{ bearer: [] }],
    tags: [
      { name: "reports", description: "Reports." },
      { name: "trees", description: "Trees." },
    ],
    paths: {
      "/v1/reports/{kind}/{state}/{page}/{exact}/{ratio}": {
        get: operation("find", {
          parameters: [
            parameter("kind", { type: "string", enum: ["a", "b"] }),
            parameter("state", { $ref: "#/components/schemas/State" }, { description: "Its state." }),
            parameter("page", { type: "integer" }),
            parameter("exact", { const: "exact" }),
            parameter("ratio", { type: "number" }),
            { name: "X-Trace", in: "header", schema: { type: "string" } },
            { name: "X-Must", in: "header", required: true, schema: { type: "string" } },
          ],
          responses: {
            200: { description: "One.", ...json({ type: "object" }, { example: {} }) },
            202: { description: "Later.", ...json({ $ref: "#/components/schemas/Tree" }) },
            204: { description: "None." },
            400: failure,
            409: { description: "Conflict.", ...json({ type: "object" }, { examples: { taken: { value: {} } } }) },
            503: { description: "Busy." },
            default: { description: "Any other." },
          },
        }),
        put: operation("replace", {
          description: "At length.",
          "x-source": "somewhere",
          deprecated: true,
          parameters: ["kind", "state", "page", "exact", "ratio"].map((name) => parameter(name, { type: "boolean" })),
          requestBody: { $ref: "#/components/requestBodies/Filter" },
        }),
      },
      "/v1/reports": {
        get: operation("list", {
          parameters: [
            { name: "state", in: "query", schema: { $ref: "#/components/schemas/State" } },
            { name: "page-size", in: "query", schema: { type: "integer", format: "int32" } },
          ],
        }),
        post: operation("create", {
          requestBody: {
            description: "The report.",
            required: true,
            ...json({ type: "string" }, { examples: { short: { value: "text" } } }),
          },
          responses: { 201: { description: "Made.", ...json({ type: "string" }) }, 400: failure },
        }),
      },
      "/v1/trees": {
        get: {
          operationId: "trees.get",
          "x-basis": "general-rule",
          tags: ["trees"],
          summary: "A tree.",
          responses: { 200: { description: "A tree.", ...json({ $ref: "#/components/schemas/Tree" }) }, 400: failure },
        },
        put: {
          operationId: "trees.update",
          "x-basis": "general-rule",
          tags: ["trees"],
          summary: "Changes a tree.",
          requestBody: { required: true, ...json({ $ref: "#/components/schemas/TreeUpdate" }) },
          responses: {
            200: { description: "The tree.", ...json({ $ref: "#/components/schemas/Tree" }) },
            "2XX": { description: "Changed." },
            400: failure,
          },
        },
        post: {
          operationId: "trees.query",
          "x-basis": "general-rule",
          "x-safe": true,
          "x-pagination": { style: "page", parameter: "page", items: "content", last: "last", total: "total" },
          tags: ["trees"],
          summary: "Finds trees.",
          parameters: [
            { name: "page", in: "query", schema: { type: "integer" } },
            { name: "sort", in: "query", schema: { type: "array", items: { type: "string" } }, example: ["a,asc"] },
          ],
          requestBody: { required: true, ...json({ type: "object", default: {} }) },
          responses: {
            200: {
              description: "A page.",
              ...json({
                type: "object",
                properties: {
                  content: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
                  last: { type: "boolean" },
                  total: { type: "integer" },
                },
              }),
            },
            400: failure,
          },
        },
        delete: {
          operationId: "trees.names",
          "x-basis": "own-page",
          "x-pagination": { style: "cursor", parameter: "after", items: "names", next: "next" },
          tags: ["trees"],
          summary: "Takes names.",
          parameters: [{ name: "after", in: "query", schema: { type: "string" } }],
          responses: {
            200: {
              description: "Some names.",
              ...json({
                type: "object",
                properties: { names: { type: "array", items: { type: "string" } }, next: { type: "string" } },
              }),
            },
            400: failure,
          },
        },
      },
    },
    webhooks: {
      "report.made": {
        post: delivery("report.made", { examples: { made: { value: { type: "report.made", data: { id: "1" } } } } }),
      },
      "report.gone": { post: delivery("report.gone") },
    },
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
      requestBodies: { Filter: json({ type: "object", properties: { from: { type: "string" } } }) },
      schemas: {
        State: { type: "string", description: "A state.", enum: ["OPEN", "SHUT"] },
        AnyState: { anyOf: [{ $ref: "#/components/schemas/State" }, { type: "string" }] },
        Shape: {
          oneOf: [
            { type: "object", required: ["side"], properties: { side: { type: "integer", format: "int32" } } },
            { type: "object", required: ["radius"], properties: { radius: { type: "number", format: "double" } } },
          ],
        },
        TreeUpdate: {
          type: "object",
          additionalProperties: false,
          properties: { shape: { $ref: "#/components/schemas/Shape" }, anything: { type: "string", readOnly: true } },
        },
        Tree: {
          description: "A tree.",
          type: "object",
          additionalProperties: true,
          properties: {
            children: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
            anything: true,
            shape: { $ref: "#/components/schemas/Shape" },
            state: { $ref: "#/components/schemas/AnyState" },
          },
          if: { properties: { anything: { const: true } } },
          else: { properties: { leaf: { const: false } } },
        },
      },
    },
  };
}

/** The generated files, without `version.ts` and `openapi.ts`: other tests look at those. */
async function generated(document: AnyDocument): Promise<Record<string, string>> {
  const path = join(temporaryFolder(), "openapi.json");
  writeFileSync(path, JSON.stringify(document));
  const files = await generate({ document: path });
  return Object.fromEntries([...files].filter(([file]) => !/\/(version|openapi)\.ts$/.test(file)));
}

test("generates every form as its snapshot has it", async () => {
  expect(await generated(everyForm())).toMatchSnapshot();
});

test("generates a document with the least that is allowed", async () => {
  const { openapi, info, security, components } = everyForm();
  const document = {
    openapi,
    info,
    security,
    components: { securitySchemes: components.securitySchemes },
    servers: [{ url: "https://api.mindbridge.ai" }],
    paths: {
      "/v1/health": {
        get: {
          operationId: "health.get",
          "x-basis": "own-page",
          summary: "Health.",
          responses: { 204: { description: "Healthy." }, 400: { description: "Ill." } },
        },
      },
    },
  };
  expect(await generated(document)).toMatchSnapshot();
});
