import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { createReceiver, type KeySource, memoryStore } from "../../src/index.ts";
import { createSigner } from "./support.ts";

const { publicKey } = createSigner();
const privateKey = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const create = (keys: unknown, allowTestKey?: boolean) => () =>
  createReceiver({ keys: keys as KeySource, store: memoryStore(), allowTestKey });

const UNSET = "The variable that should hold it is probably unset.";
const PLAIN = "give a text, a JWK, or a list or a plain object of them.";
const PEM = String.raw`-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----`;
const REFUSED = "Pass the publicKey of the webhook, or in tests allowTestKey.";

test.each<[string, unknown, string]>([
  ["a variable that is unset", process.env.THIS_IS_UNSET, `keys is undefined. ${UNSET}`],
  ["null", null, `keys is null. ${UNSET}`],
  ["the empty string", "", `keys is empty. ${UNSET}`],
  ["white space", " \n", `keys is empty. ${UNSET}`],
  ["an empty list", [], `keys is empty. ${UNSET}`],
  ["an empty record", {}, `keys is empty. ${UNSET}`],
  ["a list with a variable that is unset", [publicKey, undefined], `Item 2 of keys is undefined. ${UNSET}`],
  ["a record with an empty string", { a: publicKey, b: "" }, `keys["b"] is empty. ${UNSET}`],
  ["a record with an empty list", { a: [] }, `keys["a"] is empty. ${UNSET}`],
  ["a list in a record", { a: [publicKey, null] }, `Item 2 of keys["a"] is null. ${UNSET}`],
  ["what is no key", "hunter2", `keys: A key is refused (malformed). ${REFUSED}`],
  ["a name with quotes", { 'a"b': "" }, `keys["a\\"b"] is empty. ${UNSET}`],
  [
    "a name that is unset",
    { [`${process.env.THIS_IS_UNSET}`]: publicKey },
    `A name in keys is the text "undefined". ${UNSET}`,
  ],
  ["a name that is null", { null: publicKey }, `A name in keys is the text "null". ${UNSET}`],
  ["a name that is empty", { "": publicKey }, `A name in keys is empty. ${UNSET}`],
  ["a list in a list", [[publicKey]], "Item 1 of keys is a list. A list of keys holds keys only."],
  ["a promise", Promise.resolve(publicKey), "keys is a Promise: await it."],
  ["a promise in a record", { a: Promise.resolve(publicKey) }, `keys["a"] is a Promise: await it.`],
  ["a Map", new Map([["a", publicKey]]), `keys is a Map: ${PLAIN}`],
  ["a Set", new Set([publicKey]), `keys is a Set: ${PLAIN}`],
  ["a Date", new Date(), `keys is a Date: ${PLAIN}`],
  ["a KeyObject", generateKeyPairSync("ed25519").publicKey, `keys is a PublicKeyObject: ${PLAIN}`],
  ["bytes", Buffer.alloc(32), `keys is a Buffer: ${PLAIN}`],
  ["a number", 5, `keys is a Number: ${PLAIN}`],
  ["a key in quotes", `"${publicKey}"`, "keys: A key is refused (malformed). It is in quotes: leave them out."],
  [
    "a PEM of one line",
    PEM,
    String.raw`keys: A key is refused (malformed). It has \n in place of line breaks: write them as they are.`,
  ],
  ...[
    "undefined",
    "null",
    "$KEY",
    `\${KEY}`,
    "<your public key>",
    "YOUR_PUBLIC_KEY",
    "{{key}}",
    "changeme",
    "change-me\n",
    "whpk_…",
    "whpk_...",
  ].map((text): [string, unknown, string] => [
    `the text ${text}`,
    text,
    "keys: A key is refused (malformed). It is no value: the variable is unset, or was not replaced.",
  ]),
  ["a shared secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", `keys: A key is refused (private). ${REFUSED}`],
  ["a private key", [publicKey, privateKey], `Item 2 of keys: A key is refused (private). ${REFUSED}`],
  ["a JWK without x", { kty: "OKP", crv: "Ed25519" }, `keys: A key is refused (malformed). ${REFUSED}`],
  [
    "a record with a key of another kind",
    { a: { kty: "RSA" } },
    `keys["a"]: A key is refused (another kind). ${REFUSED}`,
  ],
  ["too many", Array.from({ length: 33 }, () => publicKey), "Over 32 keys for one sender."],
])("a receiver is not created with %s, and the error names the cause", (_what, keys, message) => {
  expect(create(keys)).toThrow(expect.objectContaining({ name: "ConfigurationError", code: "configuration", message }));
});

test("a name in a record that is a key by mistake is in no message", () => {
  expect(create({ [privateKey]: undefined })).toThrow(`Item 1 of keys is undefined. ${UNSET}`);
});

test("the test key of RFC 8032 is refused at once, too, unless it is allowed", () => {
  const testKey = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  expect(create(testKey)).toThrow("keys: A key is refused (test key).");
  expect(create(testKey, true)).not.toThrow();
});

test("a function is asked with the first delivery", () => {
  expect(create(() => undefined)).not.toThrow();
});
