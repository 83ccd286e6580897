import { createHash, generateKeyPairSync } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { type KeySource, type PublicKey, verify } from "../../src/index.ts";
import { BODY, ID, now, refusal, Signer } from "./support.ts";

const signer = new Signer();
const delivery = { headers: signer.headers(), body: BODY };
const spki = signer.publicKey.export({ format: "der", type: "spki" });
const pem = signer.publicKey.export({ format: "pem", type: "spki" }).toString();
const jwk = signer.publicKey.export({ format: "jwk" }) as { kty: string; crv: string; x: string };

afterEach(() => {
  vi.restoreAllMocks();
});

test.each<[string, PublicKey]>([
  ["whpk_ and base64", signer.whpk],
  ["whpk_ without padding", signer.whpk.replace("=", "")],
  ["whpk_ and base64url", `whpk_${signer.bytes.toString("base64url")}`],
  ["base64", signer.bytes.toString("base64")],
  ["base64url", signer.bytes.toString("base64url")],
  ["SPKI in base64", spki.toString("base64")],
  ["SPKI in base64url", spki.toString("base64url")],
  ["SPKI behind whpk_", `whpk_${spki.toString("base64")}`],
  ["PEM", pem],
  ["PEM with CRLF, and space around it", `\n ${pem.replaceAll("\n", "\r\n")} `],
  ["whpk_ with space around it", ` ${signer.whpk}\n`],
  ["a JWK", jwk],
  ["a JWK with more in it", { ...jwk, use: "sig", kid: "1" } as PublicKey],
])("takes %s", async (_what, keys) => {
  expect(await verify(delivery, { keys, now })).toMatchObject({ id: ID });
  expect(await verify(delivery, { keys: [keys], now })).toMatchObject({ id: ID });
});

const pair = (kind: "x25519" | "ed448" | "ec" | "rsa") => {
  const { publicKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 1024 })
      : kind === "ec"
        ? generateKeyPairSync("ec", { namedCurve: "P-256" })
        : generateKeyPairSync(kind as "x25519");
  return {
    pem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    der: publicKey.export({ format: "der", type: "spki" }).toString("base64"),
    jwk: publicKey.export({ format: "jwk" }) as PublicKey,
  };
};

test.each<[string, unknown, string]>([
  ["31 bytes", signer.bytes.subarray(1).toString("base64"), "malformed"],
  ["33 bytes", `whpk_${Buffer.concat([Buffer.from([1]), signer.bytes]).toString("base64")}`, "malformed"],
  ["hexadecimal", signer.bytes.toString("hex"), "malformed"],
  ["what is no base64", "?".repeat(44), "malformed"],
  ["a JWK without x", { kty: "OKP", crv: "Ed25519" }, "malformed"],
  ["a private PEM", signer.privatePem, "private"],
  ["a private JWK", { ...jwk, d: "AA" }, "private"],
  ["whsk_", `whsk_${signer.bytes.toString("base64")}`, "private"],
  ["whsec_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "private"],
  ["PKCS #8 in base64", signer.privatePem.replaceAll(/-.*-|\s/g, ""), "another kind"],
  [
    "44 bytes that are no SPKI",
    Buffer.concat([Buffer.alloc(12, 0x30), signer.bytes]).toString("base64"),
    "another kind",
  ],
  ...(["x25519", "ed448", "ec", "rsa"] as const).flatMap((kind): [string, unknown, string][] => [
    [`PEM of ${kind}`, pair(kind).pem, "another kind"],
    [`SPKI of ${kind}`, pair(kind).der, "another kind"],
    [`a JWK of ${kind}`, pair(kind).jwk, "another kind"],
  ]),
])("refuses %s", async (_what, key, reason) => {
  for (const keys of [[key], [signer.whpk, key], { "webhook-1": key }, () => [key]]) {
    const error = await refusal(delivery, { keys: keys as KeySource, now });
    expect(error).toMatchObject({ code: "invalid_key", reason });
    if (typeof key === "string" && key) expect(error.message).not.toContain(key.slice(6));
  }
});

/** What `point` encodes, with the sign bit as asked for. */
function encoding(y: bigint, sign: boolean): string {
  const bytes = Buffer.from(Buffer.from(y.toString(16).padStart(64, "0"), "hex").toReversed());
  if (sign) bytes[31] = (bytes[31] ?? 0) | 0x80;
  return bytes.toString("base64");
}

const p = 2n ** 255n - 19n;
// A point of order 8, from libsodium's list of small orders; its negative in y is the other one.
const y8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;
const smallOrder = [0n, 1n, p - 1n, y8, p - y8].flatMap((y) => [encoding(y, false), encoding(y, true)]);
// What is left of 255 bits from p on encodes a y a second time: the first two are of small order again.
const nonCanonical = Array.from({ length: 19 }, (_, i) => p + BigInt(i)).flatMap((y) => [
  encoding(y, false),
  encoding(y, true),
]);

test.each([...smallOrder, ...nonCanonical.slice(0, 4)])("refuses the key %s, which is of small order", async (key) => {
  expect(await refusal(delivery, { keys: key, now })).toMatchObject({ code: "invalid_key", reason: "small order" });
});

test.each(nonCanonical.slice(4))("refuses the key %s, which is not canonical", async (key) => {
  expect(await refusal(delivery, { keys: key, now })).toMatchObject({ code: "invalid_key", reason: "malformed" });
});

test("the points of small order are of small order", () => {
  // Edwards addition with d, by the formulas of RFC 8032, section 5.1.4, in affine coordinates.
  const mod = (a: bigint) => ((a % p) + p) % p;
  const power = (base: bigint, exponent: bigint): bigint => {
    let [result, square] = [1n, mod(base)];
    for (let e = exponent; e > 0n; e >>= 1n) {
      if (e & 1n) result = mod(result * square);
      square = mod(square * square);
    }
    return result;
  };
  const inverse = (a: bigint) => power(a, p - 2n);
  const d = mod(-121665n * inverse(121666n));
  for (const y of [0n, 1n, p - 1n, y8, p - y8]) {
    const square = mod((y * y - 1n) * inverse(d * y * y + 1n));
    let x = power(square, (p + 3n) / 8n);
    if (mod(x * x) !== square) x = mod(x * power(2n, (p - 1n) / 4n));
    expect(mod(x * x)).toBe(square);
    let point: [bigint, bigint] = [x, y];
    for (let doubling = 0; doubling < 3; doubling++) {
      const [a, b] = point;
      const t = mod(d * a * a * b * b);
      point = [mod(2n * a * b * inverse(1n + t)), mod((b * b + a * a) * inverse(1n - t))];
    }
    expect(point).toEqual([0n, 1n]);
  }
});

test("takes a thousand honest keys", async () => {
  for (let i = 0; i < 1000; i++) {
    const keys = createHash("sha256").update(`key ${i}`).digest("base64");
    expect((await refusal(delivery, { keys, now })).code).toBe("signature_mismatch");
  }
});

test("refuses the test key of RFC 8032 and its negative unless they are allowed, whatever came before", async () => {
  const testKey = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  const negative = Buffer.from(testKey.slice(5), "base64");
  negative[31] = (negative[31] ?? 0) | 0x80;
  for (const keys of [testKey, testKey.slice(5), negative.toString("base64"), testKey]) {
    expect(await refusal(delivery, { keys, now })).toMatchObject({ code: "invalid_key", reason: "test key" });
    expect((await refusal(delivery, { keys, now, allowTestKey: true })).code).toBe("signature_mismatch");
  }
});

const UNSET = "The variable that should hold it is probably unset.";

test.each<[unknown, string]>([
  [[undefined], `Item 1 of keys is undefined. ${UNSET}`],
  [[signer.whpk, null], `Item 2 of keys is null. ${UNSET}`],
  [[""], `Item 1 of keys is empty. ${UNSET}`],
  [[{}], `Item 1 of keys is empty. ${UNSET}`],
  ["", `keys is empty. ${UNSET}`],
  [" \n", `keys is empty. ${UNSET}`],
  [[], `keys is empty. ${UNSET}`],
  [5, "keys is a Number: give a text, a JWK, or a list or a plain object of them."],
  [new Map(), "keys is a Map: give a text, a JWK, or a list or a plain object of them."],
])("the keys %j are an error that names the cause, and may come yet from a function", async (keys, message) => {
  expect(await refusal(delivery, { keys: keys as KeySource, now })).toMatchObject({ code: "configuration", message });
  expect(await refusal(delivery, { keys: () => keys as string, now })).toMatchObject({
    code: "key_source",
    message: `The keys function gave no key. ${message}`,
    cause: { code: "configuration", message },
  });
});

test("a promise of keys is no record of them", async () => {
  const keys = Promise.resolve(signer.whpk) as unknown as KeySource;
  expect((await refusal(delivery, { keys, now })).message).toBe("keys is a Promise: await it.");
  expect((await refusal(delivery, { keys: undefined, now })).message).toBe(`keys is undefined. ${UNSET}`);
});

test("any of several keys may have signed", async () => {
  const others = Array.from({ length: 31 }, () => new Signer().whpk);
  expect(await verify(delivery, { keys: [...others, signer.whpk], now })).toMatchObject({ id: ID });
  expect((await refusal(delivery, { keys: others, now })).code).toBe("signature_mismatch");
  const tooMany = { keys: [...others, signer.whpk, signer.whpk], now };
  expect((await refusal(delivery, tooMany)).code).toBe("configuration");
});

test("a key of one sender does not vouch for another", async () => {
  const keys = { "webhook-1": new Signer().whpk, "webhook-2": signer.whpk };
  expect((await refusal(delivery, { keys, now })).code).toBe("signature_mismatch");
  expect((await refusal(delivery, { keys: { "webhook-2": signer.whpk }, now })).code).toBe("no_key");
  expect(await verify(delivery, { keys: { "webhook-1": [new Signer().whpk, signer.whpk] }, now })).toMatchObject({
    id: ID,
  });
});

test.each(["__proto__", "constructor", "toString", "hasOwnProperty", ""])(
  "the sender %j finds no key",
  async (senderId) => {
    const body = JSON.stringify({ senderId });
    const options = { keys: { "webhook-1": signer.whpk }, now };
    expect((await refusal({ headers: signer.headers(body), body }, options)).code).toBe("no_key");
  },
);

test.each(["{}", '{"senderId":1}', '{"senderId":["webhook-1"]}', "[]", "null", "no JSON", "\xff"])(
  "a body without a sender finds no key by sender: %s",
  async (body) => {
    const keys = { "webhook-1": signer.whpk, undefined: signer.whpk };
    expect((await refusal({ headers: signer.headers(body), body }, { keys, now })).code).toBe("no_key");
  },
);

test("the sender that finds the key is the sender of the result", async () => {
  const other = new Signer();
  const body = '{"senderId":"webhook-2","senderId":"webhook-1"}';
  const keys = { "webhook-1": signer.whpk, "webhook-2": other.whpk };
  expect(await verify({ headers: signer.headers(body), body }, { keys, now })).toMatchObject({ senderId: "webhook-1" });
  expect((await refusal({ headers: other.headers(body), body }, { keys, now })).code).toBe("signature_mismatch");
});

test.each<[KeySource, string]>([
  [{}, "no_key"],
  [() => undefined, "no_key"],
])("with the keys %j, the error is %s", async (keys, code) => {
  expect((await refusal(delivery, { keys, now })).code).toBe(code);
});

test("a key function gets the claimed sender, the id and the signal", async () => {
  const { signal } = new AbortController();
  const keys = vi.fn(async () => signer.whpk);
  await verify(delivery, { keys, now, signal });
  expect(keys.mock.calls).toEqual([[{ senderId: "webhook-1", id: ID }, { signal }]]);
  const body = "no JSON";
  expect((await refusal({ headers: signer.headers(body), body }, { keys, now })).code).toBe("invalid_body");
  expect(keys.mock.lastCall).toEqual([{ senderId: undefined, id: ID }, { signal: undefined }]);
});

test.each([
  [
    "at once",
    (cause: unknown) => () => {
      throw cause;
    },
  ],
  [
    "later",
    (cause: unknown) => async () => {
      throw cause;
    },
  ],
])("the error of a key function that fails %s is the cause", async (_when, failing) => {
  for (const cause of [new Error("no connection"), undefined]) {
    expect(await refusal(delivery, { keys: failing(cause), now })).toMatchObject({ code: "key_source", cause });
  }
});

test("a body over maxBodyBytes is not searched for its sender", async () => {
  const keys = vi.fn(() => signer.whpk);
  const parse = vi.spyOn(JSON, "parse");
  const options = { keys, now, maxBodyBytes: BODY.length - 1 };
  expect(await refusal(delivery, options)).toMatchObject({ code: "body_too_large", limit: BODY.length - 1 });
  expect(keys).not.toHaveBeenCalled();
  expect(parse).not.toHaveBeenCalled();
  expect(await verify(delivery, { ...options, keys: signer.whpk })).toMatchObject({ id: ID });
});

test("a key is imported once, and the cache holds 256", async () => {
  const load = vi.spyOn(crypto.subtle, "importKey");
  const fresh = Array.from({ length: 257 }, () => new Signer().whpk);
  const use = async (keys: string) => expect((await refusal(delivery, { keys, now })).code).toBe("signature_mismatch");
  const [first = "", second = ""] = fresh;
  await Promise.all([use(first), use(first)]);
  await use(first);
  expect(load).toHaveBeenCalledTimes(1);
  for (const key of fresh) await use(key);
  expect(load).toHaveBeenCalledTimes(257);
  for (const key of fresh.slice(1)) await use(key);
  expect(load).toHaveBeenCalledTimes(257);
  await use(first);
  expect(load).toHaveBeenCalledTimes(258);
  await use(second);
  expect(load).toHaveBeenCalledTimes(259);
});
