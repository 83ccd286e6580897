import { dereference, operationsOf } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { type LiveChecks, liveChecks } from "../../src/live/checks.ts";
import { type Environment, type LiveSettings, readSettings, variableOf } from "../../src/live/settings.ts";
import { extendedDocument } from "../documents.ts";
import { WEBHOOK_ID } from "./upstream.ts";

const document = dereference(await extendedDocument());

async function settingsOf(env: Environment): Promise<LiveSettings> {
  const required = { MINDBRIDGE_API_URL: "acme.mindbridge.ai", MINDBRIDGE_API_TOKEN: "token" };
  const settings = await readSettings({ ...required, ...env });
  if ("missing" in settings) throw new Error("Something required is missing.");
  return settings;
}

async function derive(env: Environment): Promise<LiveChecks> {
  return liveChecks(document, await settingsOf(env));
}

test("the URL is read as the client reads it", async () => {
  const { baseUrl } = await settingsOf({});
  expect(baseUrl).toBe("https://acme.mindbridge.ai/api");
});

test("a parameter is given by a variable of its name", () => {
  expect(variableOf("webhookId")).toBe("MINDBRIDGE_TEST_WEBHOOK_ID");
  expect(variableOf("webhookEventId")).toBe("MINDBRIDGE_TEST_WEBHOOK_EVENT_ID");
  expect(variableOf("page-size2Max")).toBe("MINDBRIDGE_TEST_PAGE_SIZE2_MAX");
});

test("operations that are added are called, or named with the reason why not", async () => {
  const { checks, notCovered } = await derive({ MINDBRIDGE_ALLOW_WRITES: "1" });
  const listed = checks.filter(({ operation }) => operation.id === "hooks.list");
  expect(listed.map(({ kind }) => kind)).toEqual(["read", "wrong-token"]);
  const [read] = listed;
  expect(read?.contractCase.call).toMatchObject({ path: [], query: { from: expect.any(String) } });
  expect(Object.keys(read?.contractCase.call.query ?? {})).toEqual(["from"]);

  const reasons = Object.fromEntries(notCovered.map(({ operation, reason }) => [operation, reason]));
  expect(reasons).toEqual({
    "webhooks.get": "set MINDBRIDGE_TEST_WEBHOOK_ID to read one",
    "webhookEventLogs.get": "set MINDBRIDGE_TEST_WEBHOOK_EVENT_ID to read one",
    "webhooks.update": "PUT may change what is there",
    "webhooks.delete": "DELETE may change what is there",
    "webhooks.query": "a live run reads by GET alone",
    "webhookEventLogs.query": "a live run reads by GET alone",
    "hooks.update": "PUT may change what is there",
    "hooks.rename": "PATCH may change what is there",
    "hooks.delete": "DELETE may change what is there",
    "delivery analysis.completed": expect.any(String),
    "delivery analysis.failed": expect.any(String),
    "delivery user.login": expect.any(String),
  });
  const named = new Set([...checks.map(({ operation }) => operation.id), ...Object.keys(reasons)]);
  for (const { id } of operationsOf(document)) expect(named).toContain(id);
});

test("an unknown id has the form of the known one, and is another", async () => {
  const { checks } = await derive({ MINDBRIDGE_TEST_WEBHOOK_ID: WEBHOOK_ID });
  const unknown = checks.find(({ kind, operation }) => kind === "unknown-id" && operation.id === "webhooks.get");
  const [id] = unknown?.contractCase.call.path ?? [];
  expect(id).toMatch(/^[0-9a-f]{24}$/);
  expect(id).not.toBe(WEBHOOK_ID);
});

test("what is created takes what is given, within the contract", async () => {
  const contact = { MINDBRIDGE_TEST_TECHNICAL_CONTACT_ID: "someone" };
  const { checks } = await derive({ MINDBRIDGE_ALLOW_WRITES: "1", ...contact });
  const created = checks.find(({ kind }) => kind === "create");
  expect(created?.contractCase.call.body).toMatchObject({ technicalContactId: "someone", status: "INACTIVE" });

  const { checks: none, notCovered } = await derive({ MINDBRIDGE_ALLOW_WRITES: "1", MINDBRIDGE_TEST_STATUS: "LOUD" });
  expect(none.filter(({ kind }) => kind === "create")).toEqual([]);
  expect(notCovered).toContainEqual({
    operation: "webhooks.create",
    reason: expect.stringContaining("its body cannot be sent: status"),
  });
});
