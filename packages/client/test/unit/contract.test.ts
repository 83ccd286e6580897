import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { afterEach, expect, test, vi } from "vitest";
import { contract, type Finding, ValidationError } from "../../src/contract.ts";
import { MindBridge, MindBridgeError, ResponseParseError } from "../../src/index.ts";

const body = EXAMPLES["webhooks.create"].request.analysisResults;
const webhook = EXAMPLES["webhooks.create"].responses["201"].webhook;

afterEach(() => void vi.useRealTimers());

function setUp(answer: unknown = webhook, options: { status?: number; repeatAfter?: number } = {}) {
  const findings: Finding[] = [];
  const fetch = vi.fn(
    async () =>
      new Response(typeof answer === "string" ? answer : JSON.stringify(answer), { status: options.status ?? 201 }),
  );
  const { repeatAfter } = options;
  const validate = contract({ onViolation: (finding) => findings.push(finding), repeatAfter });
  return { findings, fetch, mindbridge: new MindBridge({ tenant: "acme", token: "token", fetch, validate }) };
}

test("a request that breaks the contract is not sent, and every problem is listed", async () => {
  const { mindbridge, fetch } = setUp();
  const call = mindbridge.webhooks.create({ ...body, name: "", events: [] });
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ValidationError);
  expect(error).toBeInstanceOf(MindBridgeError);
  expect(error).toMatchObject({
    name: "ValidationError",
    code: "validation",
    operation: "webhooks.create",
    method: "POST",
    attempts: 0,
    outcome: "not-sent",
  });
  expect((error as ValidationError).problems.map(({ pointer }) => pointer).toSorted()).toEqual(["/events", "/name"]);
  expect((error as Error).message).toMatch(
    /^webhooks\.create: POST https:\/\/acme.*was not sent.*\/name: expected at least 1 character.*\/events: expected at least 1 item/,
  );
  expect(fetch).not.toHaveBeenCalled();
});

test("a call without its required body is not sent", async () => {
  const { mindbridge, fetch } = setUp();
  await expect(mindbridge.webhooks.create(undefined as never)).rejects.toBeInstanceOf(ValidationError);
  expect(fetch).not.toHaveBeenCalled();
});

test("valid requests and responses pass without a finding, through the resources and through api", async () => {
  const { mindbridge, findings } = setUp();
  expect(await mindbridge.webhooks.create(body)).toEqual(webhook);
  expect((await mindbridge.api.POST("/v1/webhooks", { body })).data).toEqual(webhook);
  await expect(mindbridge.api.POST("/v1/webhooks", { body: { ...body, name: "" } })).rejects.toBeInstanceOf(
    ValidationError,
  );
  expect(findings).toEqual([]);
});

test("a response is never refused, and every mismatch is reported", async () => {
  const { publicKey: _, ...rest } = webhook;
  const answer = { ...rest, later: 1, events: ["ANALYSIS_COMPLETE", "LEDGER_RECONCILED"] };
  const { mindbridge, findings } = setUp(answer);
  expect(await mindbridge.webhooks.create(body)).toEqual(answer);
  expect(findings.toSorted((a, b) => a.kind.localeCompare(b.kind))).toMatchObject([
    { kind: "unknown-field", operation: "webhooks.create", status: 201, pointer: "/later" },
    { kind: "unknown-value", operation: "webhooks.create", pointer: "/events/1", value: "LEDGER_RECONCILED" },
    { kind: "violation", operation: "webhooks.create", pointer: "/publicKey", keyword: "required" },
  ]);
});

test("a status of success that the contract does not declare is a violation", async () => {
  const { mindbridge, findings } = setUp(webhook, { status: 200 });
  await mindbridge.webhooks.create(body);
  expect(findings).toMatchObject([{ kind: "violation", keyword: "status", status: 200, expected: "one of 201" }]);
});

test("each distinct finding is reported once an hour", async () => {
  vi.useFakeTimers();
  const { mindbridge, findings } = setUp({ ...webhook, events: ["NEW_ONE", "NEW_ONE", "NEW_TWO"] });
  await mindbridge.webhooks.create(body);
  await mindbridge.webhooks.create(body);
  expect(findings.map(({ value }) => value)).toEqual(["NEW_ONE", "NEW_TWO"]);
  vi.advanceTimersByTime(3_599_999);
  await mindbridge.webhooks.create(body);
  expect(findings).toHaveLength(2);
  vi.advanceTimersByTime(1);
  await mindbridge.webhooks.create(body);
  expect(findings).toHaveLength(4);
});

test("repeatAfter 0 reports every finding, and a negative number or NaN is refused", async () => {
  const { mindbridge, findings } = setUp({ ...webhook, later: 1 }, { repeatAfter: 0 });
  await mindbridge.webhooks.create(body);
  await mindbridge.webhooks.create(body);
  expect(findings).toHaveLength(2);
  for (const repeatAfter of [-1, Number.NaN]) expect(() => contract({ repeatAfter })).toThrow(RangeError);
});

test("the number of remembered findings is bounded", async () => {
  const many = Object.fromEntries(Array.from({ length: 1_100 }, (_, index) => [`field${index}`, index]));
  const { mindbridge, findings } = setUp({ ...webhook, ...many });
  await mindbridge.webhooks.create(body);
  expect(findings).toHaveLength(1_100);
  await mindbridge.webhooks.create(body);
  // The first are forgotten by then, and each that comes again pushes out another.
  expect(findings.length).toBeGreaterThan(1_100);
});

test("errors are not inspected, and a body that is not JSON rejects the call as without validation", async () => {
  const refused = setUp({ message: "no" }, { status: 404 });
  await expect(refused.mindbridge.webhooks.get("1")).rejects.toMatchObject({ status: 404 });
  const page = setUp("<h1>Sign in</h1>");
  await expect(page.mindbridge.webhooks.create(body)).rejects.toBeInstanceOf(ResponseParseError);
  expect([...refused.findings, ...page.findings]).toEqual([]);
});

test("an error of the hook is ignored, and without a hook a line is written", async () => {
  const fetch = async () => Response.json({ ...webhook, later: 1 }, { status: 201 });
  const onViolation = () => {
    throw new Error("the log is full");
  };
  const deaf = new MindBridge({ tenant: "acme", token: "token", fetch, validate: contract({ onViolation }) });
  expect((await deaf.webhooks.create(body)).id).toBe(webhook.id);
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  await new MindBridge({ tenant: "acme", token: "token", fetch, validate: contract() }).webhooks.create(body);
  expect(warn.mock.calls).toEqual([
    [expect.stringMatching(/webhooks\.create \(201\) with a unknown-field at \/later/)],
  ]);
  warn.mockRestore();
});
