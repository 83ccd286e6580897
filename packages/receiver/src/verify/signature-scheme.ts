/**
 * What MindBridge signs, and how the headers carry it. None of it is published: this is `v1a` of Standard Webhooks, which
 * has the same three headers and also signs with Ed25519. If MindBridge turns out to differ, this file is what changes.
 */
import { MalformedHeaderError, MissingHeaderError, RawBodyError, UnsupportedSchemeError } from "../errors.ts";
import { type HeadersInput, headerOf } from "../headers.ts";
import { type Bytes, decodeBase64 } from "./bytes.ts";

/** The headers that every delivery has. */
export const ID = "webhook-id";
export const TIMESTAMP = "webhook-timestamp";
export const SIGNATURE = "webhook-signature";

/** Visible ASCII. A dot would let what is signed be cut elsewhere, and a comma joins headers that came twice. */
const ID_FORMAT = /^[!-+\-/-~]{1,256}$/;
/** Seconds. With a 13th digit it would be milliseconds, and soon more than a `Date` can hold. */
const TIMESTAMP_FORMAT = /^\d{1,12}$/;
const SCHEME = "v1a,";
/** With the one canonical base64 of 64 bytes: 85 digits, one whose last four bits are spare and so 0, and the padding. */
const SIGNATURE_FORMAT = /^v1a,[A-Za-z\d+/]{85}[AQgw]==$/;
const MAX_SIGNATURES_LENGTH = 4096;
const MAX_SIGNATURES = 16;
const encoder = /* @__PURE__ */ new TextEncoder();

/** What the headers of a delivery say. */
export interface SignatureHeaders {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: readonly Bytes[];
}

/**
 * What the headers say, checked in form only.
 *
 * @throws {MissingHeaderError} {@link MalformedHeaderError} {@link UnsupportedSchemeError}
 */
export function readHeaders(headers: HeadersInput): SignatureHeaders {
  const id = requiredHeader(headers, ID);
  const timestamp = requiredHeader(headers, TIMESTAMP);
  const signatures = requiredHeader(headers, SIGNATURE);
  if (!ID_FORMAT.test(id)) throw new MalformedHeaderError(ID, "came twice, is too long or has a dot");
  if (!TIMESTAMP_FORMAT.test(timestamp)) throw new MalformedHeaderError(TIMESTAMP, "came twice or is not in seconds");
  return { id, timestamp, signatures: readSignatures(signatures) };
}

/**
 * The value of a header that every delivery has.
 *
 * @throws {MissingHeaderError}
 */
export function requiredHeader(headers: HeadersInput, name: string): string {
  const value = headerOf(headers, name);
  if (typeof value !== "string") throw new MissingHeaderError(name);
  return value;
}

/**
 * The well-formed `v1a` signatures of a `webhook-signature` header, 64 bytes each. Other schemes are skipped. So is
 * everything but the canonical base64 of 64 bytes: it matches nothing.
 *
 * @throws {UnsupportedSchemeError} if none is `v1a`, well-formed or not.
 * @throws {MalformedHeaderError} if it has over 4,096 characters or over 16 such signatures, or came twice.
 */
export function readSignatures(header: string): Bytes[] {
  const encoded = header.split(" ").filter((entry) => entry.startsWith(SCHEME));
  // A comma and a space join headers that came twice.
  if (header.length > MAX_SIGNATURES_LENGTH || encoded.length > MAX_SIGNATURES || header.includes(", ")) {
    throw new MalformedHeaderError(SIGNATURE, "came twice or is too long");
  }
  if (encoded.length === 0) throw new UnsupportedSchemeError();
  const wellFormed = encoded.filter((entry) => SIGNATURE_FORMAT.test(entry));
  return wellFormed.flatMap((entry) => decodeBase64(entry.slice(SCHEME.length)) ?? []);
}

/**
 * What is signed: `{webhook-id}.{webhook-timestamp}.{body}`. `body` is the part of it that is the body.
 *
 * @throws {RawBodyError} if the body is neither bytes nor a string that stands for bytes.
 */
export function signedContent(id: string, timestamp: string, body: unknown): { content: Bytes; body: Bytes } {
  // `readHeaders` has checked that the headers are ASCII: a character is a byte.
  const prefix = `${id}.${timestamp}.`;
  const bytes = bytesOf(body);
  const content = new Uint8Array(prefix.length + bytes.length);
  encoder.encodeInto(prefix, content);
  content.set(bytes, prefix.length);
  return { content, body: content.subarray(prefix.length) };
}

function bytesOf(body: unknown): Uint8Array {
  // Half of a surrogate pair has no UTF-8, so nobody has sent it.
  if (typeof body === "string" && !/\p{Cs}/u.test(body)) return encoder.encode(body);
  // Not `instanceof`, which fails between realms.
  if (ArrayBuffer.isView(body)) return body as Uint8Array;
  throw new RawBodyError();
}
