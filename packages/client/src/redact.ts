import { redact } from "./escapes.ts";

/** Takes the tokens out of a text. */
export type Redact = (text: string) => string;

/**
 * Makes a function that puts `[redacted]` in the place of API tokens, for your own logs: of a response's body, say, or of
 * an error that is not this package's.
 *
 * It finds a token as it is, in base64, and with any of its characters escaped as in JSON, a URL or HTML. It does not find
 * one that is encrypted, compressed, or split up.
 *
 * @param tokens The tokens. An empty one is passed over.
 */
export function redactor(tokens: readonly string[]): Redact {
  const secrets = tokens.filter(Boolean).flatMap((token) => [token, ...base64Of(token)]);
  // The longest first, so that one that begins like another is found whole.
  secrets.sort((a, b) => b.length - a.length);
  return (text) => redact(text, secrets);
}

/**
 * What base64 and base64url make of a token alone, for each of the three places in a group of bytes where it may begin.
 * Not of a short one, a few characters of which stand in many words.
 */
function base64Of(token: string): string[] {
  if (!/^[!-~]{8,}$/.test(token)) return [];
  return [0, 1, 2].flatMap((offset) => {
    const [start, end] = [Math.ceil((offset * 8) / 6), Math.floor(((offset + token.length) * 8) / 6)];
    const base64 = btoa(" ".repeat(offset) + token).slice(start, end);
    return [base64, base64.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
