import { undone, type Variant } from "./causes.ts";

/** What Windows-1252 has from 0x80 to 0x9f, where Latin-1 has control characters. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Undoes what happens to a text that a program reads or writes in another charset than UTF-8. */
export function* charsets(body: Uint8Array, text: string): Generator<Variant> {
  const isLittleEndian = utf16Order(body);
  if (isLittleEndian !== undefined) yield undone("wrong-charset", ofUtf16(body, isLittleEndian), "written in UTF-16");
  if (body.every((byte) => byte < 0x80)) return;
  const misread = inOneByteEach(text);
  if (misread) yield undone("wrong-charset", misread, "read as Latin-1 or Windows-1252, though it is UTF-8");
  // Decoders write it in place of what is not UTF-8.
  if (text.includes("\ufffd")) {
    yield undone("wrong-charset", ofOneByteEach(body), "written in Latin-1 or Windows-1252, where it was UTF-8");
  }
  for (const form of ["NFC", "NFD"]) {
    const normal = text.normalize(form);
    if (normal !== text)
      yield undone("wrong-charset", normal, "normalised, so that accents are written in another way");
  }
}

/** Whether the lower byte comes first, if the text looks like UTF-16; else `undefined`. */
function utf16Order([first, second]: Uint8Array): boolean | undefined {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return true;
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? false : undefined;
}

/** Not all runtimes have a `TextDecoder` for both orders. */
function ofUtf16(body: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const units = Array.from({ length: body.length >> 1 }, (_, index) => view.getUint16(index * 2, isLittleEndian));
  return units
    .map((unit) => String.fromCharCode(unit))
    .join("")
    .replace(/^\ufeff/, "");
}

/** A text in Windows-1252, or in Latin-1 where that lacks a character; `undefined` if neither has one of them. */
function inOneByteEach(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const special = code > 0xff ? WINDOWS_1252.indexOf(text.charAt(i)) : undefined;
    if (special === -1) return undefined;
    bytes[i] = special === undefined ? code : 0x80 + special;
  }
  return bytes;
}

function ofOneByteEach(body: Uint8Array): string {
  return Array.from(body, (byte) => WINDOWS_1252[byte - 0x80] ?? String.fromCharCode(byte)).join("");
}
