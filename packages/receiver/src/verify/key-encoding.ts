import { InvalidKeyError, type InvalidKeyReason } from "../errors/invalid-key-error.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import type { Bytes } from "./bytes.ts";
import type { Jwk, PublicKey } from "./key-source.ts";

/**
 * How the base64 of the bytes begins where they are no honest key: the points whose order divides 8, which are y = 0, 1, -1
 * and two more, and every y from p = 2^255 - 19 up, which encodes some point a second time. The sign of x is in the last
 * byte, so both are meant. An honest key begins like this less than once in 2^40.
 */
const SMALL_ORDER = /^(?:A[AQ]A{6}|[7-9+/][Pfv/]\/{6}|JuiVj8Ky|xxdqcD1N)/;
/**
 * The same of the key of the first test of RFC 8032, section 7.1. Examples use it, and its private key stands there, from
 * which that of the negative follows.
 */
const TEST_KEY = "11qYAYKx";
/** The base64 of the 12 bytes that an SPKI of Ed25519 begins with (RFC 8410). */
const SPKI = /^MCowBQYDK2VwAyEA/;

/** The text that the bytes of a key are in. Two keys of the same text are the same. */
export function keyText(key: PublicKey): string {
  if (typeof key === "string") return key;
  const { kty, crv, x, d } = (key ?? {}) as Jwk & { d?: unknown };
  if (d) refuse("private");
  if (`${kty} ${crv}` !== "OKP Ed25519") refuse(kty ? "another kind" : "malformed");
  return `${x}`;
}

/**
 * The 32 bytes of a key, from any of the encodings that {@link PublicKey} lists.
 *
 * @throws {InvalidKeyError}
 */
export function decodeKey(text: string, allowTestKey: boolean): Bytes {
  // PEM, and what Standard Webhooks puts before a private key and before a shared secret.
  if (/PRIVATE KEY|^whs(?:k|ec)_/.test(text)) refuse("private");
  const base64 = text
    .replace(/^whpk_|-{5}[A-Z ]+-{5}|\s/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  const bytes = decodeBase64(base64.replace(SPKI, ""));
  // Every other key in DER is a sequence.
  if (bytes?.length !== 32) refuse(bytes?.[0] === 0x30 ? "another kind" : "malformed");
  const point = encodeBase64(bytes);
  if (SMALL_ORDER.test(point)) refuse("small order");
  if (!allowTestKey && point.startsWith(TEST_KEY)) refuse("test key");
  return bytes;
}

function refuse(reason: InvalidKeyReason): never {
  throw new InvalidKeyError(reason);
}
