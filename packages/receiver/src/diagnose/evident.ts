import type { Finding } from "./causes.ts";

/** How a parsed value begins that a program has printed: JavaScript, Python, Ruby, Go or PHP. */
const PRINTED = /^(?:\[object \w+\]|\{ ?(?:\w+|'[^'"]*'): |\{:?"?\w+"? ?=> ?|map\[|Array\b)/;

/** What a body shows by itself. It is for bodies that nothing makes match again, because part of them is lost. */
export function evident(body: Uint8Array): Finding | undefined {
  if (body.length === 0) return { name: "body-empty" };
  const text = new TextDecoder().decode(body).trim();
  if (PRINTED.test(text)) return { name: "body-parsed" };
  if (isCutShort(text)) return { name: "body-truncated" };
  if (!hasReplacement(body)) return undefined;
  return {
    name: "wrong-charset",
    explanation: "The body holds U+FFFD, which decoders write in place of what is not UTF-8: characters are lost.",
  };
}

/** Whether an object of JSON ends before it is closed. */
function isCutShort(text: string): boolean {
  if (!text.startsWith("{")) return false;
  // Without its strings, of which the last may be cut short as well.
  const signs = text.replaceAll(/"(?:[^"\\]|\\.?)*(?:"|$)/gs, "");
  return (signs.match(/[{[]/g) ?? []).length > (signs.match(/[}\]]/g) ?? []).length;
}

/** Whether a body is UTF-8 and holds U+FFFD. */
function hasReplacement(body: Uint8Array): boolean {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body).includes("\ufffd");
  } catch {
    return false;
  }
}
