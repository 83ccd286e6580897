import { fromBase64, toBase64, toBytes, toHex } from "../encoding.ts";
import { createTestSigner, signDelivery, type TestSigner } from "../signing.ts";
import { type Attack, type AttackCode, type Change, HARMLESS, type Material } from "./attack.ts";

/** Attacks on the body: it is not the one that was signed. */
export function bodyAttacks({ attack, body, event, keysBySender }: Material): Attack[] {
  const change = (name: string, changed: string, options?: typeof HARMLESS) =>
    attack(name, "signature_mismatch", { body: changed }, options);
  return [
    change("the body has a field more", `${body.slice(0, -1)},"isAdmin":true}`),
    change(
      "a byte of the body is another",
      body.replace(/[a-z0-9]/i, (first) => (first === "x" ? "y" : "x")),
    ),
    change("the body is formatted anew", JSON.stringify(event, undefined, 2)),
    change("the body has a newline at the end", `${body}\n`),
    change("the body has a space before it", ` ${body}`),
    // Decoders of UTF-8 drop it, so the text is the one that was signed.
    change("the body has a byte order mark", `\uFEFF${body}`, HARMLESS),
    change("the body is cut short", body.slice(0, -1)),
    change("the body comes twice", body + body),
    attack("the body is empty", keysBySender ? "no_key" : "signature_mismatch", { body: "" }),
  ];
}

/** Attacks with another key: the signature is right, but somebody else's. */
export async function keyAttacks({ attack, otherSigner, id, timestamp, body }: Material): Promise<Attack[]> {
  const signedBy = async (name: string, signer: TestSigner) =>
    attack(name, "signature_mismatch", { signature: await signer.sign({ id, timestamp, body }) });
  return [
    await signedBy("the delivery is signed with a key that nobody knows", await createTestSigner()),
    await signedBy("the delivery is signed with the key of another sender", otherSigner),
  ];
}

/** The order of the group that Ed25519 works in (RFC 8032, section 5.1). */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Attacks on the signature: it is another one, or in another form. */
export async function signatureAttacks(material: Material): Promise<Attack[]> {
  const { attack, signer, id, timestamp, body, signature: header } = material;
  const text = header.slice("v1a,".length);
  const bytes = fromBase64(text);
  const mismatch = (name: string, signature: string) => attack(name, "signature_mismatch", { signature });
  const other = (name: string, code: AttackCode, signature: string) => attack(name, code, { signature });
  /** To an endpoint that reads the signature in this way, it is right. */
  const respelled = (name: string, signature: string, code: AttackCode = "signature_mismatch") =>
    attack(name, code, { signature }, HARMLESS);
  const encoded = (changed: Uint8Array) => `v1a,${toBase64(changed)}`;
  const withBit = (index: number) => encoded(bytes.map((byte, at) => (at === index ? byte ^ 1 : byte)));
  return [
    mismatch("a bit of the signature's first byte is another", withBit(0)),
    mismatch("a bit of the signature's last byte is another", withBit(63)),
    mismatch("the signature is all zeros", encoded(new Uint8Array(64))),
    // RFC 8032, section 5.1.7: the second half must be below L, so that a signature is written in one way only.
    respelled("L is added to the second half of the signature", encoded(addL(bytes))),
    mismatch("the signature is cut short", header.slice(0, -4)),
    mismatch("the signature is a byte short", encoded(bytes.subarray(1))),
    respelled("the signature has a byte more", encoded(Uint8Array.of(...bytes, 0))),
    respelled("the signature lacks its padding", header.slice(0, -2)),
    // The last two characters hold 12 bits, and the last byte takes 8: lenient decoders ignore the other 4.
    respelled(
      "the signature is not canonical base64",
      header.replace(/.==$/, (end) => `${after(end)}==`),
    ),
    respelled("the signature is in base64url", header.replaceAll("+", "-").replaceAll("/", "_")),
    respelled("the signature is in hexadecimal", `v1a,${toHex(bytes)}`),
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
    other("the list of signatures has a hundred forged ones", "malformed_header", forgedList(100)),
    other("the signature has 8,000 characters", "malformed_header", `v1a,${"A".repeat(8000)}`),
  ];
}

/** The next character of base64. The last bit of a canonical end is 0, and here it is 1. */
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

function forgedList(count: number): string {
  return Array.from({ length: count }, (_, index) => `v1a,${toBase64(new Uint8Array(64).fill(index))}`).join(" ");
}

/** The signature for a verifier that uses the public key as the secret of Standard Webhooks' symmetric scheme. */
async function symmetricSignature({ signer, id, timestamp, body }: Material): Promise<string> {
  const secret = fromBase64(signer.publicKey.slice("whpk_".length));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const content = Uint8Array.from(toBytes(`${id}.${timestamp}.${body}`));
  return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, content)))}`;
}

/** In seconds. A delivery from the future must stay out of tolerance until the test has ended. */
const [MINUTE, HOUR] = [60, 3600];

/** Attacks on the timestamp: it is not the one that was signed, out of tolerance, or not a number of seconds. */
export async function timestampAttacks({
  attack,
  event,
  signer,
  present,
  tolerance,
  timestamp,
}: Material): Promise<Attack[]> {
  const signedAt = async (seconds: number) => {
    const { headers, body } = await signDelivery(event, { signer, timestamp: seconds });
    return {
      id: headers["webhook-id"] ?? "",
      timestamp: headers["webhook-timestamp"] ?? "",
      signature: headers["webhook-signature"] ?? "",
      body,
    };
  };
  const stale = await signedAt(present - tolerance - HOUR);
  const malformed = (name: string, text: string) => attack(name, "malformed_header", { timestamp: text });
  /** To an endpoint that reads the timestamp in this way, it is the one that was signed. */
  const respelled = (name: string, text: string) => attack(name, "malformed_header", { timestamp: text }, HARMLESS);
  return [
    attack("the timestamp is another", "signature_mismatch", { timestamp: `${timestamp - 1}` }),
    attack("the timestamp has a zero before it", "signature_mismatch", { timestamp: `0${timestamp}` }, HARMLESS),
    attack("the delivery is old", "too_old", stale),
    attack("the delivery is a minute too old", "too_old", await signedAt(present - tolerance - MINUTE)),
    attack("the delivery is old, and its timestamp has been renewed", "signature_mismatch", {
      ...stale,
      timestamp: `${present}`,
    }),
    attack("the delivery is from the future", "too_new", await signedAt(present + tolerance + HOUR)),
    attack(
      "the timestamp is in milliseconds, and signed",
      "malformed_header",
      await signedAt(present * 1000),
      HARMLESS,
    ),
    malformed("the timestamp is empty", ""),
    respelled("the timestamp is a date", new Date(timestamp * 1000).toISOString()),
    respelled("the timestamp has a fraction", `${timestamp}.0`),
    respelled("the timestamp has a sign", `+${timestamp}`),
    respelled("the timestamp has an exponent", `${timestamp}e0`),
    respelled("the timestamp is hexadecimal", `0x${timestamp.toString(16)}`),
    respelled("the timestamp holds a space", `${timestamp} ${timestamp}`),
    malformed("the timestamp has 400 digits", "1".repeat(400)),
  ];
}

/** Attacks on the id: it is not the one that was signed, or it makes the signed content ambiguous. */
export async function idAttacks({ attack, event, signer, id, timestamp }: Material): Promise<Attack[]> {
  const other = await signDelivery(event, { signer, timestamp });
  const dotted = `${id}.${timestamp}`;
  const early = timestamp - 1;
  const withDot = await signDelivery(event, { signer, id: dotted, timestamp: early });
  const moved = `${early}.${withDot.body}`;
  const long = await signDelivery(event, { signer, id: "a".repeat(257), timestamp });
  const replaced = (first: string) => (first === "0" ? "1" : "0");
  return [
    attack("the id is another", "signature_mismatch", { id: id.replace(/^./, replaced) }),
    attack("the id is that of another delivery", "signature_mismatch", { id: other.headers["webhook-id"] ?? "" }),
    attack("the signature is that of another delivery", "signature_mismatch", {
      signature: other.headers["webhook-signature"] ?? "",
    }),
    attack("the id is empty", "malformed_header", { id: "" }),
    attack("the id holds a space", "malformed_header", { id: `${id} ${id}` }),
    attack(
      "the id is longer than 256 characters, and signed",
      "malformed_header",
      {
        id: long.headers["webhook-id"] ?? "",
        signature: long.headers["webhook-signature"] ?? "",
      },
      HARMLESS,
    ),
    // The signature does not say which dot separates the parts: `a.b` and `c` are signed as `a` and `b.c` are. Only a sender whose
    // ids hold dots signs content that can be read in both ways.
    attack(
      "the id holds a dot, and is signed",
      "malformed_header",
      {
        id: dotted,
        timestamp: `${early}`,
        signature: withDot.headers["webhook-signature"] ?? "",
      },
      HARMLESS,
    ),
    attack(
      "bytes are moved from the id to the timestamp, and from there to the body",
      "invalid_body",
      {
        body: moved,
        signature: withDot.headers["webhook-signature"] ?? "",
      },
      HARMLESS,
    ),
  ];
}

/** Attacks on a header: it is missing, comes twice, or is huge. */
export function headerAttacks({ attack, id, timestamp, signature }: Material): Attack[] {
  const forged = `v1a,${toBase64(new Uint8Array(64))}`;
  const missing = (name: string, change: Change) => attack(`${name} is missing`, "missing_header", change);
  // An endpoint that reads the first of two headers sees another delivery than one that reads the last. If it always reads the
  // same one, it sees a genuine delivery or a wrong signature.
  const twice = (name: string, change: Change) => attack(`${name} comes twice`, "malformed_header", change, HARMLESS);
  return [
    missing("the id", { id: null }),
    missing("the timestamp", { timestamp: null }),
    missing("the signature", { signature: null }),
    twice("the id", { id: [id, "000000000000000000000000"] }),
    twice("the same id", { id: [id, id] }),
    twice("the timestamp", { timestamp: [`${timestamp}`, `${timestamp - 1}`] }),
    twice("the same timestamp", { timestamp: [`${timestamp}`, `${timestamp}`] }),
    twice("the signature", { signature: [forged, signature] }),
    attack("the same signature comes twice, and the body is another", "malformed_header", {
      signature: [signature, signature],
      body: "{}",
    }),
    attack("the id has 5,000 characters", "malformed_header", { id: "a".repeat(5000) }),
  ];
}
