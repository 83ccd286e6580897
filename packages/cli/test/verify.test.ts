import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { afterAll, describe, expect, test } from "vitest";
import { mindbridge, type Result } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");
const whpk = (key: KeyObject) => `whpk_${key.export({ format: "der", type: "spki" }).subarray(-32).toString("base64")}`;
const KEY = whpk(publicKey);
const SENDER = "66e0a4f7c2d81b0013fe5a90";
const ID = "66e0b1d3c2d81b0013fe5b17";
/** Months before the test: a capture is old. */
const SECONDS = 1_772_442_905;
const BODY = JSON.stringify({
  type: "analysis.completed",
  eventId: ID,
  senderId: SENDER,
  tenantId: "acme",
  data: { analysisId: "7", name: "Käse" },
});
const PRETTY = JSON.stringify(JSON.parse(BODY), undefined, 2);

type Headers = Record<string, string>;
interface Given {
  readonly headers: Headers | string | Uint8Array;
  readonly body: string | Uint8Array;
  readonly args?: readonly string[];
}

const signatureOf = (body: string | Uint8Array, timestamp: number | string = SECONDS, by = privateKey) =>
  `v1a,${sign(null, Buffer.concat([Buffer.from(`${ID}.${timestamp}.`), Buffer.from(body)]), by).toString("base64")}`;
const signed = (body: string | Uint8Array = BODY, more: Headers = {}): Headers => ({
  "Content-Type": "application/json",
  "Webhook-Id": ID,
  "Webhook-Timestamp": String(SECONDS),
  "Webhook-Signature": signatureOf(body),
  ...more,
});
const without = (name: string) => Object.fromEntries(Object.entries(signed()).filter(([each]) => each !== name));
const lines = (headers: Headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);

/** Writes a capture into files, and has it verified. */
async function verify({ headers, body, args = ["--key", KEY] }: Given): Promise<Result> {
  const isCapture = typeof headers === "string" || headers instanceof Uint8Array;
  writeFileSync(join(folder, "headers"), isCapture ? headers : lines(headers).join(""));
  writeFileSync(join(folder, "body"), body);
  return mindbridge(["verify", "--headers", "headers", "--body", "body", ...args], { cwd: folder });
}

/** The JSON that is printed of a capture. */
async function judged(given: Given): Promise<{ code: number | null; verdict: Record<string, unknown> }> {
  const { code, stdout, stderr } = await verify({ ...given, args: [...(given.args ?? ["--key", KEY]), "--json"] });
  expect(stderr).toBe("");
  return { code, verdict: JSON.parse(stdout) };
}

describe("a genuine capture", () => {
  test("is called genuine, with its fields and its age, which is not judged", async () => {
    const { code, stdout, stderr } = await verify({ headers: signed(), body: BODY });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^Genuine: the signature is right\.\ntype +analysis\.completed\nid +66e0b1d3c2d81b0013fe5b17\n/,
    );
    expect(stdout).toMatch(
      /Signed at 2026-03-02T09:15:05\.000Z, \d+ d(?: \d+ \w+)? before now\. A capture is old, so that is not judged/,
    );
  });

  test("is one JSON document with --json", async () => {
    expect(await judged({ headers: signed(), body: BODY })).toEqual({
      code: 0,
      verdict: {
        genuine: true,
        inTime: null,
        signedAt: "2026-03-02T09:15:05.000Z",
        age: expect.any(Number),
        delivery: { type: "analysis.completed", id: ID, eventId: ID, senderId: SENDER, tenantId: "acme" },
        causes: [],
      },
    });
  });

  test.each([
    ["with --at", ["--at", String(SECONDS + 300)], true, 0],
    ["too late", ["--at", "2026-03-02T09:20:06Z"], false, 1],
    ["within --tolerance", ["--at", "2026-03-02T10:20:06+01:00", "--tolerance", "301"], true, 0],
    ["before it was signed", ["--at", String(SECONDS - 301)], false, 1],
    ["now, with --tolerance", ["--tolerance", "60"], false, 1],
  ])("is also judged by its age: %s", async (_, args, inTime, code) => {
    const result = await judged({ headers: signed(), body: BODY, args: ["--key", KEY, ...args] });
    expect(result).toMatchObject({ code, verdict: { genuine: true, inTime } });
    expect(result.verdict.causes).toMatchObject(inTime ? [] : [{ name: "clock" }]);
  });

  test.each([
    ["an HTTP request", `POST /hook HTTP/1.1\r\n${lines(signed()).join("").replaceAll("\n", "\r\n")}\r\n`],
    [
      "what curl --verbose shows",
      `* Connected\n> POST / HTTP/2\n${lines(signed())
        .map((line) => `> ${line}`)
        .join("")}>\n`,
    ],
    ["a JSON object", JSON.stringify(signed())],
    ["a JSON object of lists", JSON.stringify(Object.fromEntries(Object.entries(signed()).map(([k, v]) => [k, [v]])))],
    ["JSON pairs after a byte order mark", `\ufeff${JSON.stringify(Object.entries(signed()))}`],
    ["the head of a whole message", `POST / HTTP/1.1\r\n${lines(signed()).join("\r")}\r\n${PRETTY}\nno header`],
    ["lines with empty ones between them", lines(signed()).join("\n\n")],
    ["lines that are indented", lines(signed()).join("  ").replace(/^/, "  ")],
    ["lines that go on in the next", lines(signed()).join("").replace("Signature: ", "Signature:\r\n\t")],
    ["what PowerShell writes", Buffer.from(`\ufeff${lines(signed()).join("\r")}`, "utf16le")],
    ["a list as in HAR", JSON.stringify(Object.entries(signed()).map(([name, value]) => ({ name, value })))],
    ["Node's rawHeaders", JSON.stringify(Object.entries(signed()).flat())],
    ["the event of a gateway", JSON.stringify({ headers: signed(), isBase64Encoded: false, body: BODY })],
    ["an event log", JSON.stringify({ id: ID, status: "FAILED", requestHeaders: signed(), requestBody: BODY })],
  ])("is recognised if its headers are %s", async (_, headers) => {
    expect(await judged({ headers, body: BODY })).toMatchObject({ code: 0, verdict: { genuine: true } });
  });

  test("is recognised by any of the keys, in any form", async () => {
    writeFileSync(join(folder, "key.pem"), publicKey.export({ format: "pem", type: "spki" }));
    const jwk = JSON.stringify(publicKey.export({ format: "jwk" }));
    writeFileSync(join(folder, "webhook.json"), JSON.stringify({ id: SENDER, publicKey: KEY }));
    writeFileSync(join(folder, "answer.json"), `\ufeff${JSON.stringify({ webhook: { id: SENDER, publicKey: KEY } })}`);
    for (const key of [
      "@key.pem",
      "@webhook.json",
      "@answer.json",
      jwk,
      `${SENDER}=${KEY}`,
      `${SENDER}=@key.pem`,
      KEY.slice("whpk_".length),
    ]) {
      const other = key.startsWith(SENDER) ? `other=${KEY}` : whpk(stranger.publicKey);
      const result = await judged({ headers: signed(), body: BODY, args: ["--key", other, "--key", key] });
      expect(result).toMatchObject({ code: 0, verdict: { genuine: true } });
    }
  });

  test("may be an event log, in a file or over stdin", async () => {
    const log = JSON.stringify({ id: ID, status: "FAILED", requestHeaders: signed(), requestBody: BODY }, undefined, 2);
    writeFileSync(join(folder, "log.json"), log);
    const args = ["verify", "--key", KEY, "--json", "--log"];
    const options = { cwd: folder, input: log };
    for (const path of ["log.json", "-"]) {
      const { code, stdout } = await mindbridge([...args, path], options);
      expect({ code, verdict: JSON.parse(stdout) }).toMatchObject({ code: 0, verdict: { genuine: true } });
    }
  });

  test("has no field that its body does not have", async () => {
    const body = JSON.stringify({ type: "analysis.completed", tenantId: "\u009b1m" });
    const { stdout } = await verify({ headers: signed(body), body });
    expect(stdout).toMatch(
      /^Genuine.*\ntype +analysis\.completed\nid +66e0b1d3c2d81b0013fe5b17\ntenantId +"\\u009b1m"\nSigned at/,
    );
  });

  test("may have a time with twelve digits", async () => {
    const seconds = "123456789012";
    const headers = signed(BODY, { "Webhook-Timestamp": seconds, "Webhook-Signature": signatureOf(BODY, seconds) });
    const result = await judged({ headers, body: BODY, args: ["--key", KEY, "--at", seconds] });
    expect(result).toMatchObject({
      code: 0,
      verdict: { inTime: true, signedAt: "5882-03-11T00:30:12.000Z", age: 0 },
    });
  });

  test("may come over stdin, and be signed with the key of the mock's webhooks", async () => {
    const signer = await createTestSigner({ publishedTestKey: true });
    const { headers, body } = await signDelivery(deliveries.analysisCompleted(), { signer });
    writeFileSync(join(folder, "headers"), lines(headers).join(""));
    const args = ["verify", "--key", signer.publicKey, "--headers", "headers", "--body", "-"];
    const options = { cwd: folder, input: body };
    expect(await mindbridge([...args, "--allow-test-key"], options)).toMatchObject({ code: 0 });
    const refused = await mindbridge(args, options);
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(
      "It does not verify: A key is refused (test key). Anyone can sign with it: --allow-test-key takes it.",
    );
  });
});

const latin1 = Buffer.from(BODY).toString("latin1");
const own = signatureOf(BODY);
const flipped = own.replace(/[A-Za-z0-9+/](?===$)/, (last) =>
  last === "A" ? "B" : String.fromCharCode(last.charCodeAt(0) + 1),
);
const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const privatePem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();

test.each<[string, Given, code: string, ...causes: string[]]>([
  [
    "the body parsed and written again",
    { headers: signed(PRETTY), body: BODY },
    "signature_mismatch",
    "body-reserialised",
  ],
  ["a newline added, as by an editor", { headers: signed(), body: `${BODY}\n` }, "signature_mismatch", "newline-added"],
  [
    "a newline lost, as by a shell",
    { headers: signed(`${BODY}\n`), body: BODY },
    "signature_mismatch",
    "newline-removed",
  ],
  ["LF made CRLF", { headers: signed(PRETTY), body: PRETTY.replaceAll("\n", "\r\n") }, "signature_mismatch", "crlf"],
  ["CRLF made LF", { headers: signed(PRETTY.replaceAll("\n", "\r\n")), body: PRETTY }, "signature_mismatch", "crlf"],
  ["a byte order mark added", { headers: signed(), body: `\ufeff${BODY}` }, "signature_mismatch", "byte-order-mark"],
  ["the wrong charset", { headers: signed(), body: latin1 }, "signature_mismatch", "wrong-charset"],
  [
    "what PowerShell writes",
    { headers: signed(), body: Buffer.from(`\ufeff${BODY}\r\n`, "utf16le") },
    "signature_mismatch",
    "wrong-charset",
    "newline-added",
  ],
  ["base64", { headers: signed(), body: Buffer.from(BODY).toString("base64") }, "signature_mismatch", "body-encoded"],
  [
    "gzip, where the sender chooses the key",
    { headers: signed(), body: gzipSync(BODY), args: ["--key", `${SENDER}=${KEY}`] },
    "no_key",
    "body-encoded",
  ],
  ["a body cut short", { headers: signed(), body: BODY.slice(0, 60) }, "signature_mismatch", "body-truncated"],
  [
    "the names of CGI",
    { headers: lines(signed()).join("").replaceAll("Webhook-", "HTTP_WEBHOOK_"), body: BODY },
    "missing_header",
    "header-renamed",
  ],
  [
    "a time as a date",
    { headers: signed(BODY, { "Webhook-Timestamp": "2026-03-02T09:15:05Z" }), body: BODY },
    "malformed_header",
    "header-rewritten",
  ],
  [
    "a signature in quotes",
    { headers: signed(BODY, { "Webhook-Signature": `"${own}"` }), body: BODY },
    "unsupported_scheme",
    "signature-rewritten",
  ],
  [
    "a signature that goes on in the next line",
    {
      headers: lines(signed())
        .join("")
        .replace(own, `${own.slice(0, 40)}\r\n ${own.slice(40)}`),
      body: BODY,
    },
    "signature_mismatch",
    "signature-rewritten",
  ],
  [
    "a time in milliseconds",
    { headers: signed(BODY, { "Webhook-Timestamp": `${SECONDS}000` }), body: BODY },
    "malformed_header",
    "milliseconds",
  ],
  [
    "id and time swapped",
    { headers: signed(BODY, { "Webhook-Id": String(SECONDS), "Webhook-Timestamp": ID }), body: BODY },
    "malformed_header",
    "id-and-timestamp-swapped",
  ],
  [
    "the scheme v1",
    { headers: signed(BODY, { "Webhook-Signature": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=" }), body: BODY },
    "unsupported_scheme",
    "another-scheme",
  ],
  [
    "a shared secret for a key",
    { headers: signed(), body: BODY, args: ["--key", secret] },
    "invalid_key",
    "wrong-kind-of-key",
  ],
  [
    "a private key for a key",
    { headers: signed(), body: BODY, args: ["--key", privatePem] },
    "invalid_key",
    "wrong-kind-of-key",
  ],
  [
    "the key of another sender",
    {
      headers: signed(),
      body: BODY,
      args: ["--key", `other=${KEY}`, "--key", `${SENDER}=${whpk(stranger.publicKey)}`],
    },
    "signature_mismatch",
    "key-of-another-sender",
  ],
  [
    "no key for its sender",
    { headers: signed(), body: BODY, args: ["--key", `other=${whpk(stranger.publicKey)}`] },
    "no_key",
  ],
  [
    "a key that has not signed",
    { headers: signed(), body: BODY, args: ["--key", whpk(stranger.publicKey)] },
    "signature_mismatch",
    "altered-or-another-key",
  ],
  [
    "a signature cut short",
    { headers: signed(BODY, { "Webhook-Signature": own.slice(0, 60) }), body: BODY },
    "signature_mismatch",
    "signature-damaged",
  ],
  [
    "a signature without padding",
    { headers: signed(BODY, { "Webhook-Signature": own.replace("==", "") }), body: BODY },
    "signature_mismatch",
    "signature-rewritten",
  ],
  [
    "a signature that is not canonical",
    { headers: signed(BODY, { "Webhook-Signature": flipped }), body: BODY },
    "signature_mismatch",
    "signature-rewritten",
  ],
  ["no signature", { headers: without("Webhook-Signature"), body: BODY }, "missing_header"],
  ["no time", { headers: without("Webhook-Timestamp"), body: BODY }, "missing_header"],
  ["the id twice", { headers: `${lines(signed()).join("")}webhook-id: ${ID}\n`, body: BODY }, "malformed_header"],
  ["an empty body", { headers: signed(), body: "" }, "signature_mismatch", "body-empty"],
  [
    "an altered body",
    { headers: signed(), body: BODY.replace('"7"', '"8"') },
    "signature_mismatch",
    "altered-or-another-key",
  ],
  [
    "an altered id",
    { headers: signed(BODY, { "Webhook-Id": `${ID}8` }), body: BODY },
    "signature_mismatch",
    "altered-or-another-key",
  ],
  ["a body that is no JSON", { headers: signed("text"), body: "text" }, "invalid_body"],
])("a capture with %s gets the right cause", async (_, given, code, ...causes) => {
  const { code: exitCode, verdict } = await judged(given);
  expect(exitCode).toBe(1);
  expect(verdict).toMatchObject({ genuine: false, inTime: null, error: { code } });
  expect((verdict.causes as { name: string }[]).map(({ name }) => name)).toEqual(causes);
});

test("shows the age of an altered capture beside the cause", async () => {
  const args = ["--key", KEY, "--at", String(SECONDS + 7200)];
  const { code, stdout } = await verify({ headers: signed(), body: `${BODY}\n`, args });
  expect(code).toBe(1);
  expect(stdout).toContain("It does not verify: No signature matches.\n");
  expect(stdout).toContain("2 h before it was received: a receiver refuses it for that.");
  expect(stdout).toMatch(
    /newline-added: A line break at the end of the body was not signed.*\n {2}What to do: Look for/,
  );
});

test("an unexplained mismatch is called unexplained", async () => {
  const { stdout } = await verify({ headers: signed(), body: BODY.replace('"7"', '"8"') });
  expect(stdout).toContain("It does not verify: No signature matches.\n");
  expect(stdout).toContain(
    "None of the usual causes explains it. Another key signed it, or something altered the body",
  );
  expect(stdout).not.toContain("is not what MindBridge sent");
  expect(stdout).not.toContain("MindBridge calls both the id of the event");
});

test("headers of one delivery with the body of another are recognised by their ids", async () => {
  const other = BODY.replaceAll(ID, "66e0b1d3c2d81b0013fe5b18");
  const { stdout } = await verify({ headers: signed(), body: other });
  expect(stdout).toContain(`altered-or-another-key: None of the usual causes explains it.`);
  expect(stdout).toContain(
    `The webhook-id is ${ID}, and the eventId of the body is 66e0b1d3c2d81b0013fe5b18: MindBridge calls both the id of the event, so the headers may be of another delivery than the body.`,
  );
});

test("the file of a webhook holds a key for the deliveries of that webhook alone", async () => {
  writeFileSync(join(folder, "other.json"), JSON.stringify({ id: "66e0", publicKey: whpk(stranger.publicKey) }));
  const result = await judged({ headers: signed(), body: BODY, args: ["--key", "@other.json"] });
  expect(result).toMatchObject({
    code: 1,
    verdict: {
      error: {
        code: "no_key",
        message: `The body names the sender ${SENDER}, and --key names 66e0. If that is yours, give --key ${SENDER}=KEY.`,
      },
      causes: [],
    },
  });
});

test("errors are told in the words of the command line", async () => {
  const args = ["--key", `other=${whpk(stranger.publicKey)}`];
  const { stdout } = await verify({ headers: signed(), body: BODY, args });
  expect(stdout).toContain(`The body names the sender ${SENDER}, and --key names other.`);
  expect(stdout).not.toMatch(/diagnose|to keys|allowTestKey/);
});

test("no key is printed", async () => {
  for (const key of [secret, privatePem, `{"d": ${privatePem}`]) {
    const { stdout, stderr } = await verify({ headers: signed(), body: BODY, args: ["--key", key] });
    expect(stdout + stderr).not.toMatch(/whsec_\w|BwcH|MC4C/);
  }
});

test.each<[string, readonly string[], string]>([
  ["no key", ["--headers", "headers", "--body", "body"], "required option '--key <key>' not specified"],
  ["headers without a body", ["--key", KEY, "--headers", "headers"], "Give --headers and --body, or --log"],
  ["an event log beside a body", ["--key", KEY, "--log", "json", "--body", "body"], "leave out --headers and --body"],
  ["JSON that is no event log", ["--key", KEY, "--log", "json"], "--log: the JSON must be an event log"],
  ["an event log for both", ["--key", KEY, "--headers", "json", "--body", "json"], "give it with --log"],
  ["a file without its option", ["--key", KEY, "json"], "(For an event log: --log FILE. For a delivery in a folder"],
  [
    "a file that is not there",
    ["--key", KEY, "--headers", "none", "--body", "body"],
    "none cannot be read: there is no such file (ENOENT)",
  ],
  [
    "a file that holds no headers",
    ["--key", KEY, "--headers", "text", "--body", "body"],
    "--headers: line 2 is no header",
  ],
  ["JSON that holds no headers", ["--key", KEY, "--headers", "json", "--body", "body"], "--headers: the JSON must be"],
  [
    "a key file that is not there",
    ["--key", "@none", "--headers", "headers", "--body", "body"],
    "none cannot be read: there is no such file (ENOENT)",
  ],
  [
    "keys of a webhook and of none",
    ["--key", KEY, "--key", `a=${KEY}`, "--headers", "headers", "--body", "body"],
    "give a WEBHOOK_ID with each key",
  ],
  [
    "a day for a time",
    ["--key", KEY, "--headers", "headers", "--body", "body", "--at", "2026-03-02"],
    "Give a time such as",
  ],
  [
    "a time without a zone",
    ["--key", KEY, "--headers", "headers", "--body", "body", "--at", "2026-03-02T09:15:05"],
    "Give a time such as",
  ],
  ["a tolerance below 0", ["--key", KEY, "--headers", "headers", "--body", "body", "--tolerance", "-1"], "from 0 to"],
  [
    "a tolerance without end",
    ["--key", KEY, "--headers", "headers", "--body", "body", "--tolerance", "Infinity"],
    "from 0 to",
  ],
  [
    "the file of a key, without @",
    ["--key", "body", "--headers", "headers", "--body", "body"],
    "--key: for the key in a file, put @ before it: @body",
  ],
])("%s is wrong use: exit code 2", async (_, args, message) => {
  writeFileSync(join(folder, "headers"), lines(signed()).join(""));
  writeFileSync(join(folder, "body"), BODY);
  writeFileSync(join(folder, "text"), "a: b\nno header\n");
  writeFileSync(join(folder, "json"), '{"a": {}}');
  const { code, stdout, stderr } = await mindbridge(["verify", ...args], { cwd: folder });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});
