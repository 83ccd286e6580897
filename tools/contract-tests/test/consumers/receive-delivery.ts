import {
  type AnalysisCompletedDelivery,
  type AnalysisFailure,
  type AnalysisResult,
  type Deliveries,
  type DeliveryEnvelope,
  type DeliveryType,
  isDeliveryType,
  type webhooks,
} from "@mindbridge-sdk/client";

type DeliveryHeaders = webhooks["analysis.completed"]["post"]["parameters"]["header"];

/** What the signature of a delivery covers. */
export function signedContent(headers: DeliveryHeaders, body: string): string {
  const sent = new Date(headers["webhook-timestamp"] * 1_000);
  if (Date.now() - sent.getTime() > 300_000) throw new Error("This delivery is more than five minutes old.");
  if (headers["webhook-signature"].split(" ").length === 0) throw new Error("This delivery is not signed.");
  return `${headers["webhook-id"].trim()}.${headers["webhook-timestamp"].toFixed()}.${body}`;
}

/** For the types of interest: the contract may come to list more. */
type Handlers = { readonly [Type in DeliveryType]?: (delivery: Deliveries[Type]) => string };

const handlers: Handlers = {
  "analysis.completed": ({ senderId, data }) => `${senderId.slice(-6)}: ${describeResult(data)}`,
  "analysis.failed": ({ tenantId, data }) => `${tenantId.toUpperCase()}: ${describeFailure(data)}`,
};

/** Handles a delivery that has been verified. Its type may be newer than this program. */
export function handle<Type extends DeliveryType>(delivery: DeliveryEnvelope): string {
  if (!isDeliveryType(delivery.type)) return `${delivery.type} of ${delivery.timestamp.slice(0, 10)} is not known`;
  const handler = handlers[delivery.type as Type];
  return `${delivery.eventId.slice(-6)} by ${delivery.userId?.slice(-6)}: ${handler?.(delivery as Deliveries[Type])}`;
}

function describeResult({ analysisId, analysisResultId, engagementId, eventId }: AnalysisResult): string {
  return `${analysisId.slice(-6)} of ${engagementId.slice(-6)}: ${analysisResultId.slice(-6)} ${eventId?.slice(-6)}`;
}

function describeFailure({ analysisId, analysisResultId, engagementId, eventId }: AnalysisFailure): string {
  return `${analysisId.slice(-6)} of ${engagementId.slice(-6)}: ${analysisResultId?.slice(-6)} ${eventId?.slice(-6)}`;
}

/** A delivery such as a test of a receiver sends. */
export const DELIVERY: AnalysisCompletedDelivery = {
  type: "analysis.completed",
  eventId: "66e0b1d3c2d81b0013fe5b17",
  timestamp: "2026-03-02T09:15:04.120Z",
  senderId: "66e0a4f7c2d81b0013fe5a90",
  tenantId: "acme",
  data: { analysisId: "1", analysisResultId: "2", engagementId: "3" },
};
