import { type HeadersInput, headerOf } from "../headers.ts";
import { type Bytes, decodeAnyBase64, decodeHexadecimal, encodeBase64 } from "../verify/bytes.ts";
import { ID, readSignatures, SIGNATURE, TIMESTAMP } from "../verify/signature-scheme.ts";
import type { Finding } from "./causes.ts";

/** What the headers may have said, and what must have happened to them since. */
export interface HeaderVariant {
  readonly findings: readonly Finding[];
  readonly id: string;
  readonly timestamp: string;
}

/** `verify` takes no longer id, in characters. */
const MAX_ID_LENGTH = 256;

/** What id and time of signing may have been: first as they came, then as they are signed. */
export function* headerVariants(id: string, timestamp: string): Generator<HeaderVariant> {
  const isInMilliseconds = /^\d{13}$/.test(timestamp);
  const findings: Finding[] = isInMilliseconds ? [{ name: "milliseconds" }] : [];
  yield { findings, id, timestamp };
  if (isInMilliseconds) yield { findings, id, timestamp: timestamp.slice(0, -3) };

  if (id.length > MAX_ID_LENGTH || timestamp.length > MAX_ID_LENGTH) return;
  const bareId = unquoted(id);
  for (const seconds of secondsOf(unquoted(timestamp))) {
    const names = [...(bareId === id ? [] : [ID]), ...(seconds === timestamp ? [] : [TIMESTAMP])];
    if (names.length === 0) continue;
    const explanation = `The signature matches, but for how these headers are written: ${names.join(", ")}.`;
    yield { findings: [{ name: "header-rewritten", explanation }], id: bareId, timestamp: seconds };
  }
}

/** Without the signs that CSV, JSON and programs put around a text. */
function unquoted(text: string): string {
  return text.replaceAll(/^[\s"'[]+|[\s"'\]]+$/g, "");
}

/** What a time may be in seconds: it may be a date, or a number with a fraction. */
function secondsOf(text: string): string[] {
  const [seconds] = /^\d+(?=$|\.\d*$)/.exec(text) ?? [];
  if (seconds !== undefined) return [seconds];
  // A database may leave out the zone.
  const times = [text, `${text}Z`].map((date) => Math.floor(Date.parse(date) / 1000));
  return [...new Set(times)].flatMap((time) => (Number.isNaN(time) ? [] : String(time)));
}

/** Says under which other names missing headers are there: those of CGI, of programs, and of other libraries. */
export function renamedHeaders(headers: HeadersInput): Finding | undefined {
  const renamed = [ID, TIMESTAMP, SIGNATURE].flatMap((name) => {
    if (headerOf(headers, name)) return [];
    const word = name.replace("-", "_");
    const others = [
      word,
      `http_${word}`,
      `http-${name}`,
      `x-${name}`,
      name.replace("-", ""),
      name.replace("webhook", "svix"),
    ];
    const other = others.find((each) => headerOf(headers, each));
    return other === undefined ? [] : `${name} as ${other}`;
  });
  if (renamed.length === 0) return undefined;
  return { name: "header-renamed", explanation: `Headers are there under other names: ${renamed.join(", ")}.` };
}

/** What may be a signature in a header. */
export interface LenientSignature {
  readonly bytes: Bytes;
  /** Whether `verify` reads it, too. */
  readonly isCanonical: boolean;
}

/** The most that is looked at of a header, in characters. */
const MAX_SIGNATURES_LENGTH = 4096;
const MAX_SIGNATURES = 16;

/**
 * What may be a signature in a `webhook-signature` header: 64 bytes in hexadecimal digits or any spelling of base64, with or
 * without a scheme, whatever stands between them. `verify` takes only `v1a,` and the canonical base64.
 */
export function lenientSignatures(header: string): LenientSignature[] {
  const text = header.slice(0, MAX_SIGNATURES_LENGTH);
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
