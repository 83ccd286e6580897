import { edits } from "../../src/index.ts";
import { both, type Change, widens } from "./change.ts";
import { DATA, ENVELOPE, GET, REQUEST, RESPONSE, SCHEMAS, schemaRef, WEBHOOK_PATH } from "./places.ts";

const { addItems, copy, remove, removeItem, set } = edits;

const COMPLETED = `${SCHEMAS}/AnalysisCompletedDelivery`;

/** The fields of `AnalysisFailure` with these names. */
const fields = (...names: readonly string[]) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
});

/** Changes of how a thing is written, which leave its meaning as it was. */
export const REWRITTEN: readonly Change[] = [
  {
    title: "a part of an allOf that is a $ref is written inline",
    edits: [copy(ENVELOPE, `${COMPLETED}/allOf/0`)],
    ...both("patch", "documentation"),
  },
  {
    title: "a part of an allOf moves to the components",
    edits: [copy(`${COMPLETED}/allOf/1`, `${SCHEMAS}/Completed`), set(`${COMPLETED}/allOf/1`, schemaRef("Completed"))],
    ...widens("name"),
  },
  {
    title: "a field that two parts of an allOf require is required by one",
    edits: [removeItem(`${COMPLETED}/allOf/1/required`, "data")],
    ...both("patch", "documentation"),
  },
  {
    title: "an allOf has a part that only describes",
    edits: [addItems(`${COMPLETED}/allOf`, { title: "Completed." })],
    ...both("patch", "documentation"),
  },
  {
    title: "a schema is written in two parts",
    edits: [
      set(`${SCHEMAS}/AnalysisFailure`, {
        allOf: [
          { ...fields("eventId", "analysisId"), required: ["analysisId"] },
          { ...fields("analysisResultId", "engagementId"), required: ["engagementId"] },
        ],
      }),
    ],
    ...both("patch", "documentation"),
  },
  {
    title: "a shared schema is put between two others",
    edits: [
      set(`${SCHEMAS}/AnalysisDelivery`, { allOf: [schemaRef("DeliveryEnvelope")] }),
      ...["Completed", "Failed"].map((which) =>
        set(`${SCHEMAS}/Analysis${which}Delivery/allOf/0`, schemaRef("AnalysisDelivery")),
      ),
    ],
    ...widens("name"),
  },
  {
    title: "the type of an object beside its fields",
    edits: [remove(`${DATA}/type`)],
    ...both("patch", "documentation"),
  },
  {
    title: "the type of a text beside its values",
    edits: [remove(`${SCHEMAS}/WebhookStatus/type`)],
    ...both("patch", "documentation"),
  },
  {
    title: "a field of a response that may be null is written in another way",
    edits: [set(`${SCHEMAS}/WebhookList/properties/next`, { anyOf: [{ type: "string" }, { type: "null" }] })],
    ...both("patch", "documentation"),
  },
  {
    title: "a oneOf of one",
    edits: [set(`${REQUEST}/properties/comment`, { oneOf: [{ type: "string", maxLength: 100 }] })],
    ...both("patch", "documentation"),
  },
  {
    title: "a oneOf of one with a default",
    edits: [set(`${SCHEMAS}/QueryFilter`, { oneOf: [{ type: "object", default: {} }] })],
    ...both("patch", "documentation"),
  },
  {
    title: "a constant is a list of one value",
    edits: [set(`${SCHEMAS}/UrlTarget/properties/name`, { type: "string", enum: ["Url"] })],
    ...both("patch", "documentation"),
  },
  {
    title: "a list of values is a oneOf of constants",
    edits: [
      set(`${SCHEMAS}/WebhookList/properties/order`, { oneOf: [{ const: "descending" }, { const: "ascending" }] }),
    ],
    ...both("patch", "documentation"),
  },
  {
    title: "a list of types is a choice",
    edits: [set(`${RESPONSE}/properties/note`, { oneOf: [{ type: "null" }, { type: "string", maxLength: 100 }] })],
    ...both("patch", "documentation"),
  },
  {
    title: "a parameter moves to its path item",
    edits: [copy(`${GET}/parameters`, `${WEBHOOK_PATH}/parameters`), remove(`${GET}/parameters`)],
    ...both("patch", "documentation"),
  },
];
