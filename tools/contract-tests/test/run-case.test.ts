import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ContractCase, Expectation } from "../src/cases.ts";
import { type ClientClass, methodsOf, runCase, UNMADE } from "../src/run-case.ts";
import { whileRunning } from "../src/while-running.ts";

/** What the server answers: what the test asks for in its path. */
interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

let server: Server;
let url = "";
beforeAll(async () => {
  server = createServer((request, response) => {
    const { status, headers, body } = JSON.parse(decodeURIComponent((request.url ?? "").slice(1))) as Answer;
    response.writeHead(status, headers);
    response.end(body === undefined ? "" : JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** A client that works, but for the fault. */
function clientWith(fault: { data?: (data: unknown) => unknown; error?: object; name?: string }): ClientClass {
  return class {
    readonly webhooks: object;
    constructor({ baseUrl, fetch: send }: { baseUrl: string; fetch: typeof fetch }) {
      this.webhooks = {
        async get(answer: Answer): Promise<unknown> {
          const response = await send(`${baseUrl}/${encodeURIComponent(JSON.stringify(answer))}`);
          const { status, headers } = response;
          const text = await response.text();
          const body: unknown = text === "" ? undefined : JSON.parse(text);
          if (response.ok) return fault.data ? fault.data(body) : body;
          const retryAfter = status === 429 ? 2_000 : undefined;
          const fields = { operation: "webhooks.get", status, headers, text, body, retryAfter, ...fault.error };
          const name = status === 422 ? "UnprocessableEntityError" : "RateLimitError";
          throw Object.assign(new Error("refused"), { name: fault.name ?? name, ...fields });
        },
      };
    }
  };
}

function caseOf(answer: Answer, expected: Expectation, operation = "webhooks.get"): ContractCase {
  const call = { path: [answer], query: {}, headers: {}, takesBody: false };
  return { operation, name: "a case", call, expected };
}

const webhook = { id: "1", events: ["A"] };
const success = caseOf(
  { status: 200, body: webhook },
  { kind: "success", status: 200, empty: false, example: { value: webhook } },
);
const empty = caseOf({ status: 204, body: undefined }, { kind: "success", status: 204, empty: true });
const limited = caseOf(
  { status: 429, headers: { "x-user-hour-limit-remaining": "2" }, body: { message: "Wait." } },
  {
    kind: "error",
    status: 429,
    errorClass: "RateLimitError",
    example: { value: { message: "Wait." } },
    headers: { "X-User-Hour-Limit-Remaining": "2" },
  },
);
const violation = { location: ["body"], code: "required", message: "must have required property 'name'" };
const refusal = { kind: "refusal", violations: ["body: required"], mentions: "name" } as const;
const refused = (...validation: object[]): ContractCase => caseOf({ status: 422, body: { validation } }, refusal);
/** A refusal that the document declares, with what Prism finds wrong in a header. */
const declaredWith = (findings: string): ContractCase =>
  caseOf(
    { status: 422, headers: { "sl-violations": findings }, body: { why: "It is declared." } },
    { ...refusal, declared: { status: 422, errorClass: "UnprocessableEntityError" } },
  );
const declared = declaredWith(JSON.stringify([{ ...violation, location: ["request", "body"] }]));
const cutOff = declaredWith('Too many violations! [{"location":["request"');
const streamed = caseOf({ status: 200, body: "a,b" }, { kind: "success", status: 200, empty: false, isStream: true });
const streamOf = (text: string) => ({ data: () => new Blob([JSON.stringify(text)]).stream() });

describe("a case", () => {
  test.each([
    { what: "data", contractCase: success },
    { what: "no data", contractCase: empty },
    { what: "an error", contractCase: limited },
    { what: "a refusal", contractCase: refused(violation) },
    {
      what: "a refusal beside the use of what is deprecated",
      contractCase: refused(violation, { location: ["query", "on"], code: "deprecated", message: "old" }),
    },
  ])("is content with $what as promised", async ({ contractCase }) => {
    await runCase(contractCase, { url, MindBridge: clientWith({}) });
  });

  test("is content with a stream and with a refusal that the document declares", async () => {
    await runCase(streamed, { url, MindBridge: clientWith(streamOf("a,b")) });
    await runCase(declared, { url, MindBridge: clientWith({}) });
    await runCase(cutOff, { url, MindBridge: clientWith({}) });
  });

  test("is content with a HEAD that is refused, and fails on a GET whose refusal lists nothing", async () => {
    const unlisted = caseOf({ status: 422, body: undefined }, refusal);
    await runCase(unlisted, { url, MindBridge: clientWith({ error: { method: "HEAD" } }) });
    await expect(runCase(unlisted, { url, MindBridge: clientWith({ error: { method: "GET" } }) })).rejects.toThrow();
  });

  test("says nothing where Prism refuses the answer that it has made itself, unless that is an example", async () => {
    const type = "https://stoplight.io/prism/errors#VIOLATIONS";
    const asked = (place: string) => ({ status: 500, body: { type, validation: [{ location: [place, "body"] }] } });
    const made: Expectation = { kind: "success", status: 200, empty: false };
    const context = { url, MindBridge: clientWith({}) };
    expect(await runCase(caseOf(asked("response"), made), context)).toBe(UNMADE);
    await expect(runCase(caseOf(asked("request"), made), context)).rejects.toThrow();
    await expect(runCase(caseOf(asked("response"), success.expected), context)).rejects.toThrow();
  });

  test.each([
    { what: "changed data", contractCase: success, fault: { data: () => ({ ...webhook, events: [] }) } },
    { what: "lost data", contractCase: success, fault: { data: () => undefined } },
    { what: "data that is none", contractCase: empty, fault: { data: () => "" } },
    { what: "another status", contractCase: { ...success, expected: { ...success.expected, status: 201 } }, fault: {} },
    {
      what: "another example",
      contractCase: { ...success, expected: { ...success.expected, example: { value: {} } } },
      fault: {},
    },
    { what: "an error in place of data", contractCase: { ...limited, expected: success.expected }, fault: {} },
    { what: "data in place of an error", contractCase: { ...success, expected: limited.expected }, fault: {} },
    { what: "an error of another class", contractCase: limited, fault: { name: "APIError" } },
    {
      what: "another operation in the error",
      contractCase: limited,
      fault: { error: { operation: "webhooks.create" } },
    },
    { what: "another status in the error", contractCase: limited, fault: { error: { status: 430 } } },
    { what: "another body in the error", contractCase: limited, fault: { error: { body: {} } } },
    { what: "another text in the error", contractCase: limited, fault: { error: { text: "" } } },
    { what: "other headers in the error", contractCase: limited, fault: { error: { headers: new Headers() } } },
    { what: "another wait", contractCase: limited, fault: { error: { retryAfter: 2 } } },
    {
      what: "a refusal of another place",
      contractCase: refused({ ...violation, location: ["body", "name"] }),
      fault: {},
    },
    { what: "a refusal for another reason", contractCase: refused({ ...violation, code: "type" }), fault: {} },
    {
      what: "a refusal of more than one thing",
      contractCase: refused(violation, { ...violation, message: "'url'" }),
      fault: {},
    },
    {
      what: "a refusal of another property",
      contractCase: refused({ ...violation, message: "needs 'url'" }),
      fault: {},
    },
    { what: "a refusal of nothing", contractCase: refused(), fault: {} },
    {
      what: "a declared refusal for another reason",
      contractCase: declaredWith(JSON.stringify([{ ...violation, code: "type", location: ["request", "body"] }])),
      fault: {},
    },
    { what: "a declared refusal of nothing", contractCase: declaredWith("[]"), fault: {} },
    { what: "a declared refusal of another class", contractCase: declared, fault: { name: "BadRequestError" } },
    { what: "a declared refusal of another status", contractCase: declared, fault: { error: { status: 400 } } },
    {
      what: "data in place of a declared refusal",
      contractCase: { ...success, expected: declared.expected },
      fault: {},
    },
    { what: "another stream", contractCase: streamed, fault: streamOf("a,c") },
    { what: "a missing method", contractCase: { ...success, operation: "webhooks.list" }, fault: {} },
  ])("fails on $what", async ({ contractCase, fault }) => {
    await expect(runCase(contractCase, { url, MindBridge: clientWith(fault) })).rejects.toThrow();
  });
});

test("the methods of a client are those of its resources, and nothing else", () => {
  const webhooks = { get: () => "" };
  expect(methodsOf({ webhooks, api: webhooks, timeout: 1, middleware: null })).toEqual(["webhooks.get"]);
});

describe("a mock server that ends by itself", () => {
  const crash = new Error("The mock server ended. Its log: …");

  test("fails work that hangs with its log", async () => {
    const exited = Promise.resolve(crash);
    await expect(whileRunning({ exited }, new Promise(() => {}))).rejects.toBe(crash);
  });

  test("fails work that it cuts off with its log, also when the process ends later", async () => {
    const exited = new Promise<Error>((resolve) => void setImmediate(resolve, crash));
    await expect(whileRunning({ exited }, Promise.reject(new Error("socket hang up")))).rejects.toBe(crash);
  });

  test("changes nothing while it runs", async () => {
    const exited = new Promise<never>(() => {});
    await expect(whileRunning({ exited }, Promise.resolve(1))).resolves.toBe(1);
    await expect(whileRunning({ exited }, Promise.reject(new Error("wrong")))).rejects.toThrow("wrong");
  });
});
