/** The text of a file: in UTF-8 or, as Windows writes it, UTF-16. The byte order mark before it is none of it. */
export function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
