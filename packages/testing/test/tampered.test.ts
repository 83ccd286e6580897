import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { type Attack, createTestSigner, deliveries, tampered } from "../src/index.ts";

const event = deliveries.analysisCompleted();
const signer = await createTestSigner();
const attacks = await tampered({ event, signer, timestamp: 1_772_442_905 });
const publicKey = createPublicKey({
  key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(signer.publicKey.slice(5), "base64").toString("base64url") },
  format: "jwk",
});

function find(name: string): Attack {
  const found = attacks.find((attack) => attack.name === name);
  if (!found) throw new Error(`There is no attack in which ${name}.`);
  return found;
}

const header = ({ delivery }: Attack, name: string) => String(delivery.headers[`webhook-${name}`]);

/** Verifies as leniently as can be: by decoding whatever Node decodes, with Node's own crypto. */
function signatureMatches(attack: Attack): boolean {
  const bytes = Buffer.from(header(attack, "signature").replace(/^v1a,/, ""), "base64");
  const content = `${header(attack, "id")}.${header(attack, "timestamp")}.${attack.delivery.body}`;
  return verify(null, Buffer.from(content), publicKey, bytes);
}

test("there are at least 20 attacks, each with a name of its own", () => {
  expect(attacks.length).toBeGreaterThanOrEqual(20);
  expect(new Set(attacks.map(({ name }) => name)).size).toBe(attacks.length);
  expect(new Set(attacks.map(({ delivery }) => JSON.stringify(delivery))).size).toBe(attacks.length);
});

test("a signature matches only in attacks on something else", () => {
  const matching = attacks.filter(signatureMatches).map(({ name }) => name);
  expect(matching.toSorted()).toEqual([
    "bytes are moved from the id to the timestamp, and from there to the body",
    "the delivery is a minute too old",
    "the delivery is from the future",
    "the delivery is old",
    "the id holds a dot, and is signed",
    "the id is longer than 256 characters, and signed",
    // To a lenient decoder.
    "the signature has a space before it",
    "the signature has a tab before it",
    "the signature has no scheme",
    "the signature is broken by a space",
    "the signature is in base64url",
    "the signature is not canonical base64",
    "the signature lacks its padding",
    "the timestamp is in milliseconds, and signed",
  ]);
});

test("an attack is harmless if only the sender can make it, or if it spells a genuine delivery in another way", () => {
  const harmless = attacks.filter((attack) => attack.harmless).map(({ name }) => name);
  expect(harmless).toEqual([
    "the body has a byte order mark",
    "L is added to the second half of the signature",
    "the signature has a byte more",
    "the signature lacks its padding",
    "the signature is not canonical base64",
    "the signature is in base64url",
    "the signature is in hexadecimal",
    "the signature is broken by a space",
    "the signature has a tab before it",
    "the signature is among others with commas between them",
    "the signature has a space before it",
    "the signature is said to be v1",
    "the scheme is in capitals",
    "the signature has no scheme",
    "the timestamp has a zero before it",
    "the timestamp is in milliseconds, and signed",
    "the timestamp is a date",
    "the timestamp has a fraction",
    "the timestamp has a sign",
    "the timestamp has an exponent",
    "the timestamp is hexadecimal",
    "the timestamp holds a space",
    "the id is longer than 256 characters, and signed",
    "the id holds a dot, and is signed",
    "bytes are moved from the id to the timestamp, and from there to the body",
    "the id comes twice",
    "the same id comes twice",
    "the timestamp comes twice",
    "the same timestamp comes twice",
    "the signature comes twice",
  ]);
});

test("every part of a delivery is attacked", () => {
  const genuine = header(find("the delivery is signed with a key that nobody knows"), "id");
  const changes = {
    body: attacks.filter(({ delivery }) => delivery.body !== JSON.stringify(event)),
    id: attacks.filter((attack) => header(attack, "id") !== genuine),
    timestamp: attacks.filter((attack) => header(attack, "timestamp") !== "1772442905"),
    missing: attacks.filter(({ code }) => code === "missing_header"),
    twice: attacks.filter(({ delivery }) => Object.values(delivery.headers).some((value) => Array.isArray(value))),
  };
  for (const [what, found] of Object.entries(changes)) expect(found.length, what).toBeGreaterThanOrEqual(3);
  expect(changes.missing.map(({ delivery }) => Object.keys(delivery.headers).length)).toEqual([3, 3, 3]);
});

test("a signature plus L is the same signature in another text", () => {
  const number = (attack: Attack) => {
    const bytes = Buffer.from(header(attack, "signature").slice(4), "base64");
    return BigInt(`0x${Buffer.from(bytes.subarray(32).toReversed()).toString("hex")}`);
  };
  const difference =
    number(find("L is added to the second half of the signature")) -
    number(find("the signature is not canonical base64"));
  expect(difference).toBe(0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn);
});

test("attacks out of time exceed the tolerance by a minute or an hour", async () => {
  const [timestamp, tolerance] = [10_000, 0.5];
  const found = await tampered({ event, signer, timestamp, tolerance });
  const times = found.filter(({ code }) => code.startsWith("too_")).map((attack) => header(attack, "timestamp"));
  expect(times).toEqual(["6399", "9939", "13601"]);
});

test("by default the endpoint's clock is this machine's", async () => {
  const [attack] = await tampered({ event, signer });
  const seconds = Date.now() / 1000 - Number(attack && header(attack, "timestamp"));
  expect(seconds).toBeGreaterThanOrEqual(0);
  expect(seconds).toBeLessThan(20);
});

test("an endpoint with a key for each sender has none for a body that names no sender", async () => {
  const otherSigner = await createTestSigner();
  const noKey = (await tampered({ event, signer, otherSigner })).filter(({ code }) => code === "no_key");
  expect(noKey.map(({ name, status }) => [name, status])).toEqual([["the body is empty", 401]]);
  expect(attacks.filter(({ code }) => code === "no_key")).toEqual([]);
});

test("an attack can be a request, which joins headers that come twice", async () => {
  const { delivery } = find("the same id comes twice");
  const request = delivery.toRequest("https://hooks.example.com/");
  const [id] = delivery.headers["webhook-id"] ?? [];
  expect(request.headers.get("webhook-id")).toBe(`${id}, ${id}`);
  expect(request.method).toBe("POST");
  expect(await request.text()).toBe(delivery.body);
});

test("an event that cannot be changed is refused", async () => {
  for (const nothing of [{}, [], ["a"]]) {
    await expect(tampered({ event: nothing, signer })).rejects.toThrow(TypeError);
  }
  for (const tolerance of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    await expect(tampered({ event, signer, tolerance })).rejects.toThrow(RangeError);
  }
});
