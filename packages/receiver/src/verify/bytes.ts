/**
 * Bytes as WebCrypto takes them. TypeScript calls that `Uint8Array<ArrayBuffer>` from 5.7 on and `Uint8Array` before. This
 * is either, so our declarations compile with all of them.
 */
export type Bytes = ReturnType<typeof Uint8Array.of>;

/** Decodes base64 as leniently as `atob`: white space, missing padding and any spare bits pass. */
export function decodeBase64(text: string): Bytes | undefined {
  try {
    const binary = atob(text);
    // Not `Uint8Array.from`, which takes forty times as long.
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
}

/** Decodes base64 of either alphabet of RFC 4648, as leniently as {@link decodeBase64}. */
export function decodeAnyBase64(text: string): Bytes | undefined {
  return decodeBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
}

/** Encodes base64 as RFC 4648, section 4, has it: with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** Decodes hexadecimal digits, two a byte. */
export function decodeHexadecimal(text: string): Bytes | undefined {
  if (!/^(?:[\da-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
