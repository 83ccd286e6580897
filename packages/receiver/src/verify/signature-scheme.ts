/**
 * What MindBridge signs, and how the header carries it. None of it is published: this is `v1a` of Standard Webhooks, which
 * has the same three headers and also signs with Ed25519. If MindBridge turns out to differ, this file is what changes.
 */
import { MalformedHeaderError } from "../errors/malformed-header-error.ts";
import { UnsupportedSchemeError } from "../errors/unsupported-scheme-error.ts";
import { decodeBase64 } from "./base64.ts";
import type { Bytes } from "./bytes.ts";

const SCHEME = "v1a,";
/** With the one canonical base64 of 64 bytes: 85 digits, one whose last four bits are spare and so 0, and the padding. */
const CANONICAL = /^v1a,[A-Za-z\d+/]{85}[AQgw]==$/;
const MAX_LENGTH = 4096;
const MAX_SIGNATURES = 16;
const encoder = /* @__PURE__ */ new TextEncoder();

/** The headers that every delivery has. */
export const ID = "webhook-id";
export const TIMESTAMP = "webhook-timestamp";
export const SIGNATURE = "webhook-signature";

/**
 * The well-formed `v1a` signatures of a `webhook-signature` header, 64 bytes each. Other schemes are skipped, and so is
 * what is not the canonical base64 of 64 bytes: it matches nothing.
 *
 * @throws {UnsupportedSchemeError} if none is `v1a`, well-formed or not.
 * @throws {MalformedHeaderError} if it holds over 4,096 characters or over 16 such signatures, or came twice.
 */
export function readSignatures(header: string): Bytes[] {
  const encoded = header.split(" ").filter((entry) => entry.startsWith(SCHEME));
  // A comma and a space are how `Headers` and Node join headers that came twice.
  if (header.length > MAX_LENGTH || encoded.length > MAX_SIGNATURES || header.includes(", ")) {
    throw new MalformedHeaderError(SIGNATURE, "is too long or came twice");
  }
  if (encoded.length === 0) throw new UnsupportedSchemeError();
  return encoded.flatMap((entry) => (CANONICAL.test(entry) ? (decodeBase64(entry.slice(SCHEME.length)) ?? []) : []));
}

/** What is signed: `{webhook-id}.{webhook-timestamp}.{body}`. `body` is the part of it that is the body. */
export function signedContent(
  id: string,
  timestamp: string,
  body: Uint8Array | string,
): { content: Bytes; body: Bytes } {
  // The headers have been checked to be ASCII: a character is a byte.
  const prefix = `${id}.${timestamp}.`;
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  const content = new Uint8Array(prefix.length + bytes.length);
  encoder.encodeInto(prefix, content);
  content.set(bytes, prefix.length);
  return { content, body: content.subarray(prefix.length) };
}
