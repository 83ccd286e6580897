/** Decodes base64 (RFC 4648, section 4, with padding) if it is canonical: if encoding gives back the same text. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string;
  try {
    // Lenient: it skips white space and takes any spare bits. Only the comparison below makes it strict.
    binary = atob(text);
  } catch {
    return;
  }
  if (btoa(binary) !== text) return;
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
