import { MindBridge } from "@mindbridge-sdk/client";
import { describe, expect, test } from "vitest";
import type { LiveReport } from "../../src/live/report.ts";
import { type Asked, exampleOf, IDS, runAgainst, startUpstream, TOKEN, WEBHOOK_ID } from "./upstream.ts";

const posts = (asked: readonly Asked[]): Asked[] => asked.filter(({ method }) => method !== "GET");
const isWebhook = ({ path }: Asked): boolean => path === `/v1/webhooks/${WEBHOOK_ID}`;
const isLog = ({ path }: Asked): boolean => path.startsWith("/v1/webhook-event-logs/");

/** Everything that the report has to name of each mismatch, in a line. */
function lines({ mismatches }: LiveReport): string[] {
  return mismatches.map(
    ({ kind, operation, part, pointer, expected, found }) =>
      `${kind}: ${operation} ${part} ${pointer}: ${expected}, not ${found}`,
  );
}

describe("an API that conforms", () => {
  test("is green, and what is created is announced before and named afterwards", async () => {
    let outputSoFar = "";
    let outputAtPost = "";
    let outputAtLast = "";
    await using upstream = await startUpstream((answer, { method }) => {
      if (method === "POST") outputAtPost = outputSoFar;
      outputAtLast = outputSoFar;
      return answer;
    });
    const env = { ...IDS, MINDBRIDGE_ALLOW_WRITES: "1" };
    const { exitCode, output, report } = await runAgainst(upstream.url, env, {
      onOutput(soFar) {
        outputSoFar = soFar;
      },
    });
    expect(exitCode, output).toBe(0);
    expect(report).toMatchObject({ result: "conforms", mismatches: [], baseUrl: upstream.url });
    expect(report.calls.map(({ operation, kind, status, outcome }) => [operation, kind, status, outcome])).toEqual([
      ["webhooks.get", "read", 200, "conforms"],
      ["webhooks.get", "unknown-id", 404, "conforms"],
      ["webhooks.get", "wrong-token", 401, "conforms"],
      ["webhookEventLogs.get", "read", 200, "conforms"],
      ["webhookEventLogs.get", "unknown-id", 404, "conforms"],
      ["webhookEventLogs.get", "wrong-token", 401, "conforms"],
      ["webhooks.create", "create", 201, "conforms"],
      ["webhooks.get", "read", 200, "conforms"],
    ]);
    const { id } = exampleOf("webhooks.create");
    expect(report.created).toEqual([{ operation: "webhooks.create", id }]);
    expect(outputAtPost).toContain("webhooks.create is about to CREATE");
    expect(outputAtPost).toContain("NOTHING HERE DELETES");
    expect(outputAtPost).not.toContain("webhooks.get is about to CREATE");
    // At once, in case the run is interrupted, and again in the report.
    expect(outputAtLast).toContain(`webhooks.create made ${String(id)}`);
    expect(output.split(`webhooks.create made ${String(id)}`)).toHaveLength(3);

    const [post, ...more] = posts(upstream.asked);
    expect(more).toEqual([]);
    expect(JSON.parse(post?.body ?? "")).toMatchObject({ status: "INACTIVE", name: expect.stringContaining("test") });
    expect(upstream.asked.at(-1)?.path).toBe(`/v1/webhooks/${String(id)}`);
  });

  test("is not written to unless that is allowed, by 1 and nothing else", async () => {
    await using upstream = await startUpstream();
    const { exitCode, output, report } = await runAgainst(upstream.url, { ...IDS, MINDBRIDGE_ALLOW_WRITES: "true" });
    expect(exitCode).toBe(0);
    expect(output).not.toContain("about to CREATE");
    expect(posts(upstream.asked)).toEqual([]);
    expect(report.notCovered).toContainEqual({
      operation: "webhooks.create",
      reason: expect.stringContaining("MINDBRIDGE_ALLOW_WRITES=1"),
    });
  });

  test("proves nothing where there is nothing to read", async () => {
    await using upstream = await startUpstream();
    const { exitCode, output, report } = await runAgainst(upstream.url, {});
    expect(exitCode).toBe(1);
    expect(report.result).toBe("proved-nothing");
    expect(output).toContain("NOTHING WAS PROVED");
    expect(output).toContain("MINDBRIDGE_TEST_WEBHOOK_ID for webhooks.get");
    // The checks that need no data were run.
    expect(report.calls.map(({ status, outcome }) => [status, outcome])).toEqual([
      [404, "conforms"],
      [401, "conforms"],
      [404, "conforms"],
      [401, "conforms"],
    ]);
  });

  test("is undecided where it cannot answer what is asked", async () => {
    await using upstream = await startUpstream((answer, asked) =>
      isLog(asked) && answer.status === 200 ? { status: 503, body: { message: "Later." } } : answer,
    );
    const { exitCode, output, report } = await runAgainst(upstream.url);
    expect(exitCode).toBe(1);
    expect(report).toMatchObject({ result: "undecided", mismatches: [] });
    expect(report.calls).toContainEqual(
      expect.objectContaining({ operation: "webhookEventLogs.get", kind: "read", status: 503, outcome: "undecided" }),
    );
    expect(output).toContain("undecided: the server failed");
  });
});

test("an API that adds fields and names is green, and each is reported", async () => {
  await using upstream = await startUpstream((answer, asked) => {
    if (answer.status !== 200) return answer;
    const webhook = { events: ["ANALYSIS_COMPLETE", "LEDGER_RECONCILED"], createdUserInfo: { "e-mail/work": "a" } };
    const log = { status: "POSTPONED", attempts: [1, 2], requestHeaders: { "x-any": "thing" } };
    return { status: 200, body: { ...(answer.body as object), ...(isLog(asked) ? log : webhook) } };
  });
  const { exitCode, output, report } = await runAgainst(upstream.url);
  expect(exitCode).toBe(0);
  expect(report.result).toBe("adds");
  expect(lines(report).map((line) => line.replace(/one of .*, not/, "one of …, not"))).toEqual([
    "unknown-field: webhooks.get body /createdUserInfo/e-mail~1work: no such property, not string",
    'unknown-value: webhooks.get body /events/1: one of …, not string "LEDGER_RECONCILED"',
    'unknown-value: webhookEventLogs.get body /status: one of …, not string "POSTPONED"',
    "unknown-field: webhookEventLogs.get body /attempts: no such property, not array",
  ]);
  for (const named of ["/createdUserInfo/e-mail~1work", "LEDGER_RECONCILED", "POSTPONED", "/attempts"]) {
    expect(output).toContain(named);
  }
});

test("an API that breaks the contract is red, and each breach is named", async () => {
  await using upstream = await startUpstream((answer, asked) => {
    if (isWebhook(asked) && answer.status === 200) {
      const wrong = { publicKey: undefined, version: "1", creationDate: "yesterday", events: [7] };
      return { status: 200, body: { ...(answer.body as object), ...wrong } };
    }
    if (isLog(asked) && answer.status === 200) return { status: 200, body: "<html>" };
    return answer.status === 404 && !isLog(asked) ? { status: 202, body: {} } : answer;
  });
  const { exitCode, output, json, report } = await runAgainst(upstream.url);
  expect(exitCode).toBe(1);
  expect(report.result).toBe("breaks");
  expect(lines(report)).toEqual([
    "violation: webhooks.get body /version: the type integer, not string",
    "violation: webhooks.get body /creationDate: the format date-time, not string",
    "violation: webhooks.get body /events/0: the type string, not number",
    "violation: webhooks.get body /publicKey: a value, not nothing",
    "violation: webhooks.get status : status 404, not status 202",
    "violation: webhookEventLogs.get body : JSON, not a text that is no JSON",
  ]);
  expect(json).not.toContain("yesterday");
  for (const { pointer, expected } of report.mismatches) {
    expect(output).toContain(pointer);
    expect(output).toContain(expected);
  }
});

test("a client that changes what the API answered is red", async () => {
  class Careless extends MindBridge {
    constructor(options: ConstructorParameters<typeof MindBridge>[0]) {
      super(options);
      const logs = this.webhookEventLogs;
      const get = logs.get.bind(logs);
      Object.assign(logs, {
        get: async (...args: Parameters<typeof get>) => ({ ...(await get(...args)), retryCount: 99 }),
      });
    }
  }
  await using upstream = await startUpstream();
  const { exitCode, report } = await runAgainst(upstream.url, IDS, { client: Careless });
  expect(exitCode).toBe(1);
  expect(lines(report)).toContainEqual(
    expect.stringMatching(/^violation: webhookEventLogs\.get client : the data of the answer, not/),
  );
});

test("an API that creates with another status is red, and what it made is named", async () => {
  await using upstream = await startUpstream((answer) => (answer.status === 201 ? { ...answer, status: 200 } : answer));
  const { exitCode, report } = await runAgainst(upstream.url, { ...IDS, MINDBRIDGE_ALLOW_WRITES: "1" });
  expect(exitCode).toBe(1);
  expect(lines(report)).toEqual(["violation: webhooks.create status : status 201, not status 200"]);
  expect(report.created).toHaveLength(1);
});

test("no redirect is followed, headers are validated, and the form of an error is not", async () => {
  await using upstream = await startUpstream((answer, asked) => {
    const isWrongToken = answer.status === 401;
    if (isLog(asked)) {
      if (isWrongToken) return { status: 302, headers: { location: `${upstream.url}/elsewhere` } };
      if (answer.status === 404) return { status: 404, headers: { "content-type": "text/plain" }, body: "No." };
      return { ...answer, headers: { "content-type": "text/plain" } };
    }
    if (answer.status === 404) return { status: 501, body: {} };
    if (isWrongToken) return { status: 429, headers: { "x-user-hour-limit-remaining": "soon" }, body: {} };
    return { ...answer, headers: { "content-type": "nonsense" } };
  });
  const { exitCode, report } = await runAgainst(upstream.url);
  expect(exitCode).toBe(1);
  expect(upstream.asked.map(({ path }) => path)).not.toContain("/elsewhere");
  expect(report.calls.map(({ operation, kind, status, outcome }) => [operation, kind, status, outcome])).toEqual([
    ["webhooks.get", "read", 200, "breaks"],
    ["webhooks.get", "unknown-id", 501, "undecided"],
    ["webhooks.get", "wrong-token", 429, "breaks"],
    ["webhookEventLogs.get", "read", 200, "breaks"],
    ["webhookEventLogs.get", "unknown-id", 404, "conforms"],
    ["webhookEventLogs.get", "wrong-token", 302, "breaks"],
  ]);
  expect(lines(report)).toEqual([
    "violation: webhooks.get header /content-type: application/json, not nonsense",
    "violation: webhooks.get header /x-user-hour-limit-remaining: must be integer, not another text",
    "violation: webhookEventLogs.get header /content-type: application/json, not text/plain",
    "violation: webhookEventLogs.get status : status 401, not status 302",
  ]);
});

test("the token reaches the API, and is in no output, even where the API echoes it", async () => {
  const escaped = Array.from(TOKEN, (character) => `\\u00${character.charCodeAt(0).toString(16)}`).join("");
  const echoes = [TOKEN, encodeURIComponent(TOKEN), escaped, TOKEN.replaceAll("/", "\\/")];
  await using upstream = await startUpstream((answer, asked) => {
    const headers = { "content-type": "application/json", "x-echo": TOKEN, "x-user-hour-limit-remaining": TOKEN };
    if (answer.status === 401) return { status: 429, headers, body: {} };
    if (answer.status === 404) return { status: 404, headers, body: `{"message":"${escaped}"}` };
    if (isLog(asked))
      return { status: 200, headers: { "content-type": `text/${encodeURIComponent(TOKEN)}` }, body: TOKEN };
    const wrong = echoes.map((echo, index) => `"${echo}${index}":"${echo}"`).join(",");
    const text = JSON.stringify({ ...(answer.body as object), creationDate: undefined, events: undefined });
    const body = `${text.slice(0, -1)},${wrong},"events":["${escaped}"],"creationDate":"Bearer ${encodeURIComponent(TOKEN)}"}`;
    return { status: 200, headers, body };
  });
  const { exitCode, output, json, report } = await runAgainst(upstream.url);
  expect(exitCode).toBe(1);
  expect(upstream.asked.map(({ headers }) => headers.authorization)).toContain(`Bearer ${TOKEN}`);
  // The report names the places of the echoes.
  expect(report.mismatches.map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining([
      "/[redacted]0",
      "/[redacted]3",
      "/events/0",
      "/creationDate",
      "/x-user-hour-limit-remaining",
    ]),
  );
  const written = `${output}${json}${JSON.stringify(JSON.parse(json))}`;
  for (const echo of echoes) expect(written).not.toContain(echo);
  expect(written).not.toContain(TOKEN.slice(0, 12));
});

test("the token is in no output, even where the URL holds it", async () => {
  await using upstream = await startUpstream();
  const { output, json } = await runAgainst(upstream.url, { MINDBRIDGE_API_TOKEN: "tenant" });
  expect(JSON.parse(json)).toMatchObject({ baseUrl: upstream.url.replace("tenant", "[redacted]") });
  expect(output).not.toContain("tenant");
});

describe("a run that cannot be", () => {
  test.each([
    { env: { MINDBRIDGE_API_URL: "" }, named: "Set MINDBRIDGE_API_URL:" },
    { env: { MINDBRIDGE_API_TOKEN: undefined }, named: "Set MINDBRIDGE_API_TOKEN:" },
    {
      env: { MINDBRIDGE_API_URL: undefined, MINDBRIDGE_API_TOKEN: "" },
      named: "Set MINDBRIDGE_API_URL and MINDBRIDGE_API_TOKEN:",
    },
  ])("says what to set: $named", async ({ env, named }) => {
    const { exitCode, output, json } = await runAgainst("http://127.0.0.1:9/api", env);
    expect(exitCode).toBe(1);
    expect(output).toContain(named);
    expect(json).toBe("");
  });

  test.each([
    { what: "a URL", env: { MINDBRIDGE_API_URL: "http://elsewhere.example" }, named: "baseUrl" },
    { what: "a token", env: { MINDBRIDGE_API_TOKEN: "Bearer two words" }, named: "token must be" },
  ])("says that $what cannot work", async ({ env, named }) => {
    const { exitCode, output } = await runAgainst("http://127.0.0.1:9/api", { ...IDS, ...env });
    expect(exitCode).toBe(1);
    expect(output).toContain(named);
    expect(output).not.toContain("two words");
  });

  test("says that nothing listens", async () => {
    const { url, [Symbol.asyncDispose]: close } = await startUpstream();
    await close();
    const { exitCode, report } = await runAgainst(url);
    expect(exitCode).toBe(1);
    expect(report.result).toBe("proved-nothing");
    expect(report.calls.map(({ reason }) => reason)).toEqual(
      report.calls.map(() => expect.stringContaining("ECONNREFUSED")),
    );
  });
});
