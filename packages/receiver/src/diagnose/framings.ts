import { type Variant, variant } from "./causes.ts";

const LF = 0x0a;
const CR = 0x0d;
/** The byte order mark in UTF-8. */
const MARK = [0xef, 0xbb, 0xbf];

/** Undoes changes around a text and at the ends of its lines. It works on bytes, so it keeps any body whole. */
export function* framings(body: Uint8Array): Generator<Variant> {
  const unbroken = trimmedEnd(body, isLineBreak);
  if (unbroken.length < body.length) {
    const last = body.at(-1) === LF && body.at(-2) === CR ? 2 : 1;
    yield variant("newline-added", body.subarray(0, -last));
    if (unbroken.length < body.length - last) yield variant("newline-added", unbroken);
  }
  const start = body.findIndex((byte) => !isSpace(byte));
  const bare = trimmedEnd(body, isSpace).subarray(Math.max(start, 0));
  if (bare.length < unbroken.length) {
    yield variant(
      "newline-added",
      bare,
      "White space around the body was not signed: without it, the signature matches.",
    );
  }
  for (const end of [[LF], [CR, LF], [LF, LF]]) yield variant("newline-removed", joined(body, end));
  const lines = body
    .filter((byte, index) => byte !== CR || body[index + 1] !== LF)
    .map((byte) => (byte === CR ? LF : byte));
  if (body.includes(CR)) yield variant("crlf", lines);
  if (lines.includes(LF)) yield variant("crlf", withCrlf(lines));
  const isMarked = MARK.every((byte, index) => body[index] === byte);
  yield variant("byte-order-mark", isMarked ? body.subarray(MARK.length) : joined(MARK, body));
}

const isLineBreak = (byte: number | undefined) => byte === LF || byte === CR;
const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || isLineBreak(byte);

function trimmedEnd(body: Uint8Array, isLeftOut: typeof isSpace): Uint8Array {
  let end = body.length;
  while (isLeftOut(body[end - 1])) end -= 1;
  return body.subarray(0, end);
}

function joined(first: ArrayLike<number>, second: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function withCrlf(lines: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(lines.length * 2);
  let length = 0;
  for (const byte of lines) {
    if (byte === LF) bytes[length++] = CR;
    bytes[length++] = byte;
  }
  return bytes.subarray(0, length);
}
