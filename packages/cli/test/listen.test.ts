import { spawnSync } from "node:child_process";
import { on, once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { forward } from "../src/listen/forward.ts";
import { formatLine, type ListenRecord } from "../src/listen/record.ts";
import { startApi } from "./api.ts";
import { mindbridge } from "./command.ts";
import { serve, serveText } from "./endpoint.ts";
import { listening, listeningForPeople, post } from "./listening.ts";

const signer = await createTestSigner();
const KEY = ["--key", signer.publicKey];

test("shows a genuine delivery, and ends when it is interrupted", async () => {
  const { url, next, end } = await listening(KEY);
  const delivery = await signDelivery(deliveries.analysisCompleted(), { signer });
  expect((await post(url, delivery)).status).toBe(204);
  expect(await next()).toMatchObject({
    verified: true,
    type: "analysis.completed",
    id: delivery.headers["webhook-id"],
    senderId: expect.any(String),
    body: delivery.body,
    status: 204,
  });
  expect((await end()).code).toBe(0);
});

test("says why a delivery does not verify, and what may have happened to it", async () => {
  const { url, next } = await listening(KEY);
  const { headers, body } = await signDelivery(deliveries.analysisCompleted(), { signer });
  const spoilt = JSON.stringify(JSON.parse(body), undefined, 2);
  expect((await post(url, { headers, body: spoilt })).status).toBe(401);
  expect(await next()).toMatchObject({
    verified: false,
    status: 401,
    error: { code: "signature_mismatch" },
    causes: [{ name: "body-reserialised" }],
  });
  expect((await post(url, { headers: {}, body: "" })).status).toBe(400);
  expect(await next()).toMatchObject({ verified: false, body: "", error: { code: "missing_header" } });
});

test("passes on the exact bytes and lines of headers, and the answer back", async () => {
  const received: { headers: NodeJS.Dict<string[]>; body: Buffer }[] = [];
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push({ headers: incoming.headersDistinct, body: await buffer(incoming) });
    response.writeHead(418, { "x-answer": ["one", "two"] }).end("short and stout");
  };
  const target = await serve(answer);
  const { url, next } = await listening([...KEY, "--forward", target]);
  const body = Buffer.from([0x7b, 0xff, 0x00, 0x0d, 0x0a]);
  const sent = request(url, { method: "POST", headers: { "webhook-id": ["a", "b"], "x-odd": "\u00e9" } }).end(body);
  const [response] = await once(sent, "response");
  expect(response.statusCode).toBe(418);
  expect(response.headersDistinct["x-answer"]).toEqual(["one", "two"]);
  expect(String(await buffer(response))).toBe("short and stout");
  expect(received).toMatchObject([{ body, headers: { "webhook-id": ["a", "b"], "x-odd": ["\u00e9"] } }]);
  expect(await next()).toMatchObject({ status: 418, forwarded: { status: 418, milliseconds: expect.any(Number) } });
});

test("if the endpoint is not there, the sender gets 502", async () => {
  const { url, next } = await listening([...KEY, "--forward", "http://127.0.0.1:1/"]);
  const delivery = await signDelivery(deliveries.analysisFailed(), { signer });
  expect((await post(url, delivery)).status).toBe(502);
  expect(await next()).toMatchObject({ verified: true, status: 502, forwarded: { error: "ECONNREFUSED" } });
});

const MIB = 1_048_576;

/** An endpoint whose answer has no end. */
function endless(_: unknown, response: ServerResponse): Promise<void> {
  response.writeHead(200, { "x-answer": "long" });
  const chunk = Buffer.alloc(65_536, "a");
  return pipeline(function* () {
    while (true) yield chunk;
  }, response);
}

test("cuts an answer that is too long, and says so", async () => {
  const { url, next } = await listening([...KEY, "--forward", await serve(endless)]);
  const { status, headers, text } = await post(url, await signDelivery(deliveries.analysisFailed(), { signer }));
  expect({ status, answer: headers.get("x-answer"), length: text.length }).toEqual({
    status: 200,
    answer: "long",
    length: MIB,
  });
  expect(await next()).toMatchObject({ status: 200, forwarded: { status: 200, truncatedAt: MIB } });
});

test("tells people that an answer was cut", async () => {
  const { url, end } = await listeningForPeople([...KEY, "--forward", await serve(endless)]);
  await post(url, await signDelivery(deliveries.analysisFailed(), { signer }));
  expect((await end()).stdout).toMatch(/passed on: 200 in \d+ ms; its body was cut after 1048576 bytes/);
});

test("passes a long answer on whole", async () => {
  const target = await serve((_, response) => void response.end("a".repeat(MIB)));
  const { url, next } = await listening([...KEY, "--forward", target]);
  const { text } = await post(url, await signDelivery(deliveries.analysisFailed(), { signer }));
  expect(text).toHaveLength(MIB);
  expect((await next()).forwarded).not.toHaveProperty("truncatedAt");
});

test("waits only so long for the end of an answer", async () => {
  const target = await serve((_, response) => void response.writeHead(200).write("a"));
  const { signal } = new AbortController();
  const delivery = { method: "POST", headers: [], body: Buffer.alloc(0) };
  const answer = await forward(new URL(target), delivery, { signal, timeout: 100 });
  expect(answer).toMatchObject({ status: undefined, error: "no whole answer within 100 ms" });
});

describe("a request whose Host header names", () => {
  /** Sends a genuine delivery that names a host, and resolves to the status of the answer. */
  async function sendTo(url: string, host: string): Promise<number | undefined> {
    const { headers, body } = await signDelivery(deliveries.analysisCompleted(), { signer });
    const sent = request(url, { method: "POST", headers: { ...headers, host }, agent: false }).end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  }

  test.each(["rebound.example", "rebound.example:4020", "localhost.example", "127.0.0.1.example", "192.0.2.1", "a b"])(
    "another machine is refused, and not passed on: %j",
    async (host) => {
      let requests = 0;
      const target = await serve((_, response) => {
        requests += 1;
        response.end();
      });
      const { url, end } = await listening([...KEY, "--forward", target]);
      expect(await sendTo(url, host)).toBe(421);
      const { stdout, stderr } = await end();
      expect({ stdout, requests }).toEqual({ stdout: "", requests: 0 });
      expect(stderr).toContain("was refused with 421. If it came through a tunnel");
    },
  );

  test("nothing is refused", async () => {
    const { url, end } = await listening(KEY);
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.end("POST / HTTP/1.0\r\n\r\n");
    expect(String(await buffer(socket))).toMatch(/^HTTP\/1\.1 421 /);
    expect((await end()).stderr).toContain("A request for no host was refused with 421.");
  });

  test.each(["localhost", "LOCALHOST:80", "mindbridge.localhost:4020", "127.0.0.1", "127.0.0.2:1", "[::1]:4020"])(
    "this machine is taken: %s",
    async (host) => {
      const { url } = await listening(KEY);
      expect(await sendTo(url, host)).toBe(204);
    },
  );

  test("a host of --allow-host is taken", async () => {
    const { url } = await listening([...KEY, "--allow-host", "a.example", "--allow-host", "Hooks.Example.com"]);
    expect(await sendTo(url, "hooks.example.com")).toBe(204);
    expect(await sendTo(url, "A.example:443")).toBe(204);
    expect(await sendTo(url, "b.example")).toBe(421);
  });
});

test.each(["https://hooks.example.com", "hooks.example.com:443", "hooks.example.com/a", "", "a b"])(
  "--allow-host takes a name alone: %j is wrong use",
  async (name) => {
    const { code, stderr } = await mindbridge(["listen", "--allow-host", name]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("Give the name of a host alone") });
  },
);

test("passes the method on, and shows no password", async () => {
  const methods: unknown[] = [];
  const target = await serve((incoming, response) => {
    methods.push(incoming.method);
    response.end();
  });
  const { url, next, end } = await listening([...KEY, "--forward", target.replace("//", "//someone:secret@")]);
  for (const method of ["PUT", "GET"]) {
    await fetch(url, { method });
    expect(await next()).toMatchObject({ forwarded: { status: 200 } });
  }
  expect(methods).toEqual(["PUT", "GET"]);
  expect((await end()).stderr).not.toContain("secret");
});

test("passes deliveries on to another machine only if that is allowed", async () => {
  const args = ["--forward", "http://192.0.2.1/webhooks"];
  const refused = await mindbridge(["listen", "--port", "0", ...KEY, ...args]);
  expect(refused).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("give --allow-remote") });
  const { end } = await listening([...KEY, ...args, "--allow-remote"]);
  expect((await end()).code).toBe(0);
});

test.each([
  "101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: else",
  "101 Switching Protocols",
  "099 Too Little\r\nContent-Length: 0",
])("an answer that cannot be passed back is 502: %j", async (head) => {
  const { url, next } = await listening([...KEY, "--forward", await serveText(`HTTP/1.1 ${head}\r\n\r\n`)]);
  const delivery = await signDelivery(deliveries.analysisFailed(), { signer });
  expect((await post(url, delivery)).status).toBe(502);
  expect(await next()).toMatchObject({ status: 502, forwarded: { error: expect.stringContaining("ends no answer") } });
});

test("if the API does not give the key, it says why, and the sender gets 503", async () => {
  const api = await serve((_, response) => void response.writeHead(401).end("revoked \u001b[31m"));
  const env = { MINDBRIDGE_API_URL: new URL(api).origin, MINDBRIDGE_API_TOKEN: "any-token" };
  const event = deliveries.analysisCompleted();
  const { url, next, end } = await listening(["--webhook", event.senderId], { env });
  expect((await post(url, await signDelivery(event, { signer }))).status).toBe(503);
  const { error } = (await next()) as { error: { code: string; message: string } };
  expect(error.code).toBe("key_source");
  expect(error.message).toMatch(
    /^The key cannot be fetched\. webhooks\.get: GET .* answered 401\. It said: revoked \\u\{1b\}/,
  );
  expect(error.message).toContain("Replace the token from MINDBRIDGE_API_TOKEN");
  expect((await end()).stderr).toContain(`--webhook ${event.senderId}: its key cannot be fetched. webhooks.get: GET`);
});

test("it warns at the start of a webhook that is not there, and a delivery of another says so again", async () => {
  const api = await startApi(404, "{}");
  const { url, next, stderr } = await listening(["--webhook", "66e0"], { env: api.env });
  for await (const [chunk] of on(stderr, "data")) if (String(chunk).includes("--webhook 66e0: its key")) break;
  const event = deliveries.analysisCompleted();
  await post(url, await signDelivery(event, { signer }));
  expect(await next()).toMatchObject({
    error: {
      code: "no_key",
      message: `The body names the sender ${event.senderId}, and --webhook names 66e0 (there is no such webhook). If that is yours, give --webhook ${event.senderId}.`,
    },
  });
});

test("of a long body it prints the beginning, and says where the rest is", async () => {
  const { url, end } = await listeningForPeople(KEY);
  const event = { ...deliveries.analysisCompleted(), many: Array.from({ length: 1000 }, (_, index) => index) };
  await post(url, await signDelivery(event, { signer }));
  const { stdout } = await end();
  expect(stdout.split("\n").length).toBeLessThan(60);
  expect(stdout).toMatch(/The body is cut here: it has [\d,]+ characters on 1,\d+ lines\. --save keeps it whole/);
});

test("the line of a delivery says by which method it came, unless by POST, and whether it was sent again", () => {
  const record = { receivedAt: "2026-03-02T09:15:05Z", verified: true, type: "analysis.completed", status: 204 };
  const line = (more: object) =>
    formatLine({ ...record, ...more } as unknown as ListenRecord, { style: (_, text) => text, width: undefined });
  expect(line({ method: "PUT" })).toMatch(/PUT analysis\.completed {2}verified$/);
  expect(line({ method: "POST", again: { of: "1-1", signedAnew: false } })).toMatch(
    / {2}analysis.+ verified, sent again$/,
  );
  expect(line({ method: "POST", again: { of: "1-1", signedAnew: true } })).toMatch(/sent again, signed anew$/);
});

test("ends when it is interrupted, even before the API has answered", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const api = await serve(() => resolve());
  const env = { MINDBRIDGE_API_URL: new URL(api).origin, MINDBRIDGE_API_TOKEN: "any-token" };
  const event = deliveries.analysisCompleted();
  const { url, end } = await listening(["--webhook", event.senderId], { env });
  const sent = post(url, await signDelivery(event, { signer })).catch(() => "cut off");
  await asked;
  expect(await end()).toMatchObject({ code: 0, stdout: "" });
  expect(await sent).toBe("cut off");
});

test("if a delivery cannot be kept, it says so, and the sender gets 500", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  const { url, end } = await listening([...KEY, "--save", folder]);
  rmSync(folder, { recursive: true });
  expect((await post(url, await signDelivery(deliveries.analysisCompleted(), { signer }))).status).toBe(500);
  expect((await end()).stderr).toContain("A delivery was answered with 500: ENOENT");
});

test("a sender that breaks off does no harm", async () => {
  const { url, next, end } = await listening(KEY);
  const sent = request(url, { method: "POST", headers: { "content-length": 100, expect: "100-continue" } });
  sent.on("error", () => {}).flushHeaders();
  await once(sent, "continue");
  sent.destroy();
  await post(url, { headers: {}, body: "" });
  expect(await next()).toMatchObject({ body: "" });
  expect((await end()).stderr).not.toContain("500");
});

test("a port that is in use is a failure that says so", async () => {
  const { url } = await listening(KEY);
  const { port } = new URL(url);
  const { code, stderr } = await mindbridge(["listen", ...KEY, "--port", port]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(`^Port ${port} is in use \\(EADDRINUSE\\)`),
  });
});

test("`mindbridge verify` reads the deliveries that it keeps", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { url, next } = await listening([...KEY, "--save", join(folder, "captured")]);
  await post(url, await signDelivery(deliveries.analysisCompleted(), { signer }));
  const { saved } = (await next()) as { saved: { headers: string; body: string } };
  const { code } = await mindbridge(["verify", ...KEY, "--headers", saved.headers, "--body", saved.body]);
  expect(code).toBe(0);
});

test.skipIf(process.platform === "win32")("nobody else can read the deliveries that it keeps", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { url, next } = await listening([...KEY, "--save", join(folder, "captured")]);
  await post(url, await signDelivery(deliveries.analysisCompleted(), { signer }));
  const { saved } = (await next()) as { saved: { headers: string; body: string } };
  const modes = [join(folder, "captured"), saved.headers, saved.body].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

test("control characters of a delivery are escaped", async () => {
  const { url, end } = await listeningForPeople(KEY);
  await post(url, await signDelivery({ type: "\u001b[2J\u202e\nverified", note: "\u009b1m" }, { signer }));
  await post(url, await signDelivery("no JSON\nAs it should be.", { signer }));
  const { stdout } = await end();
  expect(stdout).toContain("\\u{1b}[2J\\u{202e}\\u{a}verified");
  // It is indented, unlike our own lines.
  expect(stdout).toContain("\n  no JSON\n  As it should be.\n");
  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("a wrong key is refused before anything is received", async () => {
  for (const args of [
    ["--key", "garbage"],
    ["--key", `66e0a4f7c2d81b0013fe5a90=${"garbage".repeat(6)}`],
  ]) {
    const { code, stderr } = await mindbridge(["listen", "--port", "0", ...args]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^--key: /) });
  }
});

test("the command that verifies a kept delivery can be pasted into a shell", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge's "));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { url, end } = await listeningForPeople([...KEY, "--save", folder]);
  await post(url, await signDelivery(deliveries.analysisCompleted(), { signer }));
  const [, words = ""] = /Kept: mindbridge (.+)/.exec((await end()).stdout) ?? [];
  const pasted = spawnSync("sh", ["-c", `printf '%s\\0' ${words}`], { encoding: "utf8" });
  const verified = await mindbridge(pasted.stdout.split("\0").slice(0, -1));
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining("Genuine") });
});

test("so can that of a delivery whose key is from --webhook", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const event = deliveries.analysisCompleted();
  const { env } = await startApi(200, JSON.stringify({ id: event.senderId, publicKey: signer.publicKey }));
  const { url, end } = await listeningForPeople(["--webhook", event.senderId, "--save", folder], { env });
  await post(url, await signDelivery(event, { signer }));
  const [, words = ""] = /Kept: mindbridge (.+)/.exec((await end()).stdout) ?? [];
  expect(words).toContain(`--key ${event.senderId}=whpk_`);
  expect(await mindbridge(words.split(" "))).toMatchObject({ code: 0, stdout: expect.stringContaining("Genuine") });
});

test("control characters in the name of the folder are escaped", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "mindbridge-")), "it's\u001b[2J\\\u202e");
  mkdirSync(folder);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { url, end } = await listeningForPeople([...KEY, "--save", folder]);
  await post(url, await signDelivery(deliveries.analysisCompleted(), { signer }));
  const { stdout } = await end();
  expect(stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  const [, words = ""] = /Kept: mindbridge (.+)/.exec(stdout) ?? [];
  const pasted = spawnSync("bash", ["-c", `printf '%s\\0' ${words}`], { encoding: "utf8" });
  const verified = await mindbridge(pasted.stdout.split("\0").slice(0, -1));
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining("Genuine") });
});

test("a body that is too large is refused", async () => {
  const { url, end } = await listening(KEY);
  expect((await post(url, { headers: {}, body: "x".repeat(1_100_000) })).status).toBe(413);
  expect((await end()).stderr).toContain("1048576 bytes was refused");
});

test("--key and --webhook exclude each other, and --webhook needs the API", async () => {
  const both = await mindbridge(["listen", ...KEY, "--webhook", "a"]);
  expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining("not both") });
  const none = await mindbridge(["listen", "--webhook", "a"]);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("MINDBRIDGE_API_URL") });
});
