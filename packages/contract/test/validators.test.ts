import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, expectTypeOf, test } from "vitest";
import { DELIVERY_EXAMPLES, EXAMPLES } from "../src/generated/examples.ts";
import { OPERATION_VALIDATORS } from "../src/generated/operation-validators.ts";
import { OPERATIONS } from "../src/generated/operations.ts";
import {
  isAnalysisCompletedDelivery,
  isAnalysisFailedDelivery,
  isWebhook,
  isWebhookCreate,
  isWebhookEventLog,
} from "../src/generated/validators.ts";
import type { WebhookCreate } from "../src/index.ts";
import { inspector } from "../src/validation/mismatches.ts";
import { codePoints, evaluate, fail, isDay, isEqual, isMultiple, isUnique } from "../src/validation/runtime.ts";
import type { Compiled, Problem } from "../src/validation/validator.ts";

const request = EXAMPLES["webhooks.create"].request.analysisResults;
const webhook = EXAMPLES["webhooks.create"].responses["201"].webhook;
const completed = DELIVERY_EXAMPLES["analysis.completed"].analysisCompleted;

describe("a validator", () => {
  test("accepts every example", () => {
    expect(Object.values(EXAMPLES["webhooks.create"].request).every(isWebhookCreate)).toBe(true);
    expect(Object.values(EXAMPLES["webhooks.get"].responses["200"]).every(isWebhook)).toBe(true);
    expect(Object.values(EXAMPLES["webhookEventLogs.get"].responses["200"]).every(isWebhookEventLog)).toBe(true);
    expect(isAnalysisCompletedDelivery(completed)).toBe(true);
    expect(isAnalysisFailedDelivery(DELIVERY_EXAMPLES["analysis.failed"].analysisFailed)).toBe(true);
  });

  test("narrows", () => {
    const value: unknown = request;
    if (isWebhookCreate(value)) expectTypeOf(value).toEqualTypeOf<WebhookCreate>();
    else expect.unreachable();
  });

  test("lists every problem at once, with its place and what is expected", () => {
    const broken = { name: "", url: 1, events: [], status: "SLEEPING", "ex/tra~": true };
    expect(isWebhookCreate(broken)).toBe(false);
    expect(isWebhookCreate.problems(broken).toSorted((a, b) => a.pointer.localeCompare(b.pointer))).toEqual([
      { pointer: "/events", keyword: "minItems", expected: "at least 1 item(s)" },
      { pointer: "/ex~1tra~0", keyword: "additionalProperties", expected: "no such property" },
      { pointer: "/name", keyword: "minLength", expected: "at least 1 character(s)" },
      { pointer: "/status", keyword: "enum", expected: 'one of "ACTIVE", "INACTIVE"' },
      { pointer: "/technicalContactId", keyword: "required", expected: "a value" },
      { pointer: "/url", keyword: "type", expected: "the type string" },
    ]);
  });

  test("finds no problem in a valid value, also after an invalid one", () => {
    expect(isWebhookCreate.problems(null)).toEqual([{ pointer: "", keyword: "type", expected: "the type object" }]);
    expect(isWebhookCreate.problems(request)).toEqual([]);
  });

  test("points into arrays", () => {
    const events = ["ANALYSIS_COMPLETE", "NO_SUCH_EVENT", 3];
    expect(isWebhookCreate.problems({ ...request, events })).toMatchObject([
      { pointer: "/events/1", keyword: "enum" },
      { pointer: "/events/2", keyword: "enum" },
    ]);
  });

  test("leaves responses and deliveries open: unknown fields and values of open enums pass", () => {
    expect(isWebhook({ ...webhook, later: 1, events: ["LEDGER_RECONCILED"], status: "PAUSED" })).toBe(true);
    expect(isAnalysisCompletedDelivery({ ...completed, later: 1, data: { ...completed.data, later: 1 } })).toBe(true);
    expect(isWebhook({ ...webhook, events: [7] })).toBe(false);
  });

  test("checks dates, and the bounds of small integers", () => {
    const log = EXAMPLES["webhookEventLogs.get"].responses["200"].completed;
    expect(isWebhookEventLog.problems({ ...log, creationDate: "yesterday" })).toMatchObject([
      { pointer: "/creationDate", keyword: "format" },
    ]);
    expect(isWebhookEventLog.problems({ ...log, retryCount: 2 ** 31 })).toMatchObject([
      { pointer: "/retryCount", keyword: "maximum" },
    ]);
    expect(isWebhookEventLog.problems({ ...log, retryCount: 0.5 })).toMatchObject([
      { pointer: "/retryCount", keyword: "type" },
    ]);
  });

  test("refuses a delivery of another type", () => {
    expect(isAnalysisCompletedDelivery.problems({ ...completed, type: "analysis.failed" })).toMatchObject([
      { pointer: "/type", keyword: "const", expected: '"analysis.completed"' },
    ]);
  });
});

describe("an inspection", () => {
  const inspect = OPERATION_VALIDATORS["webhooks.get"].responses["200"];

  test("finds no mismatch in a response of listed fields and values", () => {
    expect(inspect?.(webhook)).toEqual([]);
  });

  test("tells violations from fields and values that the contract does not list", () => {
    const { publicKey: _, ...rest } = webhook;
    const mismatches = inspect?.({
      ...rest,
      later: 1,
      events: ["ANALYSIS_COMPLETE", "LEDGER_RECONCILED"],
      version: "1",
      createdUserInfo: { mail: "" },
    });
    expect(mismatches?.map(({ kind, pointer }) => `${kind} ${pointer}`).toSorted()).toEqual([
      "unknown-field /createdUserInfo/mail",
      "unknown-field /later",
      "unknown-value /events/1",
      "violation /publicKey",
      "violation /version",
    ]);
  });

  test("accepts any property of an object for which the contract lists none", () => {
    const log = {
      ...EXAMPLES["webhookEventLogs.get"].responses["200"].completed,
      requestHeaders: { "x-any": ["thing"] },
    };
    expect(OPERATION_VALIDATORS["webhookEventLogs.get"].responses["200"]?.(log)).toEqual([]);
  });

  test("reports a violation only once", () => {
    const contract: Compiled = (_, problems) => fail(problems, "/a", "enum", [1]);
    expect(inspector(contract, contract)({})).toEqual([
      { kind: "violation", pointer: "/a", keyword: "enum", expected: "one of 1" },
    ]);
  });
});

test("every operation has validators for its request and its responses", () => {
  for (const [id, { hasBody, statuses }] of Object.entries(OPERATIONS)) {
    const { request: guard, responses } = OPERATION_VALIDATORS[id as keyof typeof OPERATIONS];
    // A body of bytes, text or a form has no validator. The tests with random bodies show that each JSON body has one.
    if (!hasBody || id.startsWith("webhooks.")) expect(guard !== undefined, id).toBe(hasBody);
    expect(Object.keys(responses)).toEqual(statuses.filter((status) => status.startsWith("2")));
  }
});

test("the generated code imports only files of the contract, and evaluates no text", () => {
  const folder = join(import.meta.dirname, "../src/generated/validators");
  const imported = /^(?:\.\.\/\.\.\/validation\/(?:runtime|validator)|\.\/[\w-]+(?:\.known|\.part)?)\.ts$/;
  for (const file of readdirSync(folder)) {
    const code = readFileSync(join(folder, file), "utf8");
    expect(code, file).not.toMatch(/\brequire\(|\beval\(|\bFunction\(/);
    for (const [, module] of code.matchAll(/ from "([^"]+)"/g)) expect(module, file).toMatch(imported);
  }
});

test("lengths are counted in code points", () => {
  expect([codePoints(""), codePoints("abc"), codePoints("a😀"), codePoints("\ud83d")]).toEqual([0, 3, 2, 1]);
});

test.for([
  [1, 1, true],
  [1, "1", false],
  [null, null, true],
  [null, {}, false],
  [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: undefined }, false],
  [{ a: undefined }, { b: undefined }, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
] as const)("%j and %j are equal: %s", ([a, b, expected]) => {
  expect(isEqual(a, b)).toBe(expected);
});

test.for([
  ["2026-02-28", true],
  ["2026-02-29", false],
  ["2028-02-29", true],
  ["2100-02-29", false],
  ["2000-02-29", true],
  ["2026-04-31", false],
  ["2026-12-31", true],
  ["2026-13-01", false],
  ["2026-00-10", false],
  ["2026-01-00", false],
  ["2026-02-30T00:00:00Z", false],
  ["2026-03-31T00:00:00Z", true],
] as const)("%s is a day: %s", ([text, expected]) => {
  expect(isDay(text)).toBe(expected);
});

test.for([
  [0.3, 0.1, true],
  [19.99, 0.01, true],
  [0.35, 0.1, false],
  [7, 2, false],
  [0, 5, true],
  [-9, 3, true],
  [1e308, 0.5, true],
  [1e308, 0.123456789, false],
] as const)("%d is a multiple of %d: %s", ([value, of, expected]) => {
  expect(isMultiple(value, of)).toBe(expected);
});

test.for([
  [[1, "1", true, null], true],
  [[1, 2, 1], false],
  [[{ a: 1 }, { a: 2 }, [1]], true],
  [[{ a: 1, b: 2 }, 3, { b: 2, a: 1 }], false],
] as const)("the items of %j are unique: %s", ([items, expected]) => {
  expect(isUnique(items)).toBe(expected);
});

test.for([
  ["maxLength", 3, "at most 3 character(s)"],
  ["maxItems", 3, "at most 3 item(s)"],
  ["minProperties", 1, "at least 1 property(s)"],
  ["minimum", 0, "a number >= 0"],
  ["exclusiveMaximum", 9, "a number < 9"],
  ["pattern", "^a", "a match of ^a"],
  ["format", "uuid", "the format uuid"],
  ["type", ["string", "null"], "the type string or null"],
  ["multipleOf", 2, "a multiple of 2"],
  ["contains", 1, "at least 1 item(s) of the kind that it must contain"],
  ["items", undefined, "no such item"],
  ["not", undefined, "another value"],
  ["oneOf", undefined, "a match of exactly one of the alternatives"],
] as const)("%s is put in words", ([keyword, limit, expected]) => {
  const problems: Problem[] = [];
  expect(fail(problems, "/a", keyword, limit)).toBe(false);
  expect(problems).toEqual([{ pointer: "/a", keyword, expected }]);
});

test("only a valid value evaluates something", () => {
  const evaluated = new Set<unknown>(["a"]);
  const track = (value: unknown, _: undefined, at: string, own: Set<unknown>) => own.add(`b${at}`).has(value);
  expect(evaluate(track, "c", evaluated)).toBe(false);
  expect([...evaluated]).toEqual(["a"]);
  expect(evaluate(track, "b", evaluated)).toBe(true);
  expect([...evaluated]).toEqual(["a", "b"]);
});

test("where nobody asks for problems, a validator stops at the first one", () => {
  expect(fail(undefined, "/a", "type", "string")).toBe(true);
});
