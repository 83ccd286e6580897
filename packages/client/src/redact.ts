const REDACTED = "[redacted]";

/** What {@link redactor} makes: it returns a text without the tokens. */
export type Redact = (text: string) => string;

/** A character as JSON, a URL or HTML may escape it. JSON in JSON has more than one backslash. */
const ESCAPED = /\\{1,4}(?:u00(..)|(["/]))|%(..)|&#(x?\w+);/gi;

/**
 * Finds `tokens` in what came from elsewhere, as they are, or with any of their characters escaped as in JSON, a URL or
 * HTML. Where they are escaped, the same characters lose their escapes elsewhere in the text, which stays valid JSON.
 */
export const redactor =
  (tokens: readonly string[]): Redact =>
  (text) =>
    tokens.reduce((rest, token) => {
      const redacted = rest.replaceAll(token, REDACTED);
      const plain = redacted.replace(ESCAPED, (escaped, json, quoted, url, html) => {
        const character = quoted ?? String.fromCharCode(Number(`0${html ?? `x${json ?? url}`}`));
        return token.includes(character) ? character : escaped;
      });
      return plain.includes(token) ? plain.replaceAll(token, REDACTED) : redacted;
    }, text);

/**
 * The cause of an error: itself where it can be searched and holds no token, otherwise an error with the same text and
 * stack, without the tokens.
 */
export function redactCause(cause: unknown, redact: Redact): unknown {
  try {
    const text = JSON.stringify([cause], searchable);
    if (redact(text) === text) return cause;
  } catch {
    // A circle, say: it cannot be searched.
  }
  return Object.assign(new Error(redact(String(cause))), {
    stack: redact(String((cause as Error | undefined)?.stack)),
  });
}

/** What JSON would leave out. */
const searchable = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? [Object.entries(value), value.message, value.stack, value.cause, (value as AggregateError).errors]
    : value instanceof Headers
      ? [...value]
      : value;
