import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createReceiver, memoryStore } from "../../src/index.ts";
import { createSigner, noting } from "../receiver/support.ts";
import { frameworks, type Running } from "./frameworks.ts";
import { flood, head, open } from "./raw-http.ts";

const LIMIT = 2_000;
const signer = createSigner();

describe.each(Object.entries(frameworks))("%s", (_name, start) => {
  const { hooks, notes } = noting();
  const receiver = createReceiver({
    keys: signer.publicKey,
    store: memoryStore(),
    hooks,
    maxBodyBytes: LIMIT,
    bodyTimeout: 300,
  })
    .on("analysis.completed", () => {})
    .on("analysis.failed", () => {
      throw new Error("no");
    });
  let server: Running;
  beforeAll(async () => {
    server = await start(receiver);
  });
  afterAll(() => server[Symbol.asyncDispose]());
  beforeEach(() => {
    notes.length = 0;
  });

  const send = (init: RequestInit) => fetch(server.url, { method: "POST", ...init });
  const codeOf = async (response: Response) => ({ status: response.status, ...((await response.json()) as object) });

  test("handles a delivery once", async () => {
    const delivery = signer.deliver();
    const first = await send(delivery);
    expect([first.status, await first.text()]).toEqual([204, ""]);
    expect((await send(delivery)).status).toBe(204);
    expect(notes).toEqual(["received", "handled", "received", "duplicate"]);
  });

  test("handles a body that comes in pieces", async () => {
    const { headers, body } = signer.deliver({ userId: "é".repeat(100) });
    const pieces = new ReadableStream({
      start(controller) {
        for (const byte of new TextEncoder().encode(body)) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    expect((await send({ headers, body: pieces, duplex: "half" } as RequestInit)).status).toBe(204);
    expect(notes).toEqual(["received", "handled"]);
  });

  test("takes a media type that is JSON, and none", async () => {
    for (const type of ["application/json; charset=utf-8", "application/cloudevents+json", "Application/JSON;a=b"]) {
      expect((await send(signer.deliver({}, { headers: { "content-type": type } }))).status).toBe(204);
    }
    const { headers, body } = signer.deliver();
    delete headers["content-type"];
    // Bytes, since fetch gives a string a type.
    expect((await send({ headers, body: new TextEncoder().encode(body) })).status).toBe(204);
  });

  test("refuses another method, and another media type", async () => {
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"]) {
      const response = await fetch(server.url, { method });
      expect(response.headers.get("allow")).toBe("POST");
      expect(await codeOf(response)).toEqual({ status: 405, code: "method_not_allowed" });
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json"]) {
      const response = await send(signer.deliver({}, { headers: { "content-type": type } }));
      expect(await codeOf(response)).toEqual({ status: 415, code: "unsupported_media_type" });
    }
  });

  test("refuses what is malformed, and what is not signed", async () => {
    const { headers, body } = signer.deliver();
    const { "webhook-id": _id, ...without } = headers;
    expect(await codeOf(await send({ headers: without, body }))).toEqual({ status: 400, code: "missing_header" });
    const forged = await send({ headers, body: `${body} ` });
    expect(forged.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await codeOf(forged)).toEqual({ status: 401, code: "signature_mismatch" });
    expect(await codeOf(await send({ headers, body: "" }))).toEqual({ status: 401, code: "signature_mismatch" });
    expect(notes).toEqual([
      "refused missing_header 400",
      "refused signature_mismatch 401",
      "refused signature_mismatch 401",
    ]);
  });

  test("tells of a handler that failed", async () => {
    const response = await send(signer.deliver({ type: "analysis.failed" }));
    expect(await codeOf(response)).toEqual({ status: 500, code: "handler" });
  });

  test("takes a body of the longest that is allowed, and refuses a longer one", async () => {
    const longest = (length: number) => {
      const { body } = signer.deliver({ userId: "" });
      return signer.deliver({ userId: "a".repeat(length - body.length) });
    };
    expect(longest(LIMIT).body).toHaveLength(LIMIT);
    expect((await send(longest(LIMIT))).status).toBe(204);
    expect(await codeOf(await send(longest(LIMIT + 1)))).toEqual({ status: 413, code: "body_too_large" });
  });

  test("refuses a Content-Length over the limit before any of the body is there", async () => {
    const { socket, closed } = open(server.port);
    socket.write(head({ ...signer.deliver().headers, "content-length": `${LIMIT + 1}`, connection: "close" }));
    expect(await closed).toMatch(/^HTTP\/1\.1 413 .*body_too_large/s);
  });

  test.each<[string, Record<string, string>, number]>([
    ["is too long", { "content-length": `${LIMIT + 1}` }, 413],
    ["turns out to be too long", { "transfer-encoding": "chunked" }, 413],
    ["does not end", { "content-length": "100" }, 503],
    ["is of another media type", { "content-length": "100", "content-type": "text/plain" }, 415],
  ])("closes the connection if the body %s", async (_what, headers, status) => {
    const { socket, closed } = open(server.port);
    const length = LIMIT + 1;
    const chunk = headers["transfer-encoding"] ? `${length.toString(16)}\r\n${"a".repeat(length)}\r\n` : "a";
    socket.write(`${head({ ...signer.deliver().headers, ...headers })}${chunk}`);
    expect(await closed).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*connection: close`, "is"));
  });

  test("reads no more of a body without end than the limit", async () => {
    const { socket, closed } = open(server.port);
    socket.write(head({ ...signer.deliver().headers, "transfer-encoding": "chunked" }));
    flood(socket, `400\r\n${"a".repeat(0x400)}\r\n`);
    expect(await closed).toMatch(/^HTTP\/1\.1 413 .*body_too_large/s);
  });

  test("gives up a body that does not come", async () => {
    const { socket, closed } = open(server.port);
    socket.write(`${head({ ...signer.deliver().headers, "content-length": "100" })}{`);
    expect(await closed).toMatch(/^HTTP\/1\.1 503 .*retry-after: 30.*incomplete_body/is);
  });

  test("gives up a body whose connection breaks", async () => {
    const { socket } = open(server.port);
    socket.write(`${head({ ...signer.deliver().headers, "content-length": "100" })}{`, () => socket.destroy());
    await expect.poll(() => notes).toEqual(["refused incomplete_body 503"]);
  });
});
