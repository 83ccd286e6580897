import type { Bytes } from "./bytes.ts";

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

/** Encodes base64 as RFC 4648, section 4, has it: with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
