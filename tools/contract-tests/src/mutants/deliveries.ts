import { add, remove, removeItem, rename, replace } from "./edits.ts";
import type { Mutant } from "./mutant.ts";

const SCHEMAS = "/components/schemas";
const COMPLETED = "/webhooks/analysis.completed";
const envelope = (name: string): string => `${SCHEMAS}/DeliveryEnvelope/properties/${name}`;

/** Changes of what MindBridge sends by itself. */
export const DELIVERY_MUTANTS: readonly Mutant[] = [
  {
    name: "delivery: it is dropped",
    edits: [
      remove("/webhooks/analysis.failed"),
      remove(`${SCHEMAS}/AnalysisFailedDelivery`),
      remove(`${SCHEMAS}/AnalysisFailure`),
    ],
  },
  {
    name: "delivery: its type is renamed",
    edits: [
      replace(`${SCHEMAS}/AnalysisCompletedDelivery/allOf/1/properties/type/const`, "analysis.succeeded"),
      replace(
        `${COMPLETED}/post/requestBody/content/application~1json/examples/analysisCompleted/value/type`,
        "analysis.succeeded",
      ),
    ],
  },
  { name: "delivery: its name is another", edits: [rename(COMPLETED, "analysis.done")] },
  {
    name: "delivery: its type may be any text",
    edits: [remove(`${SCHEMAS}/AnalysisFailedDelivery/allOf/1/properties/type/const`)],
  },
  { name: "delivery: the method is another", edits: [rename(`${COMPLETED}/post`, "put")] },
  {
    name: "delivery: a field is dropped",
    edits: [
      remove(`${SCHEMAS}/AnalysisResult/properties/analysisResultId`),
      removeItem(`${SCHEMAS}/AnalysisResult/required`, "analysisResultId"),
    ],
  },
  {
    name: "delivery: an optional field is dropped",
    edits: [remove(`${SCHEMAS}/AnalysisFailure/properties/analysisResultId`)],
  },
  {
    name: "delivery: a field of its data may be missing",
    edits: [removeItem(`${SCHEMAS}/AnalysisFailure/required`, "analysisId")],
  },
  {
    name: "delivery: a field may be missing",
    edits: [removeItem(`${SCHEMAS}/DeliveryEnvelope/required`, "senderId")],
  },
  { name: "delivery: a field has another type", edits: [replace(`${envelope("userId")}/type`, "integer")] },
  { name: "delivery: a date has no format", edits: [remove(`${envelope("timestamp")}/format`)] },
  {
    name: "delivery: nothing may be added to it",
    edits: [add(`${SCHEMAS}/AnalysisResult/additionalProperties`, false)],
  },
  { name: "delivery: a header is dropped", edits: [remove("/webhooks/analysis.failed/post/parameters/2")] },
  { name: "delivery: a header is renamed", edits: [replace("/components/parameters/DeliveryId/name", "x-webhook-id")] },
  {
    name: "delivery: a header is optional",
    edits: [replace("/components/parameters/DeliverySignature/required", false)],
  },
  {
    name: "delivery: a header has another type",
    edits: [replace("/components/parameters/DeliveryTimestamp/schema", { type: "string" })],
  },
  {
    name: "delivery: it brings a token",
    edits: [remove(`${COMPLETED}/post/security`)],
    onlyFidelity: "The mock sends no deliveries, and the types say nothing of how a call is secured.",
  },
];
