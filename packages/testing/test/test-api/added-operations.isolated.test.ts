// An entity that the contract may have one day: the API keeps it with no line written for it.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { TestApi } from "../../src/test-api/index.ts";

const operation = (method: string, path: string, status: string) => {
  const pathParameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return { method, path, pathParameters, statuses: ["401", status] };
};
const inspect = () => [];

vi.mock("@mindbridge-sdk/contract/operations", () => ({
  OPERATIONS: {
    "things.create": operation("POST", "/v1/things", "201"),
    "things.get": operation("GET", "/v1/things/{thingId}", "200"),
    "things.update": operation("PUT", "/v1/things/{thingId}", "2XX"),
    "things.delete": operation("DELETE", "/v1/things/{thingId}", "2XX"),
    "things.query": operation("POST", "/v1/things/query", "200"),
    "things.count": operation("GET", "/v1/things/count", "200"),
    "things.start": operation("POST", "/v1/things/{thingId}/start", "202"),
  },
}));
vi.mock("@mindbridge-sdk/contract/examples", () => ({
  EXAMPLES: {
    "things.create": { responses: {} },
    "things.get": { responses: {} },
    "things.update": { responses: {} },
    "things.delete": { responses: {} },
    "things.query": { responses: {} },
    "things.count": { responses: { 200: { example: 7 } } },
    "things.start": { responses: {} },
  },
  DELIVERY_EXAMPLES: {},
}));
vi.mock("@mindbridge-sdk/contract/operation-validators", () => {
  const request = Object.assign(() => true, { problems: () => [] });
  const takesBody = { request, isRequestRequired: true, responses: { 200: inspect } };
  return {
    OPERATION_VALIDATORS: {
      "things.create": takesBody,
      "things.get": { responses: { 200: inspect } },
      "things.update": { ...takesBody, responses: { "2XX": inspect } },
      "things.delete": { responses: { "2XX": undefined } },
      "things.query": { ...takesBody, isRequestRequired: false },
      "things.count": { responses: { 200: inspect } },
      "things.start": { responses: { 202: undefined } },
    },
  };
});
vi.mock("../../src/generated/requests.ts", () => ({
  REQUEST_PROPERTIES: { "things.create": ["name", "color"], "things.update": ["version", "name", "color"] },
}));
const sample = { id: "made", name: "made", color: "red", owner: "server" };
vi.mock("../../src/generated/samples.ts", () => ({ SAMPLES: { "things.create": sample, "things.update": sample } }));
vi.mock("../../src/generated/deliveries.ts", () => ({ deliveries: {}, subscriptions: {} }));

let api: TestApi;
beforeAll(async () => {
  vi.resetModules();
  const { createTestApi } = await import("../../src/test-api/index.ts");
  api = createTestApi({ now: () => 0 });
});
afterAll(() => vi.resetModules());

async function call(method: string, path: string, body?: object) {
  const headers = { authorization: "Bearer any" };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await api.fetch(`https://any.example/api/v1/things${path}`, init);
  const text = await response.text();
  return [response.status, text === "" ? undefined : JSON.parse(text)];
}

test("an entity is created, read, changed, found and deleted by the general rule", async () => {
  const [status, thing] = await call("POST", "", { name: "a" });
  const date = "1970-01-01T00:00:00.000Z";
  const made = { version: 1, creationDate: date, lastModifiedDate: date, name: "a", owner: "server" };
  expect([status, thing]).toEqual([201, { id: expect.stringMatching(/^[0-9a-f]{24}$/), ...made }]);
  expect(await call("GET", `/${thing.id}`)).toEqual([200, thing]);
  expect(await call("POST", "/query", { name: "a" })).toMatchObject([200, { content: [thing] }]);
  const changed = { ...thing, color: "blue", version: 2 };
  expect(await call("PUT", `/${thing.id}`, { ...thing, color: "blue", owner: "me" })).toEqual([200, changed]);
  expect(await call("DELETE", `/${thing.id}`)).toEqual([204, undefined]);
  expect(await call("GET", `/${thing.id}`)).toEqual([404, undefined]);
});

test("an operation that no general rule is for answers with the contract's example", async () => {
  expect(await call("GET", "/count")).toEqual([200, 7]);
  expect(await call("POST", "/1/start")).toEqual([202, undefined]);
});
