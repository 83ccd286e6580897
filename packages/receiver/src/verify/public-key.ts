import { InvalidKeyError, type InvalidKeyReason, UnsupportedRuntimeError } from "../errors.ts";
import { type Bytes, decodeAnyBase64 } from "./bytes.ts";
import type { Jwk, PublicKey } from "./key-source.ts";

/** The prime of the field of Ed25519, 2^255 - 19 (RFC 8032, section 5.1). */
const P = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn;

/** The y of one of the points of order 8. Its negative is that of the others. */
const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

/**
 * The y of every point whose order divides 8: anyone can make signatures that such a key accepts. P and P + 1 encode 0 and 1
 * a second time. Each stands for both signs of x. Source: K. Chalkias, F. Garillot, V. Nikolaenko, "Taming the many EdDSAs"
 * (2020), table 1.
 */
const SMALL_ORDER = [0n, 1n, P - 1n, ORDER_8, P - ORDER_8, P, P + 1n];

/** The y of the key of the first test of RFC 8032, section 7.1, which also has its private key. */
const TEST_KEY = 0x1a5107f7681a02af2523a6daf372e10e3a0764c9d3fe4bd5b70ab18201985ad7n;

/** The base64 of the 12 bytes that an SPKI of Ed25519 begins with (RFC 8410). */
const SPKI = /^MCowBQYDK2VwAyEA/;

/** The first byte of every other key in DER. */
const DER_SEQUENCE = 0x30;

const MAX_CACHED = 256;

/** Imported keys, by their text and by whether the test key is allowed. This is all the state there is. The oldest goes first. */
const cache = new Map<string, Promise<CryptoKey>>();

/**
 * A key, ready to verify with. It is imported once.
 *
 * @throws {InvalidKeyError} at once. The promise rejects with an {@link UnsupportedRuntimeError}.
 */
export function loadKey(key: PublicKey, allowTestKey: boolean): Promise<CryptoKey> {
  const text = textOf(key);
  const name = `${allowTestKey} ${text}`;
  const cached = cache.get(name);
  if (cached) return cached;
  const imported = importKey(decodeKey(text, allowTestKey));
  // A failure is not kept: the next delivery tries again.
  imported.catch(() => cache.delete(name));
  cache.set(name, imported);
  const [oldest] = cache.keys();
  if (cache.size > MAX_CACHED) cache.delete(oldest as string);
  return imported;
}

/** @throws {InvalidKeyError} if it cannot be a key. It imports nothing: Workers forbid that before the first request. */
export function checkKey(key: PublicKey, allowTestKey: boolean): void {
  decodeKey(textOf(key), allowTestKey);
}

/**
 * Whether the owner of `key` signed `content`.
 *
 * @throws {UnsupportedRuntimeError} if this runtime cannot tell: that must not look like another signature.
 */
export async function isSignedBy(key: CryptoKey, signature: Bytes, content: Bytes): Promise<boolean> {
  try {
    return await crypto.subtle.verify("Ed25519", key, signature, content);
  } catch (cause) {
    throw new UnsupportedRuntimeError({ cause });
  }
}

async function importKey(bytes: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
  } catch (cause) {
    throw new UnsupportedRuntimeError({ cause });
  }
}

/** The text that has the bytes of a key. */
function textOf(key: PublicKey): string {
  if (typeof key === "string") return key.trim();
  const { kty, crv, x, d } = (key ?? {}) as Partial<Jwk> & { d?: unknown };
  if (d) refuse("private");
  if (!kty) refuse("malformed");
  if (kty !== "OKP" || crv !== "Ed25519") refuse("another kind");
  return x ?? refuse("malformed");
}

/** The 32 bytes of a key, from any of the encodings that {@link PublicKey} lists. */
function decodeKey(text: string, allowTestKey: boolean): Bytes {
  // PEM, and what Standard Webhooks puts before a private key and before a shared secret.
  if (/PRIVATE KEY|^whs(?:k|ec)_/.test(text)) refuse("private");
  const base64 = text.replace(/^whpk_|-{5}[A-Z ]+-{5}|\s/g, "").replace(SPKI, "");
  const bytes = decodeAnyBase64(base64);
  if (bytes?.length !== 32) refuse(bytes?.[0] === DER_SEQUENCE ? "another kind" : "malformed", slipIn(text));
  const y = yOf(bytes);
  if (SMALL_ORDER.includes(y)) refuse("small order");
  // RFC 8032, section 5.1.3: such bytes encode no point.
  if (y >= P) refuse("malformed");
  if (y === TEST_KEY && !allowTestKey) refuse("test key");
  return bytes;
}

/** The y of a point: little-endian, without the highest bit, which is the sign of x (RFC 8032, section 5.1.2). */
function yOf(point: Bytes): bigint {
  const number = point.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asUintN(255, number);
}

/** What files of variables do to a key, in words that hold nothing of it. */
function slipIn(text: string): string | undefined {
  if (/^["'`]/.test(text)) return "It is in quotes: leave them out.";
  if (text.includes("\\n")) return "It has \\n in place of line breaks: write them as they are.";
  // What an unset variable becomes in a text, or what stands in a file for a value: `changeme`, `<key>`, `$KEY`, `whpk_…`, `{{key}}`.
  if (/^(?:undefined|null|change.?me)$|[<>$…]|\.{3}|\{\{|key$/i.test(text))
    return "It is no value: the variable is unset, or was not replaced.";
  return undefined;
}

function refuse(reason: InvalidKeyReason, slip?: string): never {
  throw new InvalidKeyError(reason, slip);
}
