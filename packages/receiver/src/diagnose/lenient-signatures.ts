import { encodeBase64 } from "../verify/base64.ts";
import type { Bytes } from "../verify/bytes.ts";
import { readSignatures } from "../verify/signature-scheme.ts";
import { decodeAnyBase64, decodeHexadecimal } from "./text-to-bytes.ts";

/** What may be a signature in a header. */
export interface LenientSignature {
  readonly bytes: Bytes;
  /** Whether `verify` reads it, too. */
  readonly isCanonical: boolean;
}

/** The most that is looked at of a header, in characters, and that is taken out of it. */
const MAX_LENGTH = 4096;
const MAX_SIGNATURES = 16;

/**
 * What may be a signature in a `webhook-signature` header: 64 bytes in hexadecimal digits or any spelling of base64, with or
 * without a scheme, and whatever stands between them. `verify` takes `v1a,` and the canonical base64 alone.
 */
export function lenientSignatures(header: string): LenientSignature[] {
  const text = header.slice(0, MAX_LENGTH);
  // As it came, encoded for a URL, decoded as from a form, and broken into lines.
  const readings = [text, percentDecoded(text), text.replaceAll(" ", "+"), text.replaceAll(/\s/g, "")];
  const base64 = readings.flatMap((reading) => reading.match(/(?<![\w+/-])[\w+/-]{86}(?![\w+/-])/g) ?? []);
  const hexadecimal = text.match(/[\da-f]{128}/gi) ?? [];
  const signatures = new Map<string, LenientSignature>();
  const note = (bytes: Bytes | undefined, isCanonical: boolean) => {
    if (bytes && !signatures.has(encodeBase64(bytes))) signatures.set(encodeBase64(bytes), { bytes, isCanonical });
  };
  for (const bytes of canonicalSignatures(header)) note(bytes, true);
  for (const bytes of [...hexadecimal.map(decodeHexadecimal), ...base64.map(decodeAnyBase64)]) note(bytes, false);
  return [...signatures.values()].slice(0, MAX_SIGNATURES);
}

function canonicalSignatures(header: string): Bytes[] {
  try {
    return readSignatures(header);
  } catch {
    return [];
  }
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
