import { expect, expectTypeOf, test } from "vitest";
import { DELIVERY_EXAMPLES, EXAMPLES } from "../src/generated/examples.ts";
import { OPERATIONS, type OperationId } from "../src/generated/operations.ts";
import {
  type AnyWebhookEvent,
  CONTRACT_HASH,
  CONTRACT_VERSION,
  DELIVERY_TYPES,
  type Deliveries,
  isDeliveryType,
  isWebhookEvent,
  SERVER_URL,
  SERVER_VARIABLES,
  WEBHOOK_EVENTS,
  type Webhook,
  type WebhookCreate,
  type WebhookEvent,
} from "../src/index.ts";

test("a guard tells known values from newer ones and from anything else", () => {
  expect(WEBHOOK_EVENTS.every(isWebhookEvent)).toBe(true);
  expect(
    ["LEDGER_RECONCILED", "", "analysis_complete", 1, null, undefined, ["ANALYSIS_COMPLETE"]].filter(isWebhookEvent),
  ).toEqual([]);
  expect(DELIVERY_TYPES.every(isDeliveryType)).toBe(true);
  expect(isDeliveryType("no.such.type")).toBe(false);
});

test("the events of a webhook can be sent back without the newer ones", () => {
  const webhook: Webhook = EXAMPLES["webhooks.get"].responses["200"].newerEvent;
  const events = webhook.events.filter(isWebhookEvent);
  expectTypeOf(events).toEqualTypeOf<WebhookEvent[]>();
  expect(events).toEqual(["ANALYSIS_COMPLETE"]);
});

test("an open enum takes any string and keeps the known ones apart", () => {
  expectTypeOf<AnyWebhookEvent>().toEqualTypeOf<WebhookEvent | (string & {})>();
  expectTypeOf<string>().toExtend<AnyWebhookEvent>();
  expectTypeOf<WebhookCreate["events"][number]>().toEqualTypeOf<WebhookEvent>();
});

test("each delivery is typed by its type", () => {
  expectTypeOf<Deliveries["analysis.completed"]["data"]["analysisResultId"]>().toEqualTypeOf<string>();
  expectTypeOf<Deliveries["analysis.failed"]["data"]["analysisResultId"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Deliveries["analysis.failed"]["type"]>().toEqualTypeOf<"analysis.failed">();
  expect(DELIVERY_EXAMPLES["analysis.completed"].analysisCompleted.type).toBe("analysis.completed");
});

test("the tables agree with each other", () => {
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
  expectTypeOf<keyof typeof EXAMPLES>().toEqualTypeOf<OperationId>();
  for (const [id, { statuses }] of Object.entries(OPERATIONS)) {
    const responses = EXAMPLES[id as OperationId].responses;
    // A response without content has no examples.
    expect(statuses).toEqual(expect.arrayContaining(Object.keys(responses)));
  }
});

test("the server's template and a tenant that matches the pattern make an address", () => {
  const tenant = new RegExp(SERVER_VARIABLES.tenant.pattern);
  expect(new URL(SERVER_URL.replace("{tenant}", "acme-2")).hostname).toMatch(/^acme-2\./);
  expect(["acme", "a", "a-b", "0", "x".repeat(63)].every((name) => tenant.test(name))).toBe(true);
  expect(["", "-a", "a-", "A", "a.b", "a_b", "a/b", "x".repeat(64), "a\n"].filter((name) => tenant.test(name))).toEqual(
    [],
  );
});

test("the contract states its version and hash", () => {
  expect(CONTRACT_VERSION).toMatch(/^\d+\.\d+\.\d+$/);
  expect(CONTRACT_HASH).toMatch(/^[0-9a-f]{64}$/);
});
