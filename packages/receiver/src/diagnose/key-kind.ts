import type { PublicKey } from "../verify/key-source.ts";
import { decodeAnyBase64 } from "./text-to-bytes.ts";

/** What a refused key seems to be, in words that hold nothing of it. */
export function kindOfKey(key: PublicKey): string {
  if (typeof key !== "string") {
    const { kty, crv, d } = (key ?? {}) as { kty?: unknown; crv?: unknown; d?: unknown };
    if (d !== undefined) return "a private JWK";
    if (kty === "OKP" && crv === "X25519") return "an X25519 key, which is for key agreement";
    return kty === "RSA" ? "an RSA key" : "no Ed25519 JWK";
  }
  if (key.startsWith("whsec_")) return "a shared secret (whsec_), which only the scheme v1 uses";
  if (key.startsWith("whsk_") || key.includes("PRIVATE KEY")) return "a private key";
  if (key.startsWith("ssh-")) return "a key in the format of SSH";
  if (key.includes("CERTIFICATE")) return "a certificate";
  const base64 = key.replace(/^whpk_|-{5}[A-Z ]+-{5}|\s/g, "");
  const der = decodeAnyBase64(base64) ?? new Uint8Array();
  const hex = Array.from(der.subarray(0, 32), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // The object identifiers of RFC 8410, section 3, and RFC 8017, appendix C.
  if (hex.startsWith("302e020100")) return "a private key (PKCS #8)";
  if (hex.includes("06032b656e")) return "an X25519 key, which is for key agreement";
  if (hex.includes("06092a864886f70d010101")) return "an RSA key";
  if (hex.includes("06072a8648ce3d0201")) return "a key of an elliptic curve other than Ed25519";
  if (der.length === 64) return "64 bytes, as a private key with its public key is, or a signature";
  return "no Ed25519 public key in whpk_, base64, SPKI, PEM or JWK";
}
