import { InvalidKeyError, type InvalidKeyReason } from "../errors/invalid-key-error.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import type { Jwk, PublicKey } from "./key-source.ts";

/** The DER before the 32 bytes of a key in an SPKI (RFC 8410). */
const SPKI_PREFIX = "MCowBQYDK2VwAyEA";
/** The key of the first test of RFC 8032, section 7.1. Examples use it, and its private key is published there. */
const TEST_KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
/**
 * With the sign bit cleared and in base64, what no honest key is: the points whose order divides 8, which are y = 0, 1, -1
 * and two more with both their signs, and every y that is not below p = 2^255 - 19, which encodes one of them or some other
 * point a second time.
 */
const SMALL_ORDER =
  /^(?:A[AQ]A{41}=|[7-9+/][Pfv/]\/{39}38=|JuiVj8KyJ7BFw\/SJ8u+Y8NXfrAXTxjM5sTgCiG1T\/AU=|xxdqcD1N2E\+6PAt2DRBnDyogU\/osOczGTsf9d5KsA3o=)$/;

/** A key that has been decoded. */
export interface DecodedKey {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether it is the published test key. */
  readonly isTestKey: boolean;
}

/** The text that the bytes of a key are in. Two keys of the same text are the same. */
export function keyText(key: PublicKey): string {
  if (typeof key === "string") return key;
  const { kty, crv, x, d } = (key ?? {}) as Jwk & { d?: unknown };
  if (d !== undefined) refuse("private");
  if (kty === undefined) refuse("malformed");
  if (kty !== "OKP" || crv !== "Ed25519") refuse("another-kind");
  if (typeof x !== "string" || !/^[\w-]{43}$/.test(x)) refuse("malformed");
  return x;
}

/**
 * The 32 bytes of a key, from any of the encodings that {@link PublicKey} lists.
 *
 * @throws {InvalidKeyError}
 */
export function decodeKey(text: string): DecodedKey {
  // Of Ed25519 and its like in PKCS #8, the DER of a private key begins with what is MC4CAQAw in base64.
  if (/PRIVATE KEY|^whsk_|^MC4CAQAw/.test(text)) refuse("private");
  if (/^whsec_|^-+BEGIN (?!PUBLIC)/.test(text)) refuse("another-kind");
  const base64 = text
    .replace(/^whpk_|-+(?:BEGIN|END) PUBLIC KEY-+/g, "")
    .replace(/\s|=+$/g, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  const der = decodeBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
  if (!der) refuse("malformed");
  const isSpki = base64.startsWith(SPKI_PREFIX) && der.length === 44;
  if (!isSpki && der.length !== 32) refuse(der[0] === 0x30 ? "another-kind" : "malformed");
  const bytes = der.slice(-32);
  const unsigned = bytes.slice();
  unsigned[31] = (unsigned[31] ?? 0) & 0x7f;
  const point = encodeBase64(unsigned);
  if (SMALL_ORDER.test(point)) refuse("small-order");
  // Whoever knows the private key of a point can make one for its negative.
  return { bytes, isTestKey: point === TEST_KEY };
}

function refuse(reason: InvalidKeyReason): never {
  throw new InvalidKeyError(reason);
}
