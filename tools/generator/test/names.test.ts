import { expect, test } from "vitest";
import { constantCase, isParameterName, isTypeName, listName, pascalCase } from "../src/names.ts";

test.each([
  ["webhookEventLogs.get", "WebhookEventLogsGet"],
  ["analysis.completed", "AnalysisCompleted"],
  ["user--invited", "UserInvited"],
  ["trailing.", "Trailing"],
])("the type of %s begins with %s", (name, type) => {
  expect(pascalCase(name)).toBe(type);
});

test.each([
  ["WebhookEventLogStatus", "WEBHOOK_EVENT_LOG_STATUS"],
  ["HTTPVersion", "HTTP_VERSION"],
  ["Ipv4Address", "IPV4_ADDRESS"],
  ["tenant-id..x", "TENANT_ID_X"],
])("the constant of %s is %s", (name, constant) => {
  expect(constantCase(name)).toBe(constant);
});

test.each([
  ["WebhookEvent", "WEBHOOK_EVENTS"],
  ["WebhookStatus", "WEBHOOK_STATUSES"],
  ["Box", "BOXES"],
  ["Quiz", "QUIZES"],
  ["Branch", "BRANCHES"],
  ["Wish", "WISHES"],
  ["ChannelId", "CHANNEL_IDS"],
  ["Category", "CATEGORIES"],
  ["Day", "DAYS"],
  ["CountryCode", "COUNTRY_CODES"],
])("the list of %s is called %s", (name, list) => {
  expect(listName(name)).toBe(list);
});

test.each([
  ["webhookId", true, true],
  ["$ref_1", true, true],
  ["class", false, false],
  ["string", true, false],
  ["1st", false, false],
  ["webhook-id", false, false],
  ["id!", false, false],
  ["Record", true, false],
  ["", false, false],
])("%j may be a parameter: %s, a type: %s", (name, isParameter, isType) => {
  expect(isParameterName(name)).toBe(isParameter);
  expect(isTypeName(name)).toBe(isType);
});
