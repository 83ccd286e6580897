import { readBody, requestReader } from "../body.ts";
import { decodeAnyBase64, decodeHexadecimal } from "../verify/bytes.ts";
import { undone, type Variant } from "./causes.ts";

type Decoded = Uint8Array | string | undefined;

/** How a text may have been encoded as a whole. `decode` gives what it was before, or throws if it was not encoded so. */
const DECODERS: readonly (readonly [how: string, decode: (text: string) => Iterable<Decoded>])[] = [
  ["encoded in base64", (text) => [/^[\w+/\s-]+=*$/.test(text) ? decodeAnyBase64(text) : undefined]],
  ["written in hexadecimal digits", (text) => [decodeHexadecimal(text.replace(/^(?:\\x|0x)/, ""))]],
  ["encoded as in a URL or a form", fromUrl],
  ["escaped as in HTML", (text) => [text.replaceAll(ENTITY, character)]],
  ["written as a string of JSON", (text) => [text.startsWith('"') ? (JSON.parse(text) as string) : undefined]],
  ["put into another text, such as the event of a gateway or a queue", textsWithin],
];

/** How many texts we take out of one that holds others. */
const MAX_WITHIN = 4;

const ENTITY = /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Undoes encodings of a whole body, unless the result is longer than `limit`. */
export async function* decodings(body: Uint8Array, text: string, limit: number): AsyncGenerator<Variant> {
  const [first, second] = body;
  const format = first === 0x1f && second === 0x8b ? "gzip" : first === 0x78 ? "deflate" : undefined;
  const inflated = format && (await inflate(body, format, limit));
  if (inflated) yield undone("body-encoded", inflated, `compressed with ${format}`);

  const trimmed = text.trim();
  for (const [how, decode] of DECODERS) {
    try {
      for (const decoded of decode(trimmed)) {
        if (decoded && decoded !== trimmed) yield undone("body-encoded", decoded, how);
      }
    } catch {
      // It is not encoded so.
    }
  }
}

async function inflate(body: Uint8Array, format: CompressionFormat, limit: number): Promise<Uint8Array | undefined> {
  try {
    const stream = new Blob([body as BlobPart]).stream().pipeThrough(new DecompressionStream(format));
    return await readBody(requestReader(new Response(stream)), limit, undefined);
  } catch {
    // It is damaged, or longer than that, or this runtime cannot do it.
    return undefined;
  }
}

/** Decoded as from a URL, and as the value of a form's first field, in which a plus stands for a space. */
function fromUrl(text: string): Set<string> {
  const value = text.replace(/^[\w.-]+=/, "").replace(/&.*$/s, "");
  return new Set([decodeURIComponent(value.replaceAll("+", " ")), decodeURIComponent(text)]);
}

function character(entity: string, hexadecimal?: string, decimal?: string, name?: string): string {
  if (name) return NAMED[name.toLowerCase()] ?? entity;
  return String.fromCodePoint(hexadecimal ? Number.parseInt(hexadecimal, 16) : Number(decimal));
}

/** The strings of a JSON text that look like a JSON object, as it is or in base64; and its lists of bytes. */
function* textsWithin(text: string): Generator<Decoded> {
  const values: unknown[] = [JSON.parse(text)];
  let left = MAX_WITHIN;
  // Members go to the end of the list, so that those nearer to the top come first.
  for (const value of values) {
    if (left === 0) return;
    if (typeof value === "string" && /^\s*\{|^e[yw]/.test(value)) {
      left -= 1;
      yield value;
    }
    if (typeof value !== "object" || value === null) continue;
    const members: unknown[] = Object.values(value);
    if (members.length > 0 && members.every((member) => typeof member === "number")) {
      left -= 1;
      yield Uint8Array.from(members);
    } else {
      for (const member of members) values.push(member);
    }
  }
}
