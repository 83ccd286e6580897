/** Decodes base64 as leniently as `atob`: white space, missing padding and any spare bits pass. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return;
  }
}

/** Encodes base64 as RFC 4648, section 4, has it: with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
