import { type Edit, edited, edits, readDocument } from "@mindbridge-sdk/openapi";
import { MISSING } from "@mindbridge-sdk/openapi/corpus";
import { expect, test } from "vitest";
import { compareDocuments } from "../src/compare/compare-documents.ts";
import { DOCUMENT } from "./repository.ts";

const { addItems, remove, rename, set } = edits;

const SCHEMAS = "/components/schemas";
const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const JSON_BODY = "content/application~1json";
const GET = "/paths/~1v1~1webhooks~1{webhookId}/get";
const LOG = "/paths/~1v1~1webhook-event-logs~1{webhookEventId}/get";
const REQUEST = `${SCHEMAS}/WebhookCreate`;
const RESPONSE = `${SCHEMAS}/Webhook`;
const TENANT = "/servers/0/variables/tenant";

const base = edited(await readDocument(DOCUMENT), [
  ...MISSING,
  set(`${RESPONSE}/properties/subtype`, { type: "string" }),
  set(`${RESPONSE}/properties/format`, { type: "string", format: "uri" }),
]);

/** What is said of a change. */
const TEXTS: Readonly<Record<string, readonly [edits: readonly Edit[], ...texts: string[]]>> = {
  "fields are named": [
    [set(`${SCHEMAS}/ErrorBody/properties`, { message: { type: "string" } })],
    "`ErrorBody` no longer has fields of any name.",
    "`ErrorBody.message` is new.",
    ...["Create", "Get", "Update", "Delete", "Query"].map((name) => `\`Webhooks${name}Error\` is exported.`),
    ...["Get", "Query"].map((name) => `\`WebhookEventLogs${name}Error\` is exported.`),
  ],
  "fields are no longer named": [
    [remove(`${SCHEMAS}/UserInfo/properties`)],
    "`UserInfo.userId` is gone.",
    "`UserInfo.userName` is gone.",
    "`UserInfo` may now have fields of any name.",
  ],
  "a header of a shared response is renamed": [
    [rename("/components/responses/TooManyRequests/headers/X-User-Hour-Limit-Remaining", "Retry-After")],
    "The header `X-User-Hour-Limit-Remaining` of the response `TooManyRequests` is gone.",
    "The header `Retry-After` of the response `TooManyRequests` is new.",
  ],
  "an operation has a server of its own": [
    [set(`${GET}/servers`, [{ url: "https://other.mindbridge.example/api" }])],
    "The server of `webhooks.get` is new.",
  ],
  "an option of the command line is called otherwise": [
    [set(`${REQUEST}/properties/dryRun`, { type: "boolean" })],
    "On the command line, `--dry-run` is now called `--query-dry-run`, and `--dry-run` is `dryRun` of `webhooks create`.",
    "`WebhookCreate.dryRun` is new.",
  ],
  "a reference leads to another schema": [
    [set(`${SCHEMAS}/AnalysisCompletedDelivery/allOf/1/properties/data`, schemaRef("AnalysisFailure"))],
    "`AnalysisCompletedDelivery.data` is now `AnalysisFailure`; it was `AnalysisResult`.",
  ],
  "a reference may be null": [
    [set(`${RESPONSE}/properties/address`, { oneOf: [schemaRef("Address"), { type: "null" }] })],
    "`Webhook.address` may now be `null`.",
  ],
  "a body is wrapped": [
    [
      set(`${LOG}/responses/200/${JSON_BODY}/schema`, {
        type: "object",
        properties: { log: schemaRef("WebhookEventLog") },
      }),
    ],
    "The response 200 of `webhookEventLogs.get` is now written in place; it was `WebhookEventLog`.",
    "The guard `isWebhookEventLog` is no longer exported.",
    "`WebhookEventLogsGetResponse` is exported.",
  ],
  "a response refers to another one": [
    [set(`${GET}/responses/404/$ref`, "#/components/responses/Forbidden")],
    "The response 404 of `webhooks.get` is written in another way.",
  ],
  "fields whose names are keywords, or end in one": [
    [
      set(`${RESPONSE}/properties/subtype/type`, ["string", "null"]),
      remove(`${RESPONSE}/properties/format/format`),
      set(`${SCHEMAS}/DeliveryEnvelope/properties/type/type`, ["string", "null"]),
    ],
    "`Webhook.subtype` may now be `null`.",
    "`format` of `Webhook.format` is no longer `uri`.",
    "`DeliveryEnvelope.type` may now be `null`.",
  ],
  "fields are allowed by a pattern": [
    [set(`${REQUEST}/patternProperties`, { "^x": { type: "string" } })],
    "`patternProperties` of `WebhookCreate` gains `^x`.",
  ],
  "a map is closed": [
    [set(`${RESPONSE}/properties/labels/additionalProperties`, false)],
    "`Webhook.labels` no longer has fields of any name.",
  ],
  "an example is changed": [
    [set(`/paths/~1v1~1webhooks/post/requestBody/${JSON_BODY}/examples/inactive/value/name`, "Another")],
    "The example `inactive` of the body of `webhooks.create` has changed.",
  ],
  "an example is renamed": [
    [rename(`${GET}/responses/200/${JSON_BODY}/examples/newerEvent`, "newer")],
    "The example `newerEvent` of the response 200 of `webhooks.get` is now called `newer`.",
  ],
  "servers are another": [
    [
      set(`${TENANT}/enum`, ["acme"]),
      set("/servers/0/description", "Another."),
      addItems("/servers", { url: "https://other.example.com/api" }),
    ],
    '`enum` of the server variable `tenant` is now `["acme"]`.',
    "The server `https://other.example.com/api` is new.",
    "The documentation of the server `https://{tenant}.mindbridge.ai/api` has changed.",
  ],
  "one of several schemas is added": [
    [addItems(`${RESPONSE}/properties/target/oneOf`, schemaRef("Address"))],
    "`Webhook.target` may now be `Address`.",
  ],
  "one of several schemas is another one": [
    [set(`${RESPONSE}/properties/target/oneOf/1`, schemaRef("Address"))],
    "`Webhook.target` may now be `Address` in place of `QueueTarget`.",
  ],
  "the values of a discriminator are others": [
    [
      set(`${RESPONSE}/properties/target/discriminator`, {
        propertyName: "name",
        mapping: { Link: "#/components/schemas/UrlTarget", Queue: "#/components/schemas/QueueTarget" },
      }),
    ],
    "`discriminator` of `Webhook.target` is now `name`.",
  ],
  "a parameter has a media type in place of a schema": [
    [remove(`${GET}/parameters/0/schema`), set(`${GET}/parameters/0/content`, { "text/plain": {} })],
    "`type` of the path parameter `webhookId` of `webhooks.get` is no longer `string`.",
    "The media type `text/plain` of the path parameter `webhookId` of `webhooks.get` is new.",
  ],
  "a tag is added": [[addItems("/tags", { name: "others" })], "The tag `others` is new."],
  "an allOf is added": [
    [set(`${RESPONSE}/allOf`, [{ type: "object", properties: { extra: { type: "string" } } }])],
    "`Webhook.extra` is new.",
  ],
  "a field is written in another way": [
    [set(`${REQUEST}/properties/note`, { anyOf: [{ type: "string", maxLength: 100 }, { type: "null" }] })],
    "`WebhookCreate.note` is written in another way.",
  ],
  "a oneOf of lists of values gains one": [
    [set(`${RESPONSE}/properties/events/items`, { oneOf: [schemaRef("AnyWebhookEvent"), { enum: ["OTHER"] }] })],
    "`Webhook.events[]` gains `OTHER`.",
  ],
  "a list of values is opened": [
    [set(`${SCHEMAS}/WebhookCreate/properties/status`, schemaRef("AnyWebhookStatus"))],
    "`WebhookCreate.status` may now be a value that is not listed.",
  ],
  "the values of a map have another type": [
    [set(`${REQUEST}/properties/labels/additionalProperties/type`, "integer")],
    "`type` of `WebhookCreate.labels.*` is now `integer`; it was `string`.",
  ],
  "the dialect of the schemas": [
    [set("/jsonSchemaDialect", "urn:another")],
    "`jsonSchemaDialect` of the document is now `urn:another`; it was `https://json-schema.org/draft/2020-12/schema`.",
  ],
};

test.each(Object.entries(TEXTS))("says what has changed, where, and with which values: %s", (_, [made, ...texts]) => {
  const { changes } = compareDocuments(base, edited(base, made));
  expect(changes.map(({ what }) => what)).toEqual(texts);
});

test("a pointer leads to where a path item stands", () => {
  const at = "/components/pathItems/Key/get/parameters/1";
  const { changes } = compareDocuments(base, edited(base, [set(`${at}/required`, true)]));
  expect(changes.map(({ pointer }) => pointer)).toEqual([`#${at}`]);
});
