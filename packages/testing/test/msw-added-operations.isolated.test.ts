// Operations that the contract may have one day: without examples or content, with overlapping paths, and with other security.
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const operation = (method: string, path: string, status: string) => {
  const pathParameters = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name);
  return { method, path, pathParameters, statuses: ["401", status] };
};
const inspect = () => [];

vi.mock("@mindbridge-sdk/contract", () => ({
  OPTIONAL_TOKENS: ["GET /v1/orgs/{org.id}/status"],
  TOKEN_HEADERS: { "GET /v1/health": "", "GET /v1/usage": "x-api-key", "GET /v1/orgs/{org.id}/status": "x-api-key" },
}));
vi.mock("@mindbridge-sdk/contract/operations", () => ({
  OPERATIONS: {
    "things.get": operation("GET", "/v1/things/{thingId}", "200"),
    "things.count": operation("GET", "/v1/things/count", "2XX"),
    "things.delete": operation("DELETE", "/v1/things/{thingId}", "204"),
    "health.get": operation("GET", "/v1/health", "204"),
    "usage.get": operation("GET", "/v1/usage", "204"),
    "status.get": operation("GET", "/v1/orgs/{org.id}/status", "204"),
    "files.upload": operation("POST", "/v1/files", "204"),
  },
}));
vi.mock("@mindbridge-sdk/contract/examples", () => ({
  EXAMPLES: {
    "things.get": { responses: {} },
    "things.count": { responses: { "2XX": { first: 1, second: 2 } } },
    "things.delete": { responses: {} },
    "health.get": { responses: {} },
    "usage.get": { responses: {} },
    "status.get": { responses: {} },
    "files.upload": { responses: {} },
  },
}));
vi.mock("@mindbridge-sdk/contract/operation-validators", () => ({
  OPERATION_VALIDATORS: {
    "files.upload": {
      request: { problems: () => [{ pointer: "", keyword: "type", expected: "the type object" }] },
      isRequestRequired: true,
      isForm: true,
      responses: { 204: undefined },
    },
    "things.get": { responses: { 200: inspect } },
    "things.count": { responses: { "2XX": inspect } },
    "things.delete": { responses: { 204: undefined } },
    "health.get": { responses: { 204: undefined } },
    "usage.get": { responses: { 204: undefined } },
    "status.get": { responses: { 204: undefined } },
  },
}));

vi.mock("../src/generated/samples.ts", () => ({ SAMPLES: { "things.get": { id: "text" } } }));

const server = setupServer(http.all("*", () => new Response(null, { status: 418 })));
beforeAll(async () => {
  const { mockApiHandlers } = await import("../src/msw.ts");
  server.listen();
  server.use(...mockApiHandlers({ baseUrl: "http://localhost/api" }));
});
afterAll(() => server.close());

const call = async (method: string, path: string, headers: HeadersInit = { authorization: "Bearer token" }) => {
  const response = await fetch(`http://localhost/api${path}`, { method, headers });
  return [response.status, await response.text()];
};

test("a path without parameters goes before one that has some", async () => {
  expect(await call("GET", "/v1/things/count")).toEqual([200, "1"]);
});

test("without an example, the answer is made of the schema", async () => {
  expect(await call("GET", "/v1/things/1")).toEqual([200, '{"id":"text"}']);
  expect(await call("GET", "/v1/things/1", {})).toEqual([401, ""]);
});

test("without content, the answer has no body", async () => {
  expect(await call("DELETE", "/v1/things/1")).toEqual([204, ""]);
  expect(await call("DELETE", "/v1/things/1", {})).toEqual([401, ""]);
});

test("the token is asked for in the header that takes it, or not at all", async () => {
  expect(await call("GET", "/v1/health", {})).toEqual([204, ""]);
  expect(await call("GET", "/v1/usage", { "x-api-key": "token" })).toEqual([204, ""]);
  expect(await call("GET", "/v1/usage")).toEqual([401, ""]);
  expect(await call("GET", "/v1/orgs/1/status", {})).toEqual([204, ""]);
  expect(await call("GET", "/v1/orgs/1/status", { "x-api-key": "token" })).toEqual([204, ""]);
});

test("a form is taken as it comes", async () => {
  expect(await call("POST", "/v1/files")).toEqual([204, ""]);
});
