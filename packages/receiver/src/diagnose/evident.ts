import type { Finding } from "./causes.ts";

/** How a parsed value begins that JavaScript, Python, Ruby, Go or PHP has printed. */
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

/** Whether a JSON object ends before it is closed. */
function isCutShort(text: string): boolean {
  if (!text.startsWith("{")) return false;
  // Without its strings. The last one may be cut short, too.
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
