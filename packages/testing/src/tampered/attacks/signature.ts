import { fromBase64, toBase64, toBytes } from "../../signing/encoding.ts";
import { type Attack, type AttackCode, HARMLESS } from "../attack.ts";
import type { Material } from "../material.ts";

/** The order of the group that Ed25519 works in (RFC 8032, section 5.1). */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The signature is not the one that was made, or not in the form in which it was. */
export async function signatureAttacks(material: Material): Promise<Attack[]> {
  const { attack, signer, id, timestamp, body, signature: header } = material;
  const text = header.slice("v1a,".length);
  const bytes = fromBase64(text);
  const mismatch = (name: string, signature: string) => attack(name, "signature_mismatch", { signature });
  const other = (name: string, code: AttackCode, signature: string) => attack(name, code, { signature });
  /** The signature is right to whoever reads it in this way. */
  const respelled = (name: string, signature: string, code: AttackCode = "signature_mismatch") =>
    attack(name, code, { signature }, HARMLESS);
  const encoded = (changed: Uint8Array) => `v1a,${toBase64(changed)}`;
  const withBit = (index: number) => encoded(bytes.map((byte, at) => (at === index ? byte ^ 1 : byte)));
  return [
    mismatch("a bit of the signature's first byte is another", withBit(0)),
    mismatch("a bit of the signature's last byte is another", withBit(63)),
    mismatch("the signature is all zeros", encoded(new Uint8Array(64))),
    // RFC 8032, section 5.1.7: the second half must be below L, else each signature could be written in several ways.
    respelled("L is added to the second half of the signature", encoded(addL(bytes))),
    mismatch("the signature is cut short", header.slice(0, -4)),
    mismatch("the signature is a byte short", encoded(bytes.subarray(1))),
    respelled("the signature has a byte more", encoded(Uint8Array.of(...bytes, 0))),
    respelled("the signature lacks its padding", header.slice(0, -2)),
    // Two characters hold 12 bits, of which the last byte takes 8: lenient decoders ignore the others.
    respelled(
      "the signature is not canonical base64",
      header.replace(/.==$/, (end) => `${after(end)}==`),
    ),
    respelled("the signature is in base64url", header.replaceAll("+", "-").replaceAll("/", "_")),
    respelled("the signature is in hexadecimal", `v1a,${hex(bytes)}`),
    respelled("the signature is broken by a space", `${header.slice(0, 40)} ${header.slice(40)}`),
    respelled("the signature has a tab before it", `v1a,\t${text}`),
    respelled("the signature is among others with commas between them", `${encoded(new Uint8Array(64))},${header}`),
    mismatch(
      "the signature is of id and timestamp in the wrong order",
      await signer.sign({ id: `${timestamp}`, timestamp: id, body }),
    ),
    respelled("the signature has a space before it", `v1a, ${text}`, "malformed_header"),
    respelled("the signature is said to be v1", `v1,${text}`, "unsupported_scheme"),
    other("the public key is used as a shared secret", "unsupported_scheme", await symmetricSignature(material)),
    respelled("the scheme is in capitals", `V1A,${text}`, "unsupported_scheme"),
    respelled("the signature has no scheme", text, "unsupported_scheme"),
    other("the list of signatures is empty", "unsupported_scheme", ""),
    other("the list of signatures has a hundred forged ones", "malformed_header", forged(100)),
    other("the signature has 8,000 characters", "malformed_header", `v1a,${"A".repeat(8000)}`),
  ];
}

/** The next character of base64: its last bit is another, since that of a canonical end is 0. */
function after([last = ""]: string): string {
  return String.fromCharCode(last.charCodeAt(0) + 1);
}

function addL(signature: Uint8Array): Uint8Array {
  const second = signature.subarray(32);
  let value = second.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + L;
  const sum = second.map(() => {
    const byte = Number(value % 256n);
    value /= 256n;
    return byte;
  });
  return Uint8Array.of(...signature.subarray(0, 32), ...sum);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function forged(count: number): string {
  return Array.from({ length: count }, (_, index) => `v1a,${toBase64(new Uint8Array(64).fill(index))}`).join(" ");
}

/** What a verifier would ask for that takes a public key for the secret of the symmetric scheme of Standard Webhooks. */
async function symmetricSignature({ signer, id, timestamp, body }: Material): Promise<string> {
  const secret = fromBase64(signer.publicKey.slice("whpk_".length));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const content = Uint8Array.from(toBytes(`${id}.${timestamp}.${body}`));
  return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, content)))}`;
}
