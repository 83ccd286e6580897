import { expect, test } from "vitest";
import { type HeadersInput, verify } from "../../src/index.ts";
import { BODY, ID, now, refusal, Signer } from "./support.ts";

const signer = new Signer();
const keys = signer.whpk;
const good = signer.headers();
const { "webhook-signature": signature } = good;
const NAMES = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
const without = (name: string) => Object.fromEntries(Object.entries(good).filter(([each]) => each !== name));

test.each<[string, HeadersInput]>([
  ["Headers", new Headers(good)],
  ["anything with get", new Map(Object.entries(good))],
  ["capitals", { "Webhook-Id": ID, "WEBHOOK-TIMESTAMP": good["webhook-timestamp"], "Webhook-signature": signature }],
  ["arrays of one", Object.fromEntries(Object.entries(good).map(([name, value]) => [name, [value]]))],
  ["others beside them", { ...good, host: "a", "set-cookie": ["a", "b"], "webhook-attempt": undefined }],
  ["the same name again, without a value", { ...good, "Webhook-Id": undefined, "WEBHOOK-ID": [] }],
])("takes %s", async (_what, headers) => {
  expect(await verify({ headers, body: BODY }, { keys, now })).toMatchObject({ id: ID, known: true });
});

test.each(NAMES)("names a missing %s", async (header) => {
  const expected = { code: "missing_header", header };
  expect(await refusal({ headers: without(header), body: BODY }, { keys, now })).toMatchObject(expected);
  expect(await refusal({ headers: new Headers(without(header)), body: BODY }, { keys, now })).toMatchObject(expected);
  const empty = { ...good, [header]: [] };
  expect(await refusal({ headers: empty, body: BODY }, { keys, now })).toMatchObject(expected);
});

test("finds no headers in undefined", async () => {
  const delivery = { headers: undefined as unknown as HeadersInput, body: BODY };
  expect(await refusal(delivery, { keys, now })).toMatchObject({ code: "missing_header", header: "webhook-id" });
});

test.each(NAMES)("refuses a %s that came twice, even with the same value", async (header) => {
  const expected = { code: "malformed_header", header };
  const twice = { ...good, [header]: [good[header], good[header]] };
  expect(await refusal({ headers: twice, body: BODY }, { keys, now })).toMatchObject(expected);
  const inTwoCases = { ...good, [header.toUpperCase()]: good[header] };
  expect(await refusal({ headers: inTwoCases, body: BODY }, { keys, now })).toMatchObject(expected);
  const joined = new Headers(good);
  joined.append(header, good[header]);
  expect(await refusal({ headers: joined, body: BODY }, { keys, now })).toMatchObject(expected);
});

test.each(["", ".", "a.b", "a b", "a,b", "ä", "a\n", "\0", " a", "x".repeat(257)])(
  "refuses the id %j, though it is signed",
  async (id) => {
    const headers = signer.headers(BODY, id);
    const expected = { code: "malformed_header", header: "webhook-id" };
    expect(await refusal({ headers, body: BODY }, { keys, now })).toMatchObject(expected);
  },
);

test.each(["x", "x".repeat(256), "a:b", "!\"#$%&'()*+-/09:;<=>?@AZ[\\]^_`az{|}~"])("takes the id %j", async (id) => {
  expect(await verify({ headers: signer.headers(BODY, id), body: BODY }, { keys, now })).toMatchObject({ id });
});

test.each([
  "",
  "1772442905.0",
  "-1772442905",
  "+1772442905",
  "0x69a5",
  "1e9",
  " 1772442905",
  "1772442905\n",
  "1772442905000",
  "١٧٧٢٤٤٢٩٠٥",
  "NaN",
])("refuses the timestamp %j, though it is signed", async (timestamp) => {
  const headers = signer.headers(BODY, ID, timestamp);
  const expected = { code: "malformed_header", header: "webhook-timestamp" };
  expect(await refusal({ headers, body: BODY }, { keys, tolerance: Number.POSITIVE_INFINITY })).toMatchObject(expected);
});

const signed = (value: string) =>
  refusal({ headers: { ...good, "webhook-signature": value }, body: BODY }, { keys, now });

test.each([
  "",
  " ",
  "v1,c2VjcmV0",
  "v2,a v1,b",
  signature.replace("v1a,", "V1A,"),
  signature.slice(4),
  signature.replace(",", "="),
])("finds no supported scheme in %j", async (value) => {
  expect((await signed(value)).code).toBe("unsupported_scheme");
});

const [, encoded = ""] = signature.split(",");
test.each([
  ["nothing", ""],
  ["63 bytes", Buffer.from(encoded, "base64").subarray(1).toString("base64")],
  ["65 bytes", Buffer.concat([Buffer.from(encoded, "base64"), Buffer.from([0])]).toString("base64")],
  ["no padding", encoded.slice(0, -2)],
  ["half of the padding", encoded.slice(0, -1)],
  ["too much padding", `${encoded}==`],
  ["base64url", Buffer.alloc(64, 0xff).toString("base64url")],
  ["a tab in it", `${encoded.slice(0, 40)}\t${encoded.slice(40)}`],
  ["a comma behind it", `${encoded},`],
  ["what is no base64", "?".repeat(88)],
])("a signature of %s matches nothing", async (_what, each) => {
  expect((await signed(`v1a,${each}`)).code).toBe("signature_mismatch");
});

test("of the 16 texts that decode to a signature, only the canonical one matches", async () => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const last = alphabet.indexOf(encoded.charAt(85));
  for (let spare = 1; spare < 16; spare++) {
    const other = `${encoded.slice(0, 85)}${alphabet[last + spare]}==`;
    expect(Buffer.from(other, "base64").equals(Buffer.from(encoded, "base64"))).toBe(true);
    expect((await signed(`v1a,${other}`)).code).toBe("signature_mismatch");
  }
});

test("any signature of the list may match, and other schemes are skipped", async () => {
  const stranger = new Signer().signature();
  for (const list of [`${stranger} ${signature}`, `v1,abc ${signature} v2,x`, ` v1a,short  ${signature} `]) {
    const headers = { ...good, "webhook-signature": list };
    expect(await verify({ headers, body: BODY }, { keys, now })).toMatchObject({ id: ID });
  }
});

test("tries 16 signatures and 4,096 characters, and no more", async () => {
  const stranger = new Signer().signature();
  const list = (count: number) => [...Array(count - 1).fill(stranger), signature].join(" ");
  const headers = { ...good, "webhook-signature": list(16) };
  expect(await verify({ headers, body: BODY }, { keys, now })).toMatchObject({ id: ID });
  const expected = { code: "malformed_header", header: "webhook-signature" };
  expect(await signed(list(17))).toMatchObject(expected);
  expect(await signed(`${signature} ${"x".repeat(4096)}`)).toMatchObject(expected);
  const longest = { ...good, "webhook-signature": `${signature} ${"x".repeat(4095 - signature.length)}` };
  expect(await verify({ headers: longest, body: BODY }, { keys, now })).toMatchObject({ id: ID });
});
