import type { Finding } from "./variant.ts";

/** How a parsed value begins that a program has printed: JavaScript, Python, Ruby, Go or PHP. */
const PRINTED = /^(?:\[object \w+\]|\{ ?(?:\w+|'[^'"]*'): |\{:?"?\w+"? ?=> ?|map\[|Array\b)/;

/** What is to be seen of a body that nothing makes match again, since what is lost cannot be put back. */
export function evident(body: Uint8Array): Finding | undefined {
  if (body.length === 0) return { accident: "body-empty" };
  const text = new TextDecoder().decode(body).trim();
  if (PRINTED.test(text)) return { accident: "body-parsed" };
  if (isCutShort(text)) return { accident: "body-truncated" };
  if (!hasReplacement(body)) return undefined;
  return {
    accident: "wrong-charset",
    explanation: "The body holds U+FFFD, which is written for what is not UTF-8: characters of it are lost.",
  };
}

/** Whether an object of JSON ends before it is closed. */
function isCutShort(text: string): boolean {
  if (!text.startsWith("{")) return false;
  // Without its strings, of which the last may be cut short as well.
  const signs = text.replaceAll(/"(?:[^"\\]|\\.?)*(?:"|$)/gs, "");
  return (signs.match(/[{[]/g) ?? []).length > (signs.match(/[}\]]/g) ?? []).length;
}

/** Whether a text holds U+FFFD itself, and not something that is no UTF-8. */
function hasReplacement(body: Uint8Array): boolean {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body).includes("\ufffd");
  } catch {
    return false;
  }
}
