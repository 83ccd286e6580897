import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { type Accident, type Diagnosis, diagnose } from "../../src/diagnose.ts";
import { BODY, ID, now, SECONDS, Signer } from "../verify/support.ts";

const signer = new Signer();
const options = { keys: signer.whpk, now };

/** The accidents that are found, and the code of the error. */
function found(diagnosis: Diagnosis): [string, ...Accident[]] {
  if (diagnosis.verified) return ["verified"];
  for (const { explanation, whatToDo } of diagnosis.causes) {
    expect(explanation).toMatch(/\.$/);
    expect(whatToDo).toMatch(/\.$/);
    // No part of the body or of a key.
    expect(explanation + whatToDo).not.toMatch(/acme|analysis-1|whpk_\w{9}/);
  }
  return [diagnosis.error.code, ...diagnosis.causes.map(({ accident }) => accident)];
}

const received = async (signed: string | Uint8Array, body: string | Uint8Array) =>
  found(await diagnose({ headers: signer.headers(signed), body }, options));

const pretty = JSON.stringify(JSON.parse(BODY), null, 2);
const accented = '{"type":"a/b","data":{"name":"Käse 日本"}}';
const spaced = '{"type": "a/b", "data": {"name": "Käse 日本"}, "list": [1, null, {"a": true}]}';

test("finds nothing where nothing is wrong", async () => {
  expect(await diagnose({ headers: signer.headers(), body: BODY }, options)).toEqual({ verified: true });
  const request = new Request("https://hooks.example.com", { method: "POST", headers: signer.headers(), body: BODY });
  expect(await diagnose(request, options)).toEqual({ verified: true });
});

test.each<[string, string | Uint8Array, string | Uint8Array, Accident]>([
  ["parsed and written by JSON.stringify", pretty, BODY, "body-reserialised"],
  ["pretty-printed", BODY, pretty, "body-reserialised"],
  ["indented by tabs", BODY, JSON.stringify(JSON.parse(BODY), null, "\t"), "body-reserialised"],
  ["with a line break, and written again without", `${pretty}\n`, BODY, "body-reserialised"],
  ["signed with Python's spaces", spaced, JSON.stringify(JSON.parse(spaced)), "body-reserialised"],
  [
    "signed with escapes",
    accented.replace("ä", "\\u00e4").replace("日本", "\\u65e5\\u672c"),
    accented,
    "body-reserialised",
  ],
  ["signed with escaped slashes", accented.replace("/", "\\/"), accented, "body-reserialised"],
  ["with a line break added", BODY, `${BODY}\n`, "newline-added"],
  ["with a CRLF added", BODY, `${BODY}\r\n`, "newline-added"],
  ["with two line breaks added", BODY, `${BODY}\n\n`, "newline-added"],
  ["with its line break lost", `${BODY}\n`, BODY, "newline-removed"],
  ["with its CRLF lost", `${BODY}\r\n`, BODY, "newline-removed"],
  ["LF made CRLF", pretty, pretty.replaceAll("\n", "\r\n"), "crlf"],
  ["CRLF made LF", pretty.replaceAll("\n", "\r\n"), pretty, "crlf"],
  ["without its byte order mark", `\ufeff${BODY}`, BODY, "byte-order-mark"],
  ["with a byte order mark added", BODY, `\ufeff${BODY}`, "byte-order-mark"],
  ["read as Latin-1", accented, Buffer.from(accented).toString("latin1"), "wrong-charset"],
  ["empty", BODY, "", "body-empty"],
])("a body %s", async (_what, signed, body, accident) => {
  expect(await received(signed, body)).toEqual(["signature_mismatch", accident]);
});

test.each([
  ["another body", '{"type":"another"}'],
  ["bytes that are no text", Uint8Array.of(0xff, 0xfe, 0x0a)],
  ["JSON too deep to write again", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
])("%s is no accident", async (_what, body) => {
  expect(await received(BODY, body)).toEqual(["signature_mismatch"]);
});

test("a parsed body, and a request that has been read", async () => {
  const parsed = { headers: signer.headers(), body: JSON.parse(BODY) };
  expect(found(await diagnose(parsed, options))).toEqual(["raw_body", "body-parsed"]);
  const request = new Request("https://hooks.example.com", { method: "POST", headers: signer.headers(), body: BODY });
  await request.text();
  expect(found(await diagnose(request, options))).toEqual(["raw_body", "body-parsed"]);
});

test("a timestamp in milliseconds, signed so or changed later", async () => {
  const milliseconds = String(SECONDS * 1000 + 7);
  for (const signature of [signer.signature(BODY, ID, milliseconds), signer.signature()]) {
    const headers = { "webhook-id": ID, "webhook-timestamp": milliseconds, "webhook-signature": signature };
    expect(found(await diagnose({ headers, body: BODY }, options))).toEqual(["malformed_header", "milliseconds"]);
  }
});

test("id and timestamp that have changed places, in the headers or in what was signed", async () => {
  const headers = { ...signer.headers(), "webhook-id": String(SECONDS), "webhook-timestamp": ID };
  expect(found(await diagnose({ headers, body: BODY }, options))).toEqual([
    "malformed_header",
    "id-and-timestamp-swapped",
  ]);
  const signed = { ...signer.headers(), "webhook-signature": signer.signature(BODY, String(SECONDS), ID) };
  expect(found(await diagnose({ headers: signed, body: BODY }, options))).toEqual([
    "signature_mismatch",
    "id-and-timestamp-swapped",
  ]);
});

test.each([
  [7200, "too_old"],
  [-7200, "too_new"],
])("a clock that is off by %s s", async (seconds, code) => {
  const clock = { ...options, now: () => (SECONDS + seconds) * 1000 };
  expect(found(await diagnose({ headers: signer.headers(), body: BODY }, clock))).toEqual([code, "clock"]);
  const changed = { headers: signer.headers(), body: `${BODY}\n` };
  expect(found(await diagnose(changed, clock))).toEqual([code, "newline-added", "clock"]);
  // It is no matter of the clock if nothing matches at any time.
  expect(found(await diagnose({ headers: signer.headers(), body: "{}" }, clock))).toEqual([code]);
});

const spki = (kind: "x25519" | "rsa" | "ec") => {
  const { publicKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 1024 })
      : kind === "ec"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync("x25519");
  return publicKey;
};
const der = (kind: "x25519" | "rsa" | "ec") => spki(kind).export({ format: "der", type: "spki" }).toString("base64");
const jwk = (kind: "x25519" | "rsa" | "ec") => spki(kind).export({ format: "jwk" }) as { kty: string };

test.each([
  ["a private PEM", signer.privatePem, /private key/],
  ["PKCS #8 in base64", signer.privatePem.replaceAll(/-.*-|\s/g, ""), /private key/],
  ["whsk_", `whsk_${signer.bytes.toString("base64")}`, /private key/],
  ["a private JWK", { kty: "OKP", crv: "Ed25519", x: "", d: "AA" }, /private JWK/],
  ["whsec_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", /shared secret/],
  ["RSA", der("rsa"), /RSA/],
  ["RSA in PEM", spki("rsa").export({ format: "pem", type: "spki" }).toString(), /RSA/],
  ["RSA in a JWK", jwk("rsa"), /RSA/],
  ["X25519", der("x25519"), /X25519/],
  ["X25519 in a JWK", jwk("x25519"), /X25519/],
  ["P-256", der("ec"), /another|other/],
  ["P-256 in a JWK", jwk("ec"), /no Ed25519 JWK/],
  ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", /certificate/],
  ["SSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA", /SSH/],
  ["64 bytes", Buffer.alloc(64, 7).toString("base64"), /64 bytes/],
  ["anything", "hello", /no Ed25519 public key/],
])("a key of the wrong kind: %s", async (_what, key, kind) => {
  for (const keys of [key, { "webhook-1": key }, async () => key]) {
    const diagnosis = await diagnose({ headers: signer.headers(), body: BODY }, { keys, now });
    expect(found(diagnosis)).toEqual(["invalid_key", "wrong-kind-of-key"]);
    expect(diagnosis).toMatchObject({ causes: [{ explanation: expect.stringMatching(kind) }] });
  }
});

test("a key that is there for another sender", async () => {
  const delivery = { headers: signer.headers(), body: BODY };
  const other = new Signer().whpk;
  const missing = { keys: { "webhook-2": signer.whpk }, now };
  expect(found(await diagnose(delivery, missing))).toEqual(["no_key", "key-of-another-sender"]);
  const mistaken = { keys: { "webhook-1": other, "webhook-2": signer.whpk, "webhook-3": "no key" }, now };
  expect(found(await diagnose(delivery, mistaken))).toEqual(["signature_mismatch", "key-of-another-sender"]);
});

test("another scheme", async () => {
  const headers = { ...signer.headers(), "webhook-signature": "v1,c2VjcmV0" };
  expect(found(await diagnose({ headers, body: BODY }, options))).toEqual(["unsupported_scheme", "another-scheme"]);
});

test("a signature that is not whole, or written in another way", async () => {
  const whole = signer.signature();
  const spellings = [whole.replace(/=+$/, ""), whole.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")];
  const withSignature = async (signature: string, body = BODY) =>
    found(await diagnose({ headers: { ...signer.headers(), "webhook-signature": signature }, body }, options));
  for (const spelling of spellings) {
    expect(await withSignature(spelling)).toEqual(["signature_mismatch", "signature-rewritten"]);
    expect(await withSignature(spelling, `${BODY}\n`)).toEqual([
      "signature_mismatch",
      "signature-rewritten",
      "newline-added",
    ]);
    expect(await withSignature(spelling, "{}")).toEqual(["signature_mismatch"]);
  }
  for (const damaged of [whole.slice(0, 60), `${whole}AAAA`, "v1a,", "v1a,?"]) {
    expect(await withSignature(damaged)).toEqual(["signature_mismatch", "signature-damaged"]);
  }
  // A whole one beside it is what counts.
  expect(await withSignature(`v1a,AAAA ${whole}`, "{}")).toEqual(["signature_mismatch"]);
});

test.each<[string, Record<string, string>, Parameters<typeof diagnose>[1], string]>([
  ["a missing header", { "webhook-id": ID }, options, "missing_header"],
  ["an id with a dot", signer.headers(BODY, "a.b"), options, "malformed_header"],
  ["a key of small order", signer.headers(), { keys: "A".repeat(43), now }, "invalid_key"],
  ["no key at all", signer.headers(), { keys: [], now }, "no_key"],
  ["an impossible option", signer.headers(), { ...options, tolerance: -1 }, "configuration"],
])("where the error says all, there is no accident: %s", async (_what, headers, given, code) => {
  expect(found(await diagnose({ headers, body: BODY }, given))).toEqual([code]);
});

test("a key function that fails, and a body that is too large", async () => {
  const failing = () => {
    throw new Error("no connection");
  };
  const delivery = { headers: signer.headers(), body: BODY };
  expect(found(await diagnose(delivery, { keys: failing, now }))).toEqual(["key_source"]);
  const request = new Request("https://hooks.example.com", { method: "POST", headers: signer.headers(), body: BODY });
  expect(found(await diagnose(request, { ...options, maxBodyBytes: 5 }))).toEqual(["body_too_large"]);
});

test("what is no error of a delivery goes through", async () => {
  const reason = new Error("enough");
  const delivery = { headers: signer.headers(), body: BODY };
  await expect(diagnose(delivery, { ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
