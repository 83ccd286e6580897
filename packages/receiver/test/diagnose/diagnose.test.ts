import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { diagnose } from "../../src/diagnose.ts";
import { BODY, ID, now, SECONDS, Signer } from "../verify/support.ts";
import { found, options, signer } from "./support.ts";

test("finds nothing where nothing is wrong", async () => {
  expect(await diagnose({ headers: signer.headers(), body: BODY }, options)).toEqual({ verified: true });
  const request = new Request("https://hooks.example.com", { method: "POST", headers: signer.headers(), body: BODY });
  expect(await diagnose(request, options)).toEqual({ verified: true });
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
  expect(found(await diagnose(changed, clock))).toEqual(["signature_mismatch", "newline-added", "clock"]);
  // If nothing matches, the clock does not matter.
  expect(found(await diagnose({ headers: signer.headers(), body: "{}" }, clock))).toEqual(["signature_mismatch"]);
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

test.each([
  ["v1,c2VjcmV0", "another-scheme"],
  [`v2,${Buffer.alloc(64, 1).toString("base64")}`, "another-scheme"],
  ["t=1772442905,v1=6f", "another-scheme"],
  ["", "signature-damaged"],
])("no signature of the scheme: %j", async (signature, cause) => {
  const headers = { ...signer.headers(), "webhook-signature": signature };
  expect(found(await diagnose({ headers, body: BODY }, options))).toEqual(["unsupported_scheme", cause]);
});

const whole = signer.signature();
const base64 = whole.slice("v1a,".length);
const hexadecimal = Buffer.from(base64, "base64").toString("hex");
const wrong = `v1a,${Buffer.alloc(64).toString("base64")}`;
const withSignature = async (signature: string, body = BODY) =>
  found(await diagnose({ headers: { ...signer.headers(), "webhook-signature": signature }, body }, options));

function codeWithoutPluses(signature: string): string {
  if (!signature.includes("+")) return "verified";
  return signature.startsWith("v1a,+") ? "malformed_header" : "signature_mismatch";
}

test.each([
  ["without padding", whole.replace(/=+$/, ""), "signature_mismatch"],
  ["for URLs", whole.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""), "signature_mismatch"],
  ["in hexadecimal digits", `v1a,${hexadecimal}`, "signature_mismatch"],
  ["in hexadecimal digits, without a scheme", hexadecimal.toUpperCase(), "unsupported_scheme"],
  ["without a scheme", base64, "unsupported_scheme"],
  ["with another scheme", `v1,${base64}`, "unsupported_scheme"],
  ["with a capital scheme", `V1A,${base64}`, "unsupported_scheme"],
  ["with an equals sign", `v1a=${base64}`, "unsupported_scheme"],
  ["in quotes", `"${whole}"`, "unsupported_scheme"],
  ["with its base64 in quotes", `v1a,"${base64}"`, "signature_mismatch"],
  ["encoded for a URL", encodeURIComponent(whole), "unsupported_scheme"],
  // With a space right behind the comma, the header is no list of Standard Webhooks.
  ["with spaces for pluses", whole.replaceAll("+", " "), codeWithoutPluses(whole)],
  ["broken into lines", `${whole.slice(0, 40)} ${whole.slice(40)}`, "signature_mismatch"],
  ["after a space", `v1a, ${base64}`, "malformed_header"],
  ["in a list with commas", `${wrong},${whole}`, "signature_mismatch"],
  ["in a list with commas and spaces", `${wrong}, ${whole}`, "malformed_header"],
  ["in a list with semicolons", `${wrong};${whole}`, "signature_mismatch"],
  ["with something behind it", `${whole}AAAA`, "signature_mismatch"],
])("a signature that is written in another way: %s", async (_how, signature, code) => {
  const causes = code === "verified" ? [] : ["signature-rewritten"];
  expect(await withSignature(signature)).toEqual([code, ...causes]);
  if (code === "verified") return;
  expect(await withSignature(signature, `${BODY}\n`)).toEqual([code, ...causes, "newline-added"]);
  expect(await withSignature(signature, "{}")).toEqual([
    code,
    ...(code === "unsupported_scheme" ? ["another-scheme"] : []),
  ]);
});

test("a signature that is not whole", async () => {
  const encodedTwice = `v1a,${Buffer.from(base64).toString("base64")}`;
  for (const damaged of [whole.slice(0, 60), encodedTwice, "v1a,", "v1a,?"]) {
    expect(await withSignature(damaged)).toEqual(["signature_mismatch", "signature-damaged"]);
  }
  // A whole one beside it is what counts.
  expect(await withSignature(`v1a,AAAA ${whole}`, "{}")).toEqual(["signature_mismatch"]);
});

const DATE = new Date(SECONDS * 1000);
test.each<[string, Record<string, string>, string]>([
  ["a time as a date", { "webhook-timestamp": DATE.toISOString() }, "malformed_header"],
  ["a time as a date without its zone", { "webhook-timestamp": "2026-03-02 09:15:05" }, "malformed_header"],
  ["a time as HTTP has dates", { "webhook-timestamp": DATE.toUTCString() }, "malformed_header"],
  ["a time with a fraction", { "webhook-timestamp": `${SECONDS}.0` }, "malformed_header"],
  ["a time in quotes", { "webhook-timestamp": `"${SECONDS}"` }, "malformed_header"],
  ["an id in quotes", { "webhook-id": `"${ID}"` }, "signature_mismatch"],
  ["a list of one", { "webhook-id": `['${ID}']`, "webhook-timestamp": `['${SECONDS}']` }, "malformed_header"],
])("headers that are written in another way: %s", async (_how, changed, code) => {
  const headers = { ...signer.headers(), ...changed };
  const diagnosis = await diagnose({ headers, body: BODY }, options);
  expect(found(diagnosis)).toEqual([code, "header-rewritten"]);
  const [name = ""] = Object.keys(changed);
  expect(diagnosis).toMatchObject({ causes: [{ explanation: expect.stringContaining(name) }] });
  expect(found(await diagnose({ headers, body: `${BODY}\n` }, options))).toEqual([
    code,
    "header-rewritten",
    "newline-added",
  ]);
  expect(found(await diagnose({ headers, body: "{}" }, options))).toEqual([code]);
});

test("a header of any length is read in no time", async () => {
  const long = `x${" ".repeat(200_000)}x`;
  const headers = { ...signer.headers(), "webhook-id": long, "webhook-timestamp": long };
  expect(found(await diagnose({ headers, body: BODY }, options))).toEqual(["malformed_header"]);
});

test.each([
  ["CGI", (name: string) => `HTTP_${name.replace("-", "_").toUpperCase()}`, "webhook-id as http_webhook_id"],
  ["a program", (name: string) => name.replace("-", "_"), "webhook-signature as webhook_signature"],
  ["a proxy", (name: string) => `X-${name}`, "webhook-timestamp as x-webhook-timestamp"],
  ["another library", (name: string) => name.replace("webhook", "svix"), "webhook-id as svix-id"],
])("headers with the names of %s", async (_whose, rename, explanation) => {
  const renamed = Object.fromEntries(Object.entries(signer.headers()).map(([name, value]) => [rename(name), value]));
  for (const headers of [renamed, new Headers(renamed)]) {
    const diagnosis = await diagnose({ headers, body: BODY }, options);
    expect(found(diagnosis)).toEqual(["missing_header", "header-renamed"]);
    expect(diagnosis).toMatchObject({ causes: [{ explanation: expect.stringContaining(explanation) }] });
  }
});

test.each<[string, Record<string, string>, Parameters<typeof diagnose>[1], string]>([
  ["a missing header", { "webhook-id": ID }, options, "missing_header"],
  ["an id with a dot", signer.headers(BODY, "a.b"), options, "malformed_header"],
  ["a key of small order", signer.headers(), { keys: "A".repeat(43), now }, "invalid_key"],
  ["no key at all", signer.headers(), { keys: [], now }, "configuration"],
  ["an impossible option", signer.headers(), { ...options, tolerance: -1 }, "configuration"],
])("where the error says all, there is no cause: %s", async (_what, headers, given, code) => {
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
