import { edits } from "../../src/index.ts";
import { both, type Change, narrows, widens } from "./change.ts";
import { COMPLETED, GET, JSON_BODY, KEY, LOG, LOG_PATH, QUERY, SCHEMAS, schemaRef, WEBHOOK_PATH } from "./places.ts";

const { copy, remove, rename, replaceText, set } = edits;

/** Changes of the names that users write in their code. */
export const NAMES: readonly Change[] = [
  {
    title: "an operation is added",
    edits: [
      set(`${WEBHOOK_PATH}~1state`, {}),
      copy(GET, `${WEBHOOK_PATH}~1state/get`),
      set(`${WEBHOOK_PATH}~1state/get/operationId`, "webhooks.getState"),
    ],
    ...widens("name"),
  },
  {
    title: "an operation is renamed",
    edits: [set(`${GET}/operationId`, "webhooks.read")],
    ...both("major", "name"),
    noticed: "by tests",
  },
  {
    title: "an operation moves to another path",
    edits: [rename(WEBHOOK_PATH, "/v2/webhooks/{webhookId}")],
    ...both("major", "name"),
    noticed: "by tests",
  },
  {
    title: "an operation takes another method",
    edits: [rename(GET, "patch")],
    ...both("major", "name"),
    noticed: "by tests",
  },
  {
    title: "a path parameter is renamed",
    edits: [
      replaceText("{webhookId}", "{id}"),
      ...["get", "put", "delete"].map((method) => set(`/paths/~1v1~1webhooks~1{id}/${method}/parameters/0/name`, "id")),
    ],
    ...both("major", "name"),
    noticed: "by tests",
  },
  {
    title: "an operation loses its pages",
    edits: [remove(`${QUERY}/x-pagination`)],
    ...narrows("name"),
    noticed: "by tests",
  },
  {
    title: "pages no longer say how many there are",
    edits: [remove(`${QUERY}/x-pagination/total`)],
    ...both("patch", "name"),
    noticed: { byReferenceAlone: "the mock's pages end" },
  },
  {
    title: "an operation is no longer said to only read",
    edits: [remove(`${QUERY}/x-safe`)],
    ...both("patch", "name"),
    noticed: { byReferenceAlone: "contract tests call once" },
  },
  {
    title: "a schema is added that nothing uses",
    edits: [set(`${SCHEMAS}/Key`, { type: "string" })],
    ...widens("name"),
  },
  {
    title: "a schema is renamed",
    edits: [rename(`${SCHEMAS}/UserInfo`, "Person"), replaceText("schemas/UserInfo", "schemas/Person")],
    ...both("major", "name"),
  },
  {
    title: "a shared response is renamed",
    edits: [
      rename("/components/responses/NotFound", "Missing"),
      replaceText("responses/NotFound", "responses/Missing"),
    ],
    ...both("major", "name"),
  },
  {
    title: "a schema that refers to itself is renamed",
    edits: [rename(`${SCHEMAS}/Address`, "Place"), replaceText("schemas/Address", "schemas/Place")],
    ...both("major", "name"),
  },
  {
    title: "an operation is deprecated",
    edits: [set(`${GET}/deprecated`, true)],
    made: ["minor", "name"],
    undone: ["patch", "name"],
  },
  {
    title: "an operation in the components is deprecated",
    edits: [set(`${KEY}/deprecated`, true)],
    made: ["minor", "name"],
    undone: ["patch", "name"],
  },
  {
    title: "a path item moves to the components",
    edits: [
      copy(WEBHOOK_PATH, "/components/pathItems/Webhook"),
      set(WEBHOOK_PATH, { $ref: "#/components/pathItems/Webhook" }),
    ],
    ...widens("name"),
  },
  {
    title: "a delivery moves to the components",
    edits: [
      copy("/webhooks/analysis.completed", "/components/pathItems/Completed"),
      set("/webhooks/analysis.completed", { $ref: "#/components/pathItems/Completed" }),
    ],
    ...widens("name"),
  },
  {
    title: "a body has a schema of another name that means the same",
    edits: [
      copy(`${SCHEMAS}/WebhookEventLog`, `${SCHEMAS}/LogDetail`),
      set(`${LOG}/responses/200/${JSON_BODY}/schema`, schemaRef("LogDetail")),
    ],
    ...both("major", "name"),
  },
  {
    title: "an example is renamed",
    edits: [rename(`${GET}/responses/200/${JSON_BODY}/examples/newerEvent`, "newer")],
    ...both("major", "name"),
  },
  {
    title: "an example is added",
    edits: [set(`${GET}/responses/200/${JSON_BODY}/examples/another`, { value: {} })],
    ...widens("name"),
  },
  {
    title: "a shared response loses its example",
    edits: [remove(`/components/responses/NotFound/${JSON_BODY}/example`)],
    ...narrows("name"),
  },
  {
    title: "an example of a delivery is renamed",
    edits: [rename(`${COMPLETED}/requestBody/${JSON_BODY}/examples/analysisCompleted`, "completed")],
    ...both("major", "name"),
  },
  {
    title: "a delivery gets an operationId",
    edits: [set(`${COMPLETED}/operationId`, "onCompleted")],
    ...widens("name"),
  },
  {
    title: "the operationId of a delivery is another one",
    edits: [set("/webhooks/export/post/operationId", "exported")],
    ...both("major", "name"),
  },
  {
    title: "a part of the path is renamed",
    edits: [rename(LOG_PATH, "/v1/webhook-logs/{webhookEventId}")],
    noticed: "by tests",
  },
  {
    title: "an operation is dropped",
    edits: [remove(LOG_PATH)],
    noticed: "by tests",
  },
];
