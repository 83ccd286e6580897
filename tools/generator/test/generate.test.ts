import { SPEC } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { exportsOf } from "../src/emit/index.ts";
import { generate } from "../src/generate.ts";
import { loadDocument } from "../src/load.ts";
import { readModel } from "../src/model.ts";
import { addOperations, changedDocument, changedText } from "./documents.ts";

const CLIENT = "packages/client/src/generated";
const CONTRACT = "packages/contract/src/generated";
const TESTING = "packages/testing/src/generated";

async function generated(document: string, file: string): Promise<string> {
  const text = (await generate({ document })).get(file);
  expect(text, `${file} is generated`).toBeDefined();
  return text ?? "";
}

test("every generated file says in its first line what made it and how to make it again", async () => {
  for (const text of (await generate({ document: SPEC })).values()) {
    expect(text.split("\n")[0]).toMatch(/Generated from spec\/openapi\.yaml by tools\/generator.*`pnpm generate`/);
  }
});

test("each emitter declares the names that its files export", async () => {
  const document = changedDocument(addOperations);
  // The classes of errors are written by hand.
  const declared = exportsOf(readModel(await loadDocument(document))).filter(
    ({ what }) => what !== "a class of errors",
  );
  // The guards of bodies have a module of their own.
  const files = [...(await generate({ document }))].filter(
    ([file]) => file === `${CLIENT}/errors.ts` || (file.startsWith(CONTRACT) && !file.includes("validators")),
  );
  const exported = files.flatMap(([, text]) =>
    Array.from(text.matchAll(/^export (?:const|function|interface|type) (\w+)/gm), ([, name]) => name),
  );
  expect(new Set(declared.map(({ name }) => name))).toEqual(new Set(exported));
});

test("an operation becomes a method: path parameters, body, options", async () => {
  const text = await generated(changedDocument(addOperations), `${CLIENT}/resources.ts`);
  expect(text).toContain(
    "create(body: Contract.WebhookCreate, options?: RequestOptions): APIPromise<Contract.Webhook>",
  );
  expect(text).toContain(
    "update(webhookId: string, body: AsRead<Contract.WebhookCreate, Contract.Webhook>, options?: RequestOptions): APIPromise<Contract.Webhook>",
  );
  expect(text).toContain("delete(webhookId: string, options?: RequestOptions): APIPromise<undefined>");
  expect(text).toContain(`"DELETE", "/v1/webhooks/{webhookId}", { path: { webhookId }, content: "none" }, options`);
  expect(text).toContain(
    "list(options?: RequestOptions & { query?: Contract.WebhooksListQuery | undefined }): APIPromise<Contract.WebhooksListResponse>",
  );
  expect(text).toMatch(/@deprecated[^\n]*\n {3}\*\/\n {2}delete\(/);
});

test("other properties are of any type where a schema names properties of another one", async () => {
  const document = changedDocument(({ components }) => {
    components.schemas.Mixed = {
      type: "object",
      properties: { rank: { type: "integer" } },
      patternProperties: { "^x-": { type: "string" } },
    };
    components.schemas.Alike = {
      type: "object",
      properties: { one: { type: "string" } },
      additionalProperties: { type: "string" },
    };
    Object.assign(components.schemas.UserInfo.properties, {
      mixed: { $ref: "#/components/schemas/Mixed" },
      alike: { $ref: "#/components/schemas/Alike" },
    });
  });
  const text = await generated(document, `${CONTRACT}/openapi.ts`);
  expect(text).toMatch(/type Mixed = \{[^}]*rank\?: number;[^}]*\} & \{\s*\[key: string\]: unknown;/);
  expect(text).toMatch(/type Alike = \{[^}]*\} & \{\s*\[key: string\]: string;/);
});

test("path parameters are in the order of the template, not of their declaration", async () => {
  const document = changedDocument((changed) => {
    const parameter = (name: string, type: string) => ({ name, in: "path", required: true, schema: { type } });
    changed.paths["/v1/tenants/{tenantId}/pages/{page}"] = {
      parameters: [parameter("page", "integer"), parameter("tenantId", "string")],
      get: { ...changed.paths["/v1/webhooks/{webhookId}"].get, operationId: "webhooks.page", parameters: undefined },
    };
  });
  expect(await generated(document, `${CLIENT}/resources.ts`)).toContain(
    "page(tenantId: string, page: number, options?: RequestOptions)",
  );
});

test("a required query parameter or header makes the options required, and an optional body stays optional", async () => {
  const document = changedDocument((changed) => {
    const operation = changed.paths["/v1/webhooks"].post;
    operation.requestBody.required = false;
    operation.parameters = [{ name: "If-Match", in: "header", required: true, schema: { type: "string" } }];
    changed.paths["/v1/webhooks/{webhookId}"].get.parameters.push({
      name: "as",
      in: "query",
      required: true,
      schema: { type: "string" },
    });
  });
  const text = await generated(document, `${CLIENT}/resources.ts`);
  expect(text).toContain(
    "create(body: Contract.WebhookCreate | undefined, options: RequestOptions & { headers: Contract.WebhooksCreateHeaders })",
  );
  expect(text).toContain("get(webhookId: string, options: RequestOptions & { query: Contract.WebhooksGetQuery })");
});

test.each(["allOf", "anyOf", "oneOf"])(
  "a body may be left out where a part of its %s has a default",
  async (keyword) => {
    const document = changedDocument((changed) => {
      const parts = [{ $ref: "#/components/schemas/WebhookCreate" }, { type: "object", default: {} }];
      const schema = { [keyword]: parts };
      changed.paths["/v1/webhooks"].post.requestBody.content["application/json"] = { schema };
    });
    const text = await generated(document, `${CLIENT}/resources.ts`);
    expect(text).toContain("create(body?: Contract.WebhooksCreateBody, ");
    expect(text).toContain("create: (body = {}, options) =>");
  },
);

test("the items of pages are those of the first success", async () => {
  const document = changedDocument((changed) => {
    const items = { type: "array", items: { type: "string" } };
    const schema = { type: "object", properties: { names: items, next: { type: "string" } } };
    const operation = changed.paths["/v1/webhooks/{webhookId}"].get;
    operation.parameters.push({ name: "after", in: "query", schema: { type: "string" } });
    operation["x-pagination"] = { style: "cursor", parameter: "after", items: "names", next: "next" };
    operation.responses[200].content = { "application/json": { schema } };
    operation.responses[204] = { description: "There are none." };
  });
  expect(await generated(document, `${CLIENT}/resources.ts`)).toContain(
    'PagePromise<Contract.WebhooksGetResponse200 | undefined, NonNullable<Contract.WebhooksGetResponse200["names"]>[number]>',
  );
});

test("a delivery has its types from a const or an enum, in its schema or in a part of it", async () => {
  const document = changedDocument((changed) => {
    addOperations(changed);
    changed.components.schemas.UserDelivery = {
      allOf: [
        { $ref: "#/components/schemas/DeliveryEnvelope" },
        { type: "object", properties: { type: { type: "string", enum: ["user.invited", "user.deleted"] } } },
      ],
    };
    changed.webhooks.user = structuredClone(changed.webhooks["engagement.created"]);
    changed.webhooks.user.post.requestBody.content["application/json"].schema = {
      $ref: "#/components/schemas/UserDelivery",
    };
  });
  const text = await generated(document, `${CONTRACT}/deliveries.ts`);
  expect(text).toContain(`"engagement.created": EngagementCreatedDelivery;`);
  expect(text).toContain(`"user.invited": UserDelivery & { type: "user.invited" };`);
  expect(text).toContain(`"user.deleted": UserDelivery & { type: "user.deleted" };`);
  expect(text).toContain(`["analysis.completed","analysis.failed","engagement.created","user.invited","user.deleted"]`);
  expect(await generated(document, `${CONTRACT}/types.ts`)).toContain("export type EngagementCreatedDelivery = ");
});

test("a delivery has a fixture for each of its types: from its example, or from its schema if it has none", async () => {
  const document = changedDocument((changed) => {
    addOperations(changed);
    const { content } = changed.webhooks["analysis.failed"].post.requestBody;
    const { schema, examples } = content["application/json"];
    changed.components.schemas.AnalysisFailedDelivery.allOf[1].properties.type = {
      enum: ["analysis.failed", "ANALYSIS_STOPPED"],
    };
    expect([schema.$ref, Object.keys(examples)]).toEqual([
      expect.stringContaining("AnalysisFailed"),
      ["analysisFailed"],
    ]);
    Object.values<{ value: { type: string } }>(examples).map(({ value }) => (value.type = "analysis.failed"));
  });
  const text = await generated(document, `${TESTING}/deliveries.ts`);
  expect(text).toContain(`analysisCompleted: (overrides?: Overrides<Deliveries["analysis.completed"]>)`);
  expect(text).toContain(`(DELIVERY_EXAMPLES["analysis.completed"]["analysisCompleted"], overrides)`);
  expect(text).toContain(`analysisStopped: (overrides?: Overrides<Deliveries["ANALYSIS_STOPPED"]>)`);
  expect(text).toContain(
    `({ ...DELIVERY_EXAMPLES["analysis.failed"]["analysisFailed"], type: "ANALYSIS_STOPPED" }, overrides)`,
  );
  const [, sampled = ""] = /withOverrides<Deliveries\["engagement\.created"\]>\((.*?), overrides\)/s.exec(text) ?? [];
  expect(JSON.parse(sampled)).toEqual({ type: "engagement.created", data: { engagementId: "text" } });
});

test("an operation whose success has content but no example has a sample made from its schema", async () => {
  const text = await generated(changedDocument(addOperations), `${TESTING}/samples.ts`);
  const [, literal = ""] = /= (\{.*\});$/s.exec(text.trimEnd()) ?? [];
  const { "webhooks.update": updated, "webhooks.list": list, ...others } = JSON.parse(literal);
  expect(updated).toMatchObject({ id: "text", version: 1, events: ["EXPORT_READY"], status: "ACTIVE" });
  expect(list).toEqual([updated]);
  expect(others).toEqual({});
});

test("a document without deliveries has no fixtures", async () => {
  const document = changedDocument((changed) => {
    changed.webhooks = {};
    changed.components = Object.fromEntries(
      Object.entries(changed.components as object).map(([kind, all]) => [
        kind,
        Object.fromEntries(Object.entries(all as object).filter(([name]) => !/Delivery|^Analysis/.test(name))),
      ]),
    );
  });
  expect(await generated(document, `${TESTING}/deliveries.ts`)).toMatch(/\nexport const deliveries = \{\};\n/);
});

test("text of the document cannot end the comment around it", async () => {
  const document = changedDocument((changed) => {
    changed.paths["/v1/webhooks"].post.description = "Ends here: */ process.exit(1); /* and `this` goes on.";
    changed.components.schemas.Webhook.description = "*/ nor here";
  });
  expect(await generated(document, `${CLIENT}/resources.ts`)).toContain(
    "Ends here: *\\/ process.exit(1); /* and `this` goes on.",
  );
  expect(await generated(document, `${CONTRACT}/openapi.ts`)).toContain("/** *\\/ nor here */");
});

test("the page of events has every subscription and every field, and takes no text of the document for HTML, a template or a cell", async () => {
  const document = changedDocument((changed) => {
    addOperations(changed);
    const { AnalysisResult: result } = changed.components.schemas;
    result.properties.analysisId.description = "One of <b> | {{ it }} | `<i>`.";
    result.properties.parts = {
      type: "array",
      items: { type: "object", properties: { next: { $ref: "#/components/schemas/AnalysisResult" } } },
    };
    const card = { type: "object", required: ["digits"], properties: { digits: { type: "string" } } };
    const sum = { type: "integer", description: "How much." };
    changed.components.schemas.Transfer = { type: "object", properties: { sum } };
    result.properties.payment = { oneOf: [{ $ref: "#/components/schemas/Transfer" }, card] };
    result.properties.refund = { anyOf: [{ $ref: "#/components/schemas/Transfer" }, { type: "null" }] };
  });
  const page = await generated(document, "docs/events.md");
  expect(page).toContain(
    "| `ANALYSIS_COMPLETE` | [`analysis.completed`](#analysiscompleted) | An analysis is complete. |",
  );
  expect(page).toContain("`USER_LOGIN`");
  expect(page).toContain("| `data.analysisId` | string | One of &lt;b> \\| &#123;&#123; it }} \\| `<i>`. |");
  // A schema that holds itself is listed once.
  expect(page).toContain("| `data.parts[].next?` | object | Where to find the results of an analysis. |");
  expect(page).not.toContain("data.parts[].next.");
  // The fields of each choice, with its name; of a value that may be null, as of any other.
  expect(page).toContain("| `data.payment.sum?` | integer | In `Transfer`. How much. |");
  expect(page).toContain("| `data.payment.digits` | string | In form 2. |");
  expect(page).toContain("| `data.refund.sum?` | integer | How much. |");
  expect(page).toContain("async ({ id, data }) =>\n  console.log(id, data.analysisId)");
  expect(page).toMatch(/^## `engagement\.created`$.*\.on\("engagement\.created"/ms);
});

test("open enums keep completion, also inline", async () => {
  const document = changedDocument((changed) => {
    changed.components.schemas.UserInfo.properties.state = {
      anyOf: [{ type: "string" }, { $ref: "#/components/schemas/WebhookStatus" }],
    };
  });
  const text = await generated(document, `${CONTRACT}/openapi.ts`);
  expect(text).toContain("type AnyWebhookEvent = WebhookEvent | (string & {});");
  expect(text).toContain("state?: WebhookStatus | (string & {});");
});

test("the types have names of their own, texts to show, and the fields of one object where parts of an allOf say more of it", async () => {
  const document = changedDocument((changed) => {
    const { schemas } = changed.components;
    const inline = { allOf: [...schemas.AnalysisFailedDelivery.allOf] };
    changed.webhooks["analysis.failed"].post.requestBody.content["application/json"].schema = inline;
    delete schemas.AnalysisFailedDelivery;
    const { type, ...fields } = schemas.AnalysisFailure;
    schemas.AnalysisFailure = { allOf: [{ type }, fields] };
  });
  const text = await generated(document, `${CONTRACT}/openapi.ts`);
  const declaration = (name: string): string =>
    new RegExp(`^export type ${name} = \\{$.*?^\\};$`, "ms").exec(text)?.[0] ?? "";
  expect(text).toContain("        WebhookCreate: WebhookCreate;");
  expect(declaration("WebhookCreate")).toContain(
    "/** @description Whether the webhook sends deliveries (`ACTIVE`) or keeps silent (`INACTIVE`). */\n    status: WebhookStatus;",
  );
  // A list to send may be a constant. One that is read is the reader's.
  expect(declaration("WebhookCreate")).toContain("events: readonly WebhookEvent[];");
  expect(declaration("Webhook")).toContain("events: AnyWebhookEvent[];");
  expect(declaration("AnalysisCompletedDelivery")).toMatch(/type: "analysis.completed";.* data: AnalysisResult;/s);
  expect(text.slice(text.indexOf("export interface webhooks"), text.indexOf("export interface components"))).toMatch(
    /"application\/json": \{.* type: "analysis.failed";.* data: AnalysisFailure;/s,
  );
  expect(text).toContain("export type AnalysisFailure = object & {");
  expect(declaration("DeliveryEnvelope")).toContain("data: Record<string, unknown>;");
});

test("another meaning changes the hash; comments, the order of keys and the style of the YAML do not", async () => {
  const file = `${CONTRACT}/version.ts`;
  const original = await generated(SPEC, file);
  const asJson = changedDocument((document) => {
    document.info = Object.fromEntries(Object.entries(document.info).toReversed());
  });
  expect(await generated(changedText(/^/, "# A comment.\n"), file)).toBe(original);
  expect(await generated(asJson, file)).toBe(
    await generated(
      changedDocument(() => {}),
      file,
    ),
  );
  const bounded = changedDocument((document) => {
    document.components.schemas.WebhookCreate.properties.events.maxItems = 1_000;
  });
  expect(await generated(bounded, file)).not.toBe(await generated(asJson, file));
});
