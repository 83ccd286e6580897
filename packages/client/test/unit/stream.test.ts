import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  AbortError,
  ConnectionError,
  InternalServerError,
  ResponseTooLargeError,
  TimeoutError,
} from "../../src/errors.ts";
import { createExchange } from "../../src/exchange.ts";
import type { RequestOptions } from "../../src/options.ts";
import { formData, unchanged, withSerialization } from "../../src/serialization.ts";
import { stream } from "../../src/stream.ts";

let answer: (request: IncomingMessage, response: ServerResponse) => unknown;
const server = createServer((request, response) => answer(request, response));
let baseUrl = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const exchange = (options: RequestOptions = {}) =>
  createExchange({ baseUrl, token: "secret", maxRetryWait: 5, ...options }).request;

const download = (options?: RequestOptions, client?: RequestOptions) =>
  stream<ReadableStream<Uint8Array>, Response>(exchange(client), "files.get", "GET", "/file", {}, options);

/** Sends bodies of `bytes`, of which the server notes what comes. */
const upload = (body: unknown, options?: RequestOptions, client?: RequestOptions) =>
  withSerialization(exchange(client), {
    contentType: "application/octet-stream",
    bodySerializer: body instanceof Blob || body instanceof ReadableStream ? unchanged : formData(),
  })("files.put", "PUT", "/file", { body, content: "none" }, options);

/** Begins an answer, and leaves it open. */
const beginning: typeof answer = (_, response) => void response.writeHead(200).write("begun");

test("a form has no part for what is null", () => {
  const parts = formData()({ note: null, tags: ["a", null], size: 0 });
  expect([...parts]).toEqual([
    ["tags", "a"],
    ["size", "0"],
  ]);
});

test.each([
  ["without middleware", {}],
  ["with middleware", { middleware: [{ onResponse: () => undefined }] }],
])("a stream comes before its end, %s", async (_, options) => {
  let open: ServerResponse | undefined;
  answer = (request, response) => {
    beginning(request, response);
    open = response;
  };
  const { data, response } = await download(undefined, options).withResponse();
  expect(response.status).toBe(200);
  const reader = data.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("begun");
  open?.end("ended");
  expect(new TextDecoder().decode((await reader.read()).value)).toBe("ended");
  expect((await reader.read()).done).toBe(true);
});

test.each([
  ["without middleware", {}],
  ["with middleware", { middleware: [{ onResponse: () => undefined }] }],
])("a stream of a media type that is asked for can be read, %s", async (_, client) => {
  answer = ({ headers }, response) => void response.writeHead(200).end(headers.accept);
  const request = withSerialization(exchange(client), { accept: "text/csv" });
  expect(await stream(request, "files.get", "GET", "/file", {}).text()).toBe("text/csv");
});

test("a time-out holds until the last byte", async () => {
  answer = beginning;
  const error: unknown = await download({ timeout: 200 })
    .text()
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ attempts: 1, operation: "files.get", message: expect.stringContaining("200 ms") });
});

test("the bound of a response holds: the client reads no further, and hands on nothing above it", async () => {
  answer = (_, response) => void response.writeHead(200).end("x".repeat(100));
  expect(await download({ maxResponseBytes: 100 }).text()).toHaveLength(100);
  const reading = (await download({ maxResponseBytes: 99 })).getReader().read();
  await expect(reading).rejects.toBeInstanceOf(ResponseTooLargeError);
});

test("an abort ends a stream, also while it is read, and closes the connection", async () => {
  let closed: Promise<void> | undefined;
  answer = (request, response) => {
    beginning(request, response);
    closed = new Promise((resolve) => response.once("close", resolve));
  };
  const controller = new AbortController();
  const reader = (await download({ signal: controller.signal })).getReader();
  await reader.read();
  const reading = reader.read();
  controller.abort(new Error("enough"));
  await expect(reading).rejects.toMatchObject({ name: "AbortError", cause: { message: "enough" } });
  await expect(reader.read()).rejects.toBeInstanceOf(AbortError);
  await closed;
});

test("a stream that is cancelled closes the connection, and leaves no timer", async () => {
  let closed: Promise<void> | undefined;
  answer = (request, response) => {
    beginning(request, response);
    closed = new Promise((resolve) => response.once("close", resolve));
  };
  await (await download()).cancel();
  await closed;
});

test("a stream that breaks off fails, and is not asked for again", async () => {
  let requests = 0;
  answer = (request, response) => {
    requests++;
    response.writeHead(200).write("begun", () => request.socket.destroy());
  };
  await expect(download().text()).rejects.toBeInstanceOf(ConnectionError);
  expect(requests).toBe(1);
});

test("an error is read as a text, and retried", async () => {
  let requests = 0;
  answer = (_, response) => {
    requests++;
    response.writeHead(requests < 3 ? 503 : 200).end(requests < 3 ? '{"why":"secret"}' : "done");
  };
  expect(await download().text()).toBe("done");
  requests = 0;
  const error: unknown = await download({ maxRetries: 1 })
    .text()
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InternalServerError);
  expect(error).toMatchObject({ attempts: 2, body: { why: "[redacted]" } });
});

test.each([
  ["a Blob", new Blob(["hi"]), "hi"],
  ["a form", { file: new Blob(["hi"]) }, "hi"],
  ["a stream", undefined, "hi"],
])("%s is sent, and again only if it can be read again", async (what, body, text) => {
  const received: string[] = [];
  answer = async (request, response) => {
    received.push((await buffer(request)).toString());
    response.writeHead(503).end();
  };
  for (const middleware of [[], [{ onRequest: () => undefined }]]) {
    received.length = 0;
    await upload(body ?? new Blob(["hi"]).stream(), { maxRetries: 1 }, { middleware }).catch(() => {});
    expect(received).toHaveLength(what === "a stream" ? 1 : 2);
    for (const each of received) expect(each).toContain(text);
  }
});
