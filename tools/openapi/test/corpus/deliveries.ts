import { type Edit, edits } from "../../src/index.ts";
import { both, type Change, narrows, widens } from "./change.ts";
import { COMPLETED, DATA, ENVELOPE, FAILED, JSON_BODY, SCHEMAS, schemaRef } from "./places.ts";

const { add, addItems, copy, remove, removeItem, rename, replace, set } = edits;

/** Lists one of the two types of `webhooks/export` by itself. */
const splitExport = (data: string): readonly Edit[] => [
  copy("/webhooks/export", "/webhooks/export.failed"),
  copy(`${SCHEMAS}/ExportDelivery`, `${SCHEMAS}/ExportFailedDelivery`),
  removeItem(`${SCHEMAS}/ExportDelivery/properties/type/enum`, "export.failed"),
  set(`${SCHEMAS}/ExportFailedDelivery/properties/type`, { type: "string", const: "export.failed" }),
  set(`${SCHEMAS}/ExportFailedDelivery/properties/data`, schemaRef(data)),
  set(`/webhooks/export.failed/post/requestBody/${JSON_BODY}/schema`, schemaRef("ExportFailedDelivery")),
  remove("/webhooks/export.failed/post/operationId"),
];

/** Changes of what MindBridge sends by itself. */
export const DELIVERIES: readonly Change[] = [
  {
    title: "the first type of a delivery is another one",
    edits: [
      set(`${SCHEMAS}/AnalysisFailedDelivery/allOf/1/properties/type`, {
        type: "string",
        enum: ["analysis.stopped", "analysis.failed"],
      }),
    ],
    made: ["major", "name"],
    undone: ["major", "delivery"],
  },
  {
    title: "a delivery is added",
    edits: [
      copy("/webhooks/analysis.completed", "/webhooks/analysis.archived"),
      copy(`${SCHEMAS}/AnalysisCompletedDelivery`, `${SCHEMAS}/AnalysisArchivedDelivery`),
      set(`${SCHEMAS}/AnalysisArchivedDelivery/allOf/1/properties/type/const`, "analysis.archived"),
      set(`/webhooks/analysis.archived/post/requestBody/${JSON_BODY}`, {
        schema: { $ref: "#/components/schemas/AnalysisArchivedDelivery" },
      }),
    ],
    ...widens("delivery", "name"),
  },
  {
    title: "a delivery has another type",
    edits: [
      replace(`${SCHEMAS}/AnalysisCompletedDelivery/allOf/1/properties/type/const`, "analysis.succeeded"),
      replace(`${COMPLETED}/requestBody/${JSON_BODY}/examples/analysisCompleted/value/type`, "analysis.succeeded"),
    ],
    ...both("major", "delivery"),
    noticed: "by tests",
  },
  {
    title: "a delivery is listed under another key",
    edits: [rename("/webhooks/analysis.failed", "failed")],
    ...both("major", "delivery"),
    noticed: "by tests",
  },
  { title: "a field is added", edits: [set(`${DATA}/properties/period`, { type: "string" })], ...widens("delivery") },
  {
    title: "a field of every delivery is added",
    edits: [set(`${ENVELOPE}/properties/region`, { type: "string" })],
    ...widens("delivery"),
  },
  {
    title: "a field may be missing",
    edits: [removeItem(`${DATA}/required`, "analysisResultId")],
    ...narrows("delivery"),
    noticed: "by tests",
  },
  {
    title: "a field may be null",
    edits: [set(`${DATA}/properties/engagementId/type`, ["string", "null"])],
    ...narrows("delivery"),
  },
  {
    title: "a schema may be null that is only used where null is not allowed",
    edits: [set(`${DATA}/type`, ["object", "null"])],
    ...narrows("delivery"),
  },
  {
    title: "a type changes",
    edits: [set(`${DATA}/properties/analysisId/type`, "integer")],
    ...both("major", "delivery"),
    noticed: "by tests",
  },
  { title: "a field is renamed", edits: [rename(`${DATA}/properties/eventId`, "event")], ...both("major", "delivery") },
  {
    title: "a format is no longer promised",
    edits: [remove(`${ENVELOPE}/properties/timestamp/format`)],
    made: ["major", "delivery"],
    undone: ["patch", "delivery"],
    noticed: "by tests",
  },
  {
    title: "the body may be missing",
    edits: [set(`${COMPLETED}/requestBody/required`, false)],
    ...narrows("delivery"),
  },
  {
    title: "a delivery comes by another method",
    edits: [rename(COMPLETED, "put")],
    ...both("major", "delivery"),
    noticed: "by tests",
  },
  {
    title: "a header is added",
    edits: [
      addItems(`${COMPLETED}/parameters`, { name: "webhook-attempt", in: "header", schema: { type: "integer" } }),
    ],
    ...widens("delivery"),
  },
  {
    title: "a header may be missing",
    edits: [set("/components/parameters/DeliveryTimestamp/required", false)],
    ...narrows("delivery"),
    noticed: "by tests",
  },
  {
    title: "a text becomes an enum",
    edits: [set(`${DATA}/properties/eventId/enum`, ["a", "b"])],
    ...both("major", "delivery"),
  },
  {
    title: "a delivery is deprecated",
    edits: [set(`${COMPLETED}/deprecated`, true)],
    made: ["minor", "delivery"],
    undone: ["patch", "delivery"],
  },
  {
    title: "two deliveries change their types",
    edits: [
      set(`${SCHEMAS}/AnalysisCompletedDelivery/allOf/1/properties/type/const`, "analysis.failed"),
      set(`${SCHEMAS}/AnalysisFailedDelivery/allOf/1/properties/type/const`, "analysis.completed"),
    ],
    ...both("major", "delivery", "name"),
  },
  {
    title: "a type of delivery is listed by itself, with another body",
    edits: splitExport("AnalysisResult"),
    made: ["major", "delivery"],
    undone: ["major", "delivery", "name"],
  },
  {
    title: "a type of delivery is listed by itself, with the same body",
    edits: splitExport("AnalysisFailure"),
    made: ["minor", "name"],
    undone: ["major", "delivery", "name"],
  },
  {
    title: "the name of a header changes its case",
    edits: [set("/components/parameters/DeliveryId/name", "Webhook-Id")],
    ...both("major", "delivery"),
  },
  {
    title: "a media type is added",
    edits: [set(`${FAILED}/requestBody/content/text~1plain`, { schema: { type: "string" } })],
    ...both("major", "delivery"),
  },
  {
    title: "an object of any fields names one",
    edits: [set(`${ENVELOPE}/properties/data/properties`, { eventId: { type: "string" } })],
    ...both("major", "delivery"),
  },
  {
    title: "another status may be answered",
    edits: [set(`${COMPLETED}/responses/3XX`, { description: "Elsewhere." })],
    ...widens("answer"),
  },
  {
    title: "a delivery is dropped",
    edits: [
      remove("/webhooks/analysis.failed"),
      remove(`${SCHEMAS}/AnalysisFailedDelivery`),
      remove(`${SCHEMAS}/AnalysisFailure`),
    ],
    noticed: "by tests",
  },
  {
    title: "the type of a delivery may be any text",
    edits: [remove(`${SCHEMAS}/AnalysisFailedDelivery/allOf/1/properties/type/const`)],
    noticed: "by tests",
  },
  {
    title: "a field is dropped",
    edits: [remove(`${DATA}/properties/analysisResultId`), removeItem(`${DATA}/required`, "analysisResultId")],
    noticed: "by tests",
  },
  {
    title: "an optional field is dropped",
    edits: [remove(`${SCHEMAS}/AnalysisFailure/properties/analysisResultId`)],
    noticed: "by tests",
  },
  {
    title: "a field of every delivery may be missing",
    edits: [removeItem(`${ENVELOPE}/required`, "senderId")],
    noticed: "by tests",
  },
  {
    title: "a field of every delivery has another type",
    edits: [replace(`${ENVELOPE}/properties/userId/type`, "integer")],
    noticed: "by tests",
  },
  { title: "no unknown field comes", edits: [add(`${DATA}/additionalProperties`, false)], noticed: "by tests" },
  { title: "a header is dropped", edits: [remove(`${FAILED}/parameters/2`)], noticed: "by tests" },
  {
    title: "a header is renamed",
    edits: [replace("/components/parameters/DeliveryId/name", "x-webhook-id")],
    noticed: "by tests",
  },
  {
    title: "a header has another type",
    edits: [replace("/components/parameters/DeliveryTimestamp/schema", { type: "string" })],
    noticed: "by tests",
  },
  {
    title: "a delivery brings a token",
    edits: [remove(`${COMPLETED}/security`)],
    noticed: { byReferenceAlone: "The mock sends no deliveries, and the types say nothing of how a call is secured." },
  },
];
