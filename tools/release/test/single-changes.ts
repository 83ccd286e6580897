import type { Direction } from "../src/diff/change.ts";
import type { Level } from "../src/diff/level.ts";
import type { Edit } from "./edit.ts";

type Expected = readonly [level: Level, ...directions: Direction[]];

/** A change of the document, what it means for users, and what it means to undo it. */
export interface SingleChange {
  readonly title: string;
  readonly edit: (edit: Edit) => void;
  readonly made: Expected;
  readonly undone: Expected;
}

const SCHEMAS = "components/schemas";
const CREATE = "paths/~1v1~1webhooks/post";
const LIST = "paths/~1v1~1webhooks/get";
const GET = "paths/~1v1~1webhooks~1{webhookId}/get";
const LOG = "paths/~1v1~1webhook-event-logs~1{webhookEventId}/get";
/** The operation of a path that is written among the components. */
const KEY = "components/pathItems/Key/get";
const COMPLETED = "webhooks/analysis.completed/post";
const FAILED = "webhooks/analysis.failed/post";
const JSON_BODY = "content/application~1json";
const REQUEST = `${SCHEMAS}/WebhookCreate`;
const NAME = `${REQUEST}/properties/name`;
const RESPONSE = `${SCHEMAS}/Webhook`;
const DATA = `${SCHEMAS}/AnalysisResult`;
const ENVELOPE = `${SCHEMAS}/DeliveryEnvelope`;

const schemaRef = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** What the document has no case of, such as a query, and a list of values in an answer that is closed. */
export function addWhatIsMissing(edit: Edit): void {
  addFields(edit);
  addPaths(edit);
  addExport(edit);
}

/** Fields of each kind, in what is sent and in what comes. */
function addFields(edit: Edit): void {
  edit.set(`${REQUEST}/properties/comment`, { type: "string", maxLength: 100 });
  edit.set(`${REQUEST}/properties/score`, { type: "number", multipleOf: 5 });
  edit.set(`${REQUEST}/dependentRequired`, { comment: ["score"] });
  edit.set(`${SCHEMAS}/Address`, {
    type: "object",
    required: ["city"],
    properties: { city: { type: "string" }, zip: { type: "string" }, within: schemaRef("Address") },
  });
  edit.set(`${SCHEMAS}/Comment`, { type: "string", maxLength: 100 });
  for (const kind of ["Url", "Queue"]) {
    edit.set(`${SCHEMAS}/${kind}Target`, {
      type: "object",
      required: ["kind", "name"],
      properties: { kind: { type: "string" }, name: { type: "string", const: kind } },
    });
  }
  for (const schema of [REQUEST, RESPONSE]) {
    edit.set(`${schema}/properties/address`, schemaRef("Address"));
    edit.set(`${schema}/properties/anything`, true);
    edit.set(`${schema}/properties/labels`, { type: "object", additionalProperties: { type: "string" } });
    edit.set(`${schema}/properties/note`, { type: ["string", "null"], maxLength: 100 });
    edit.set(`${schema}/properties/settings`, { type: "object" });
    edit.set(`${schema}/properties/target`, { oneOf: [schemaRef("UrlTarget"), schemaRef("QueueTarget")] });
  }
}

function addPaths(edit: Edit): void {
  edit.set(LIST, {
    operationId: "webhooks.list",
    "x-source": "a test",
    tags: ["webhooks"],
    summary: "List webhooks.",
    parameters: [
      { name: "sort", in: "query", schema: { type: "string", enum: ["name", "creationDate"] } },
      { name: "limit", in: "query", schema: { type: "integer", default: 10 } },
      { name: "X-Trace", in: "header", schema: { type: "string" } },
    ],
    responses: {
      "200": { description: "The webhooks.", content: { "application/json": { schema: schemaRef("WebhookPage") } } },
    },
  });
  edit.set(`${SCHEMAS}/WebhookPage`, {
    type: "object",
    required: ["items", "order"],
    properties: {
      items: { type: "array", items: schemaRef("Webhook") },
      order: { type: "string", enum: ["ascending", "descending"] },
      next: { type: ["string", "null"] },
    },
  });
  edit.set(`${CREATE}/parameters`, [{ name: "dryRun", in: "query", schema: { type: "boolean" } }]);
  edit.set("components/pathItems", {
    Key: {
      get: {
        operationId: "keys.get",
        security: [{ oauth: ["read"] }],
        parameters: [
          { name: "keyId", in: "path", required: true, schema: { type: "string" } },
          { name: "format", in: "query", schema: { type: "string" } },
        ],
        responses: {
          "200": { description: "The key.", content: { "application/json": { schema: { type: "string" } } } },
        },
      },
    },
  });
  edit.set("paths/~1v1~1keys~1{keyId}", { $ref: "#/components/pathItems/Key" });
  edit.set("components/securitySchemes/oauth", {
    type: "oauth2",
    flows: { clientCredentials: { tokenUrl: "https://mindbridge.example/token", scopes: { read: "Read." } } },
  });
}

/** A delivery that stands for two types. */
function addExport(edit: Edit): void {
  edit.set(`${SCHEMAS}/ExportDelivery`, {
    type: "object",
    required: ["type", "data"],
    properties: {
      type: { type: "string", enum: ["export.ready", "export.failed"] },
      data: schemaRef("AnalysisFailure"),
    },
  });
  edit.set("webhooks/export", {
    post: {
      operationId: "onExport",
      security: [],
      requestBody: { required: true, content: { "application/json": { schema: schemaRef("ExportDelivery") } } },
      responses: { "2XX": { $ref: "#/components/responses/DeliveryAccepted" } },
    },
  });
}

/** Lists one of its two types by itself. */
function splitExport(edit: Edit, data: string): void {
  edit.copy("webhooks/export", "webhooks/export.failed");
  edit.copy(`${SCHEMAS}/ExportDelivery`, `${SCHEMAS}/ExportFailedDelivery`);
  edit.drop(`${SCHEMAS}/ExportDelivery/properties/type/enum`, "export.failed");
  edit.set(`${SCHEMAS}/ExportFailedDelivery/properties/type`, { type: "string", const: "export.failed" });
  edit.set(`${SCHEMAS}/ExportFailedDelivery/properties/data`, schemaRef(data));
  edit.set(`webhooks/export.failed/post/requestBody/${JSON_BODY}/schema`, schemaRef("ExportFailedDelivery"));
  edit.remove("webhooks/export.failed/post/operationId");
}

const row = (title: string, edit: SingleChange["edit"], made: Expected, undone: Expected): SingleChange => ({
  title,
  edit,
  made,
  undone,
});
/** Of a change that means the same in both directions. */
const same = (title: string, edit: SingleChange["edit"], expected: Expected): SingleChange =>
  row(title, edit, expected, expected);

const NAMES = [
  row(
    "an operation is added",
    (edit) => {
      edit.copy("paths/~1v1~1webhooks~1{webhookId}", "paths/~1v1~1webhooks~1{webhookId}~1state");
      edit.set("paths/~1v1~1webhooks~1{webhookId}~1state/get/operationId", "webhooks.getState");
    },
    ["minor", "name"],
    ["major", "name"],
  ),
  same("an operation is renamed", (edit) => edit.set(`${GET}/operationId`, "webhooks.read"), ["major", "name"]),
  same(
    "an operation moves to another path",
    (edit) => edit.rename("paths/~1v1~1webhooks~1{webhookId}", "/v2/webhooks/{webhookId}"),
    ["major", "name"],
  ),
  same("an operation takes another method", (edit) => edit.rename(GET, "put"), ["major", "name"]),
  same(
    "a path parameter is renamed",
    (edit) => {
      edit.replace("{webhookId}", "{id}");
      edit.set("paths/~1v1~1webhooks~1{id}/get/parameters/0/name", "id");
    },
    ["major", "name"],
  ),
  row(
    "a schema is added, which nothing uses",
    (edit) => edit.set(`${SCHEMAS}/Key`, { type: "string" }),
    ["minor", "name"],
    ["major", "name"],
  ),
  same(
    "a schema is renamed",
    (edit) => {
      edit.rename(`${SCHEMAS}/UserInfo`, "Person");
      edit.replace("schemas/UserInfo", "schemas/Person");
    },
    ["major", "name"],
  ),
  same(
    "a shared response is renamed",
    (edit) => {
      edit.rename("components/responses/NotFound", "Missing");
      edit.replace("responses/NotFound", "responses/Missing");
    },
    ["major", "name"],
  ),
  same(
    "a schema that refers to itself is renamed",
    (edit) => {
      edit.rename(`${SCHEMAS}/Address`, "Place");
      edit.replace("schemas/Address", "schemas/Place");
    },
    ["major", "name"],
  ),
  row(
    "an operation is deprecated",
    (edit) => edit.set(`${GET}/deprecated`, true),
    ["minor", "name"],
    ["patch", "name"],
  ),
  row(
    "an operation that is written among the components is deprecated",
    (edit) => edit.set(`${KEY}/deprecated`, true),
    ["minor", "name"],
    ["patch", "name"],
  ),
  row(
    "a path is written among the components",
    (edit) => {
      edit.copy("paths/~1v1~1webhooks~1{webhookId}", "components/pathItems/Webhook");
      edit.set("paths/~1v1~1webhooks~1{webhookId}", { $ref: "#/components/pathItems/Webhook" });
    },
    ["minor", "name"],
    ["major", "name"],
  ),
  row(
    "a delivery is written among the components",
    (edit) => {
      edit.copy("webhooks/analysis.completed", "components/pathItems/Completed");
      edit.set("webhooks/analysis.completed", { $ref: "#/components/pathItems/Completed" });
    },
    ["minor", "name"],
    ["major", "name"],
  ),
  row(
    "a body has a schema of another name, which means the same",
    (edit) => {
      edit.copy(`${SCHEMAS}/WebhookEventLog`, `${SCHEMAS}/LogDetail`);
      edit.set(`${LOG}/responses/200/${JSON_BODY}/schema`, schemaRef("LogDetail"));
    },
    ["major", "name"],
    ["major", "name"],
  ),
  same(
    "an example is renamed",
    (edit) => edit.rename(`${GET}/responses/200/${JSON_BODY}/examples/newerEvent`, "newer"),
    ["major", "name"],
  ),
  row(
    "an example is added",
    (edit) => edit.set(`${GET}/responses/200/${JSON_BODY}/examples/another`, { value: {} }),
    ["minor", "name"],
    ["major", "name"],
  ),
  row(
    "a shared response loses its example",
    (edit) => edit.remove(`components/responses/NotFound/${JSON_BODY}/example`),
    ["major", "name"],
    ["minor", "name"],
  ),
  same(
    "an example of a delivery is renamed",
    (edit) => edit.rename(`${COMPLETED}/requestBody/${JSON_BODY}/examples/analysisCompleted`, "completed"),
    ["major", "name"],
  ),
  row(
    "a delivery gets an operationId",
    (edit) => edit.set(`${COMPLETED}/operationId`, "onCompleted"),
    ["minor", "name"],
    ["major", "name"],
  ),
  same(
    "the operationId of a delivery is another one",
    (edit) => edit.set("webhooks/export/post/operationId", "exported"),
    ["major", "name"],
  ),
];

const REQUESTS = [
  row(
    "an optional field is added",
    (edit) => edit.set(`${REQUEST}/properties/color`, { type: "string" }),
    ["minor", "request"],
    ["major", "request"],
  ),
  same(
    "a required field is added",
    (edit) => {
      edit.set(`${REQUEST}/properties/color`, { type: "string" });
      edit.add(`${REQUEST}/required`, "color");
    },
    ["major", "request"],
  ),
  row(
    "a required field becomes optional",
    (edit) => edit.drop(`${REQUEST}/required`, "name"),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a value is added to a list of values that responses leave open",
    (edit) => edit.add(`${SCHEMAS}/WebhookStatus/enum`, "PAUSED"),
    ["minor", "request", "response"],
    ["major", "request", "response"],
  ),
  row(
    "a value is added to a list of values of the query",
    (edit) => edit.add(`${LIST}/parameters/0/schema/enum`, "status"),
    ["minor", "request"],
    ["major", "request"],
  ),
  row("a lower limit rises", (edit) => edit.set(`${NAME}/minLength`, 2), ["major", "request"], ["minor", "request"]),
  row("a limit is set", (edit) => edit.set(`${NAME}/maxLength`, 10), ["major", "request"], ["minor", "request"]),
  row(
    "an upper limit falls",
    (edit) => edit.set(`${REQUEST}/properties/events/maxItems`, 10),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "a pattern is set",
    (edit) => edit.set(`${NAME}/pattern`, "^[a-z]+$"),
    ["major", "request"],
    ["minor", "request"],
  ),
  same("a type changes", (edit) => edit.set(`${NAME}/type`, "integer"), ["major", "request"]),
  row(
    "a field may be null",
    (edit) => edit.set(`${NAME}/type`, ["string", "null"]),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "an integer may be a fraction",
    (edit) => edit.set(`${LIST}/parameters/1/schema/type`, "number"),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a format is set",
    (edit) => edit.set(`${REQUEST}/properties/url/format`, "uri"),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "unknown fields may be sent",
    (edit) => edit.set(`${REQUEST}/additionalProperties`, true),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a default is stated",
    (edit) => edit.set(`${REQUEST}/properties/comment/default`, ""),
    ["minor", "request"],
    ["major", "request"],
  ),
  same("a default changes", (edit) => edit.set(`${LIST}/parameters/1/schema/default`, 20), ["major", "request"]),
  row(
    "the body becomes optional",
    (edit) => edit.set(`${CREATE}/requestBody/required`, false),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "an optional query parameter is added",
    (edit) => edit.add(`${LIST}/parameters`, { name: "page", in: "query", schema: { type: "integer" } }),
    ["minor", "request"],
    ["major", "request"],
  ),
  same(
    "a required query parameter is added",
    (edit) =>
      edit.add(`${LIST}/parameters`, { name: "page", in: "query", required: true, schema: { type: "integer" } }),
    ["major", "request"],
  ),
  row(
    "a query parameter becomes required",
    (edit) => edit.set(`${LIST}/parameters/0/required`, true),
    ["major", "request"],
    ["minor", "request"],
  ),
  same("a query parameter is renamed", (edit) => edit.set(`${LIST}/parameters/0/name`, "orderBy"), [
    "major",
    "request",
  ]),
  row(
    "a media type is added",
    (edit) => edit.copy(`${CREATE}/requestBody/content/application~1json`, `${CREATE}/requestBody/content/text~1json`),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a field is deprecated",
    (edit) => edit.set(`${NAME}/deprecated`, true),
    ["minor", "request"],
    ["patch", "request"],
  ),
  row(
    "a field may be one of two types",
    (edit) =>
      edit.set(`${REQUEST}/properties/comment`, { anyOf: [{ type: "string", maxLength: 100 }, { type: "integer" }] }),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a field may be one of two types, by a list of types",
    (edit) => edit.set(`${REQUEST}/properties/technicalContactId/type`, ["string", "integer"]),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "the items of a list may be any text",
    (edit) => edit.set(`${REQUEST}/properties/events/items`, { type: "string" }),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a field has the option of a parameter",
    (edit) => edit.set(`${REQUEST}/properties/dryRun`, { type: "boolean" }),
    ["major", "request"],
    ["major", "request"],
  ),
  row(
    "a field refers to a schema, and allows less",
    (edit) => edit.set(`${REQUEST}/properties/comment`, { ...schemaRef("Comment"), minLength: 5 }),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "a field refers to a schema, and has a default",
    (edit) => edit.set(`${REQUEST}/properties/comment`, { ...schemaRef("Comment"), default: "None." }),
    ["minor", "request"],
    ["major", "request"],
  ),
  same(
    "the schema of the body is another one, which asks for nothing",
    (edit) => edit.set(`${CREATE}/requestBody/content/application~1json/schema/$ref`, "#/components/schemas/UserInfo"),
    ["major", "name", "request"],
  ),
  row(
    "the media type is another one",
    (edit) => edit.rename(`${CREATE}/requestBody/content/application~1json`, "application/vnd.mindbridge+json"),
    ["major", "name", "request"],
    ["major", "request"],
  ),
  same("a path parameter has another type", (edit) => edit.set(`${GET}/parameters/0/schema/type`, "integer"), [
    "major",
    "request",
  ]),
  same("a list in the query is written otherwise", (edit) => edit.set(`${LIST}/parameters/0/explode`, false), [
    "patch",
    "request",
  ]),
  same("a field is said to be for requests only", (edit) => edit.set(`${NAME}/writeOnly`, true), ["patch", "request"]),
  row(
    "no two items may be equal",
    (edit) => edit.set(`${REQUEST}/properties/events/uniqueItems`, true),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "a field that is a reference is for responses only",
    (edit) => edit.set(`${REQUEST}/properties/status/readOnly`, true),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "a field is asked for beside a reference",
    (edit) => edit.set(`${REQUEST}/properties/address/required`, ["zip"]),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "a limit is set beside a reference",
    (edit) => edit.set(`${REQUEST}/properties/address/minProperties`, 2),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "the values of a map may be anything",
    (edit) => edit.set(`${REQUEST}/properties/labels/additionalProperties`, true),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a query parameter becomes required, of a path that is written among the components",
    (edit) => edit.set(`${KEY}/parameters/1/required`, true),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "a query parameter is added, to a path that is written among the components",
    (edit) => edit.add(`${KEY}/parameters`, { name: "page", in: "query", schema: { type: "integer" } }),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a limit is set, in a path that is written among the components",
    (edit) => edit.set(`${KEY}/parameters/1/schema/maxLength`, 3),
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "an operation takes a body, which may be left out",
    (edit) => edit.set(`${GET}/requestBody`, { content: { "application/json": { schema: schemaRef("UserInfo") } } }),
    ["major", "request"],
    ["major", "name", "request"],
  ),
  same(
    "the first items have schemas of their own",
    (edit) => edit.set(`${REQUEST}/properties/events/prefixItems`, [{ type: "string" }]),
    ["major", "request"],
  ),
  row(
    "one field asks for another",
    (edit) => edit.set(`${REQUEST}/dependentSchemas`, { comment: { required: ["score"] } }),
    ["major", "request"],
    ["minor", "request"],
  ),
  same(
    "an object of any fields names one",
    (edit) => edit.set(`${REQUEST}/properties/settings/properties`, { color: { type: "string" } }),
    ["major", "request"],
  ),
  same("a header parameter is written in other letters", (edit) => edit.set(`${LIST}/parameters/2/name`, "x-trace"), [
    "major",
    "request",
  ]),
  same(
    "a text tells which of several schemas it is",
    (edit) => edit.set(`${REQUEST}/properties/target/discriminator`, { propertyName: "kind" }),
    ["major", "request"],
  ),
  same(
    "a field that is constant in each of several schemas tells which it is",
    (edit) =>
      edit.set(`${REQUEST}/properties/target/discriminator`, {
        propertyName: "name",
        mapping: { Url: "#/components/schemas/UrlTarget", Queue: "QueueTarget" },
      }),
    ["patch", "request"],
  ),
  same(
    "one field asks for two others in place of one",
    (edit) => {
      edit.set(`${REQUEST}/dependentRequired/comment`, ["score", "note"]);
    },
    ["major", "request"],
  ),
  row(
    "numbers between the multiples may be sent",
    (edit) => edit.set(`${REQUEST}/properties/score/multipleOf`, 0.1),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a limit no longer holds for itself",
    (edit) => {
      edit.set(`${REQUEST}/properties/score/minimum`, 1);
      edit.set(`${REQUEST}/properties/score/exclusiveMinimum`, 1);
    },
    ["major", "request"],
    ["minor", "request"],
  ),
  row(
    "items may be anything",
    (edit) => edit.remove(`${REQUEST}/properties/events/items`),
    ["minor", "request"],
    ["major", "request"],
  ),
  row(
    "a field that could be anything is a text",
    (edit) => edit.set(`${REQUEST}/properties/anything`, { type: "string" }),
    ["major", "request"],
    ["minor", "request"],
  ),
];

const RESPONSES = [
  row(
    "a header is written in place",
    (edit) => {
      const header = "X-User-Hour-Limit-Remaining";
      edit.copy(`components/headers/${header}`, `components/responses/TooManyRequests/headers/${header}`);
    },
    ["major", "response"],
    ["minor", "response"],
  ),
  same(
    "what a field refers to, and adds to it, is written in place",
    (edit) => {
      edit.copy(`${SCHEMAS}/UserInfo`, `${RESPONSE}/properties/createdUserInfo`);
      edit.set(`${RESPONSE}/properties/createdUserInfo/readOnly`, true);
    },
    ["patch", "documentation"],
  ),
  row(
    "what a field refers to is written in place, without what it adds",
    (edit) => edit.copy(`${SCHEMAS}/UserInfo`, `${RESPONSE}/properties/createdUserInfo`),
    ["minor", "response"],
    ["major", "response"],
  ),
  same(
    "the values that are known of a list that grows are written in place",
    (edit) => edit.set(`${SCHEMAS}/AnyWebhookStatus/anyOf/0`, { type: "string", enum: ["ACTIVE", "INACTIVE"] }),
    ["minor", "response"],
  ),
  row(
    "an optional field is added",
    (edit) => edit.set(`${RESPONSE}/properties/color`, { type: "string" }),
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "fields are added that have the names of keywords",
    (edit) => {
      for (const name of ["x-color", "example", "required"])
        edit.set(`${RESPONSE}/properties/${name}`, { type: "string" });
    },
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "a field that is always there is added",
    (edit) => {
      edit.set(`${RESPONSE}/properties/color`, { type: "string" });
      edit.add(`${RESPONSE}/required`, "color");
    },
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "a field may be missing",
    (edit) => edit.drop(`${RESPONSE}/required`, "publicKey"),
    ["major", "response"],
    ["minor", "response"],
  ),
  same("a field is renamed", (edit) => edit.rename(`${RESPONSE}/properties/keyGenerationTimestamp`, "keyDate"), [
    "major",
    "response",
  ]),
  row(
    "a field may be null",
    (edit) => edit.set(`${RESPONSE}/properties/url/type`, ["string", "null"]),
    ["major", "response"],
    ["minor", "response"],
  ),
  same("a type changes", (edit) => edit.set(`${RESPONSE}/properties/version/type`, "string"), ["major", "response"]),
  row(
    "an integer may be a fraction",
    (edit) => edit.set(`${RESPONSE}/properties/version/type`, "number"),
    ["major", "response"],
    ["patch", "response"],
  ),
  row(
    "a field within a field is added",
    (edit) => edit.set(`${SCHEMAS}/UserInfo/properties/email`, { type: "string" }),
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "a value is added to a list of values that is open",
    (edit) => edit.add(`${SCHEMAS}/WebhookEventLogStatus/enum`, "QUEUED"),
    ["minor", "response"],
    ["major", "response"],
  ),
  same(
    "a value is renamed in a list of values that is open",
    (edit) => edit.set(`${SCHEMAS}/WebhookEventLogStatus/enum/0`, "RUNNING"),
    ["major", "response"],
  ),
  same(
    "a value is added to a list of values that is closed",
    (edit) => edit.add(`${SCHEMAS}/WebhookPage/properties/order/enum`, "random"),
    ["major", "response"],
  ),
  same(
    "a list of values that was open is closed",
    (edit) => edit.set(`${RESPONSE}/properties/status/$ref`, "#/components/schemas/WebhookStatus"),
    ["major", "response"],
  ),
  row(
    "a format is no longer promised",
    (edit) => edit.remove(`${RESPONSE}/properties/creationDate/format`),
    ["major", "response"],
    ["patch", "response"],
  ),
  row(
    "a limit is promised",
    (edit) => edit.set(`${RESPONSE}/properties/name/maxLength`, 100),
    ["patch", "response"],
    ["major", "response"],
  ),
  row(
    "a field may be read by any name",
    (edit) => edit.set(`${SCHEMAS}/UserInfo/additionalProperties`, true),
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "no unknown field comes",
    (edit) => edit.set(`${RESPONSE}/additionalProperties`, false),
    ["major", "response"],
    ["minor", "response"],
  ),
  row(
    "a status of an error is added",
    (edit) => edit.set(`${CREATE}/responses/409`, { description: "There is one already." }),
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "a status of success with another body is added",
    (edit) =>
      edit.set(`${CREATE}/responses/202`, {
        description: "Later.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/UserInfo" } } },
      }),
    ["major", "response"],
    ["major", "name", "response"],
  ),
  row(
    "a header is added",
    (edit) => edit.set(`${CREATE}/responses/201/headers`, { Location: { schema: { type: "string" } } }),
    ["minor", "response"],
    ["major", "response"],
  ),
  same(
    "the schema of a body is another one",
    (edit) =>
      edit.set(`${CREATE}/responses/201/content/application~1json/schema/$ref`, "#/components/schemas/WebhookEventLog"),
    ["major", "response"],
  ),
  same(
    "items are another schema, which promises nothing",
    (edit) => edit.set(`${SCHEMAS}/WebhookPage/properties/items/items/$ref`, "#/components/schemas/UserInfo"),
    ["major", "response"],
  ),
  same("another status of success has the body", (edit) => edit.rename(`${CREATE}/responses/201`, "200"), [
    "major",
    "response",
  ]),
  same("items are of another type", (edit) => edit.set(`${RESPONSE}/properties/events/items`, { type: "integer" }), [
    "major",
    "response",
  ]),
  row(
    "a field is deprecated",
    (edit) => edit.set(`${RESPONSE}/properties/version/deprecated`, true),
    ["minor", "response"],
    ["patch", "response"],
  ),
  row(
    "a field that is a reference is deprecated",
    (edit) => edit.set(`${RESPONSE}/properties/status/deprecated`, true),
    ["minor", "response"],
    ["patch", "response"],
  ),
  row(
    "a field that is a reference may be assigned to",
    (edit) => edit.remove(`${RESPONSE}/properties/createdUserInfo/readOnly`),
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "a field is promised beside a reference",
    (edit) => edit.set(`${RESPONSE}/properties/address/required`, ["zip"]),
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "the values of a map may be anything",
    (edit) => edit.set(`${RESPONSE}/properties/labels/additionalProperties`, true),
    ["major", "response"],
    ["minor", "response"],
  ),
  same(
    "an object of any fields names one",
    (edit) => edit.set(`${SCHEMAS}/ErrorBody/properties`, { message: { type: "string" } }),
    ["major", "response"],
  ),
  row(
    "a map names a field",
    (edit) => edit.set(`${RESPONSE}/properties/labels/properties`, { color: { type: "string" } }),
    ["minor", "response"],
    ["major", "response"],
  ),
  same(
    "the first items have schemas of their own",
    (edit) => edit.set(`${RESPONSE}/properties/events/prefixItems`, [{ type: "integer" }]),
    ["major", "response"],
  ),
  same(
    "a text tells which of several schemas it is",
    (edit) => edit.set(`${RESPONSE}/properties/target/discriminator`, { propertyName: "kind" }),
    ["major", "response"],
  ),
  row(
    "a field that could be anything is a text",
    (edit) => edit.set(`${RESPONSE}/properties/anything`, { type: "string" }),
    ["minor", "response"],
    ["major", "response"],
  ),
  row(
    "a field that is a reference may be null",
    (edit) => edit.set(`${RESPONSE}/properties/address`, { oneOf: [schemaRef("Address"), { type: "null" }] }),
    ["major", "response"],
    ["minor", "response"],
  ),
];

const DELIVERIES = [
  row(
    "the first type of a delivery is another one",
    (edit) =>
      edit.set(`${SCHEMAS}/AnalysisFailedDelivery/allOf/1/properties/type`, {
        type: "string",
        enum: ["analysis.stopped", "analysis.failed"],
      }),
    ["major", "name"],
    ["major", "delivery"],
  ),
  row(
    "a delivery is added",
    (edit) => {
      edit.copy("webhooks/analysis.completed", "webhooks/analysis.archived");
      edit.copy(`${SCHEMAS}/AnalysisCompletedDelivery`, `${SCHEMAS}/AnalysisArchivedDelivery`);
      edit.set(`${SCHEMAS}/AnalysisArchivedDelivery/allOf/1/properties/type/const`, "analysis.archived");
      edit.set("webhooks/analysis.archived/post/requestBody/content/application~1json", {
        schema: { $ref: "#/components/schemas/AnalysisArchivedDelivery" },
      });
    },
    ["minor", "delivery", "name"],
    ["major", "delivery", "name"],
  ),
  same(
    "a delivery has another type",
    (edit) => edit.set(`${SCHEMAS}/AnalysisCompletedDelivery/allOf/1/properties/type/const`, "analysis.done"),
    ["major", "delivery"],
  ),
  same("a delivery is listed under another key", (edit) => edit.rename("webhooks/analysis.failed", "failed"), [
    "major",
    "delivery",
  ]),
  row(
    "a field is added",
    (edit) => edit.set(`${DATA}/properties/period`, { type: "string" }),
    ["minor", "delivery"],
    ["major", "delivery"],
  ),
  row(
    "a field of every delivery is added",
    (edit) => edit.set(`${ENVELOPE}/properties/region`, { type: "string" }),
    ["minor", "delivery"],
    ["major", "delivery"],
  ),
  row(
    "a field may be missing",
    (edit) => edit.drop(`${DATA}/required`, "analysisResultId"),
    ["major", "delivery"],
    ["minor", "delivery"],
  ),
  row(
    "a field may be null",
    (edit) => edit.set(`${DATA}/properties/engagementId/type`, ["string", "null"]),
    ["major", "delivery"],
    ["minor", "delivery"],
  ),
  same("a type changes", (edit) => edit.set(`${DATA}/properties/analysisId/type`, "integer"), ["major", "delivery"]),
  same("a field is renamed", (edit) => edit.rename(`${DATA}/properties/eventId`, "event"), ["major", "delivery"]),
  row(
    "a format is no longer promised",
    (edit) => edit.remove(`${ENVELOPE}/properties/timestamp/format`),
    ["major", "delivery"],
    ["patch", "delivery"],
  ),
  row(
    "the body may be missing",
    (edit) => edit.set(`${COMPLETED}/requestBody/required`, false),
    ["major", "delivery"],
    ["minor", "delivery"],
  ),
  same("a delivery comes by another method", (edit) => edit.rename(COMPLETED, "put"), ["major", "delivery"]),
  row(
    "a header is added",
    (edit) =>
      edit.add(`${COMPLETED}/parameters`, { name: "webhook-attempt", in: "header", schema: { type: "integer" } }),
    ["minor", "delivery"],
    ["major", "delivery"],
  ),
  row(
    "a header may be missing",
    (edit) => edit.set("components/parameters/DeliveryTimestamp/required", false),
    ["major", "delivery"],
    ["minor", "delivery"],
  ),
  same("a text becomes one of a list of values", (edit) => edit.set(`${DATA}/properties/eventId/enum`, ["a", "b"]), [
    "major",
    "delivery",
  ]),
  row(
    "a delivery is deprecated",
    (edit) => edit.set(`${COMPLETED}/deprecated`, true),
    ["minor", "delivery"],
    ["patch", "delivery"],
  ),
  same(
    "two deliveries change their types",
    (edit) => {
      edit.set(`${SCHEMAS}/AnalysisCompletedDelivery/allOf/1/properties/type/const`, "analysis.failed");
      edit.set(`${SCHEMAS}/AnalysisFailedDelivery/allOf/1/properties/type/const`, "analysis.completed");
    },
    ["major", "delivery", "name"],
  ),
  row(
    "a type of delivery gets a body of its own",
    (edit) => splitExport(edit, "AnalysisResult"),
    ["major", "delivery"],
    ["major", "delivery", "name"],
  ),
  row(
    "a type of delivery is listed by itself, with the body that it had",
    (edit) => splitExport(edit, "AnalysisFailure"),
    ["minor", "name"],
    ["major", "delivery", "name"],
  ),
  same(
    "a header is written in other letters",
    (edit) => edit.set("components/parameters/DeliveryId/name", "Webhook-Id"),
    ["major", "delivery"],
  ),
  same(
    "a media type is added",
    (edit) => edit.set(`${FAILED}/requestBody/content/text~1plain`, { schema: { type: "string" } }),
    ["major", "delivery"],
  ),
  same(
    "an object of any fields names one",
    (edit) => edit.set(`${ENVELOPE}/properties/data/properties`, { eventId: { type: "string" } }),
    ["major", "delivery"],
  ),
  row(
    "another status may be answered",
    (edit) => edit.set(`${COMPLETED}/responses/3XX`, { description: "Elsewhere." }),
    ["minor", "answer"],
    ["major", "answer"],
  ),
];

const ACCESS = [
  row("a call needs no token", (edit) => edit.set(`${GET}/security`, []), ["minor", "security"], ["major", "security"]),
  row(
    "there is another way to authenticate",
    (edit) => {
      edit.set("components/securitySchemes/key", { type: "apiKey", in: "header", name: "x-api-key" });
      edit.add("security", { key: [] });
    },
    ["minor", "security"],
    ["major", "security"],
  ),
  same(
    "the way to authenticate is another one",
    (edit) => edit.set("components/securitySchemes/bearer", { type: "http", scheme: "basic" }),
    ["major", "security"],
  ),
  row(
    "a call needs no token, of a path that is written among the components",
    (edit) => edit.set(`${KEY}/security`, []),
    ["minor", "security"],
    ["major", "security"],
  ),
  same(
    "a scope is described otherwise, and another one is listed",
    (edit) =>
      edit.set("components/securitySchemes/oauth/flows/clientCredentials/scopes", {
        read: "Another.",
        write: "Write.",
      }),
    ["none"],
  ),
  same(
    "a token comes from another address",
    (edit) =>
      edit.set("components/securitySchemes/oauth/flows/clientCredentials/tokenUrl", "https://mindbridge.example/other"),
    ["major", "security"],
  ),
  same("the API moves to another host", (edit) => edit.replace("mindbridge.ai/api", "mindbridge.example/api"), [
    "minor",
    "address",
  ]),
  same(
    "the address has another variable",
    (edit) => {
      edit.set("servers/0/url", "https://{tenant}.{region}.mindbridge.ai/api");
      edit.set("servers/0/variables/region", { default: "eu" });
    },
    ["major", "address"],
  ),
  same(
    "a variable of the address has to look otherwise",
    (edit) => edit.set("servers/0/variables/tenant/x-pattern", "^[a-z]+$"),
    ["major", "address"],
  ),
  same("a second server is listed", (edit) => edit.add("servers", { url: "https://other.example.com/api" }), [
    "patch",
    "address",
  ]),
];

const DOCUMENTATION = [
  same("the description of the document", (edit) => edit.set("info/description", "Another one."), [
    "patch",
    "documentation",
  ]),
  same("the description of an operation", (edit) => edit.set(`${GET}/description`, "Another one."), [
    "patch",
    "documentation",
  ]),
  same("the summary of a delivery", (edit) => edit.set(`${COMPLETED}/summary`, "Another one."), [
    "patch",
    "documentation",
  ]),
  same("the description of a field", (edit) => edit.set(`${NAME}/description`, "Another one."), [
    "patch",
    "documentation",
  ]),
  same("the description of a response", (edit) => edit.set(`${CREATE}/responses/201/description`, "Another one."), [
    "patch",
    "documentation",
  ]),
  same("the example of a response", (edit) => edit.set("components/examples/Webhook/value/version", 2), [
    "patch",
    "documentation",
  ]),
  same("the example of a parameter", (edit) => edit.set(`${GET}/parameters/0/example`, "another"), [
    "patch",
    "documentation",
  ]),
  same("where a description comes from", (edit) => edit.set(`${GET}/x-source`, "Elsewhere"), ["none", "documentation"]),
  same("the dialect of the schemas", (edit) => edit.set("jsonSchemaDialect", "https://example.com/dialect"), [
    "patch",
    "documentation",
  ]),
  same(
    "a link to another operation",
    (edit) => edit.set(`${CREATE}/responses/201/links`, { get: { operationId: "webhooks.get" } }),
    ["patch", "documentation"],
  ),
  same("the version of OpenAPI", (edit) => edit.set("openapi", "3.1.2"), ["patch", "documentation"]),
  same("the version", (edit) => edit.set("info/version", "9.9.9"), ["none", "documentation"]),
  same(
    "the order of fields",
    (edit) => {
      edit.copy(`${RESPONSE}/properties/id`, "components/schemas/Webhook/properties/last");
      edit.remove(`${RESPONSE}/properties/id`);
      edit.rename(`${RESPONSE}/properties/last`, "id");
    },
    ["none"],
  ),
  same(
    "a schema is written in another way",
    (edit) => {
      edit.set(`${RESPONSE}/properties/name/allOf`, [{ type: "string" }]);
      edit.remove(`${RESPONSE}/properties/name/type`);
    },
    ["patch", "documentation"],
  ),
  same(
    "a field that may be null is written in another way",
    (edit) => edit.set(`${REQUEST}/properties/note`, { anyOf: [{ type: "string", maxLength: 100 }, { type: "null" }] }),
    ["patch", "documentation"],
  ),
  same(
    "a reference is written in an allOf",
    (edit) => edit.set(`${REQUEST}/properties/address`, { allOf: [schemaRef("Address")] }),
    ["none"],
  ),
  same(
    "a description beside a reference",
    (edit) => edit.set(`${REQUEST}/properties/address/description`, "Where the receiver stands."),
    ["patch", "documentation"],
  ),
];

/** Where an extension of OpenAPI is added. */
const EXTENDED = {
  document: "",
  operation: `${GET}/`,
  parameter: `${LIST}/parameters/0/`,
  response: `${CREATE}/responses/201/`,
  schema: `${RESPONSE}/`,
  field: `${NAME}/`,
  "security scheme": "components/securitySchemes/bearer/",
};
const EXTENSIONS = Object.entries(EXTENDED).map(([where, at]) =>
  same(`of a ${where}`, (edit) => edit.set(`${at}x-meta`, { of: ["a", { value: 1 }] }), ["none", "documentation"]),
);

/** What a keyword has where it is not stated. */
const STATED: Readonly<Record<string, unknown>> = {
  [`${REQUEST}/properties/events/uniqueItems`]: false,
  [`${NAME}/nullable`]: false,
  [`${REQUEST}/properties/technicalContactId/minLength`]: 0,
  [`${RESPONSE}/properties/url/minLength`]: 0,
  [`${RESPONSE}/properties/events/minItems`]: 0,
  [`${REQUEST}/properties/labels/minProperties`]: 0,
  [`${NAME}/readOnly`]: false,
  [`${RESPONSE}/properties/name/writeOnly`]: false,
  [`${NAME}/deprecated`]: false,
  [`${GET}/deprecated`]: false,
  [`${SCHEMAS}/UserInfo/required`]: [],
  [`${LIST}/parameters/0/required`]: false,
  [`${LIST}/parameters/0/allowReserved`]: false,
  "components/headers/X-User-Hour-Limit-Remaining/required": false,
};
const DEFAULTS = Object.entries(STATED).map(([at, value]) => same(at, (edit) => edit.set(at, value), ["none"]));

/** By what they are about. */
export const SINGLE_CHANGES: Readonly<Record<string, readonly SingleChange[]>> = {
  names: NAMES,
  requests: REQUESTS,
  responses: RESPONSES,
  deliveries: DELIVERIES,
  access: ACCESS,
  documentation: DOCUMENTATION,
  "an extension is added": EXTENSIONS,
  "a default is stated": DEFAULTS,
};
