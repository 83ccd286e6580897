import { decodeBase64 } from "../verify/base64.ts";
import type { Bytes } from "../verify/bytes.ts";

/** The bytes of base64 in either alphabet, with or without padding; `undefined` if a text is anything else. */
export function decodeAnyBase64(text: string): Bytes | undefined {
  return decodeBase64(text.replaceAll("-", "+").replaceAll("_", "/"));
}

/** The bytes of hexadecimal digits, two each; `undefined` if a text is anything else. */
export function decodeHexadecimal(text: string): Bytes | undefined {
  if (!/^(?:[\da-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
