// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { components, operations } from "./openapi.ts";

/** An event that a webhook can subscribe to. */
export type WebhookEvent = components["schemas"]["WebhookEvent"];

/**
 * An event as the server names it: one of `WebhookEvent`, or a name that is newer than this version of the
 * contract. `isWebhookEvent` tells them apart.
 */
export type AnyWebhookEvent = components["schemas"]["AnyWebhookEvent"];

/** Whether the webhook sends deliveries (`ACTIVE`) or keeps silent (`INACTIVE`). */
export type WebhookStatus = components["schemas"]["WebhookStatus"];

/**
 * A status as the server names it: one of `WebhookStatus`, or a name that is newer than this version of the
 * contract. `isWebhookStatus` tells them apart.
 */
export type AnyWebhookStatus = components["schemas"]["AnyWebhookStatus"];

/** How far a delivery has come. */
export type WebhookEventLogStatus = components["schemas"]["WebhookEventLogStatus"];

/**
 * A status as the server names it: one of `WebhookEventLogStatus`, or a name that is newer than this version of
 * the contract. `isWebhookEventLogStatus` tells them apart.
 */
export type AnyWebhookEventLogStatus = components["schemas"]["AnyWebhookEventLogStatus"];

/** What it takes to create a webhook. The server refuses a property that it does not know. */
export type WebhookCreate = components["schemas"]["WebhookCreate"];

/**
 * What a webhook is to become. The client also takes a `Webhook` as it was read, and sends these properties of
 * it. What was read may name events that are newer than this version of the contract, and goes back as it came.
 * The server refuses a property that it does not know.
 */
export type WebhookUpdate = components["schemas"]["WebhookUpdate"];

/** A webhook as the server keeps it. */
export type Webhook = components["schemas"]["Webhook"];

/** A user, as named in what they created or changed. */
export type UserInfo = components["schemas"]["UserInfo"];

/**
 * What became of one delivery. The vendor shows the ids of this object without a type; they are strings
 * everywhere else.
 */
export type WebhookEventLog = components["schemas"]["WebhookEventLog"];

/**
 * A filter in the vendor's query language: each key is a field or an operator, and `{}` stands for all. A value
 * means equality: `{ status: "ACTIVE" }`. These operators are published, and there may be others: `$eq`, `$ne`,
 * `$gte`, `$lt`, `$iprefix` (by its name: begins with, in capitals or not) for a field, `$and` and `$or` for a
 * list of filters.
 */
export type QueryFilter = components["schemas"]["QueryFilter"];

/** What every page of a query holds besides its items. The vendor publishes the names of these properties. */
export type Page = components["schemas"]["Page"];

/** Whether the items are sorted. */
export type PageSort = components["schemas"]["PageSort"];

/** A page of webhooks. */
export type WebhookPage = components["schemas"]["WebhookPage"];

/** A page of logs. */
export type WebhookEventLogPage = components["schemas"]["WebhookEventLogPage"];

/** What every delivery holds, whatever its type. A type that the contract does not list arrives as this. */
export type DeliveryEnvelope = components["schemas"]["DeliveryEnvelope"];

/** An analysis is complete, and its results can be read. */
export type AnalysisCompletedDelivery = components["schemas"]["AnalysisCompletedDelivery"];

/** Where to find the results of an analysis. */
export type AnalysisResult = components["schemas"]["AnalysisResult"];

/** An analysis has failed. */
export type AnalysisFailedDelivery = components["schemas"]["AnalysisFailedDelivery"];

/** Which analysis has failed. There may be no results to point to. */
export type AnalysisFailure = components["schemas"]["AnalysisFailure"];

/** The body of an error. MindBridge publishes none: JSON of any shape, text or nothing may come. */
export type ErrorBody = components["schemas"]["ErrorBody"];

/** The query parameters of `webhooks.query`. */
export type WebhooksQueryQuery = NonNullable<operations["webhooks.query"]["parameters"]["query"]>;

/** The query parameters of `webhookEventLogs.query`. */
export type WebhookEventLogsQueryQuery = NonNullable<operations["webhookEventLogs.query"]["parameters"]["query"]>;
