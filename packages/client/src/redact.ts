const REDACTED = "[redacted]";

/** What {@link redactor} makes: it returns a text without the tokens. */
export type Redact = (text: string) => string;

/** One character as JSON, a URL or HTML may write it, with any backslashes before it. */
const CHARACTER = /\\+u00..|%[\da-f]{2}|&#\w+;|\\*[\s\S]/gi;

/** The character that is meant: one code unit, always. */
function plain(character: string): string {
  const hex = /(?:u00|%)(..)$/i.exec(character)?.[1];
  const code = hex ? `0x${hex}` : character.startsWith("&#") && `0${character.slice(2, -1)}`;
  return code ? String.fromCharCode(Number(code)) : character.slice(-1);
}

/**
 * Finds `tokens` in what came from elsewhere, as they are, or with any of their characters escaped as in JSON, a URL or
 * HTML. It compares characters, since a token may be too long for a regular expression.
 */
export const redactor =
  (tokens: readonly string[]): Redact =>
  (text) =>
    // The longest first, so that a token that begins like another is found whole.
    tokens
      .toSorted((a, b) => b.length - a.length)
      .reduce((rest, token) => {
        const characters = rest.replaceAll(token, REDACTED).match(CHARACTER) ?? [];
        let meant = characters.map(plain).join("");
        for (let at = meant.indexOf(token); at >= 0; at = meant.indexOf(token)) {
          characters.splice(at, token.length, REDACTED);
          meant = meant.replace(token, () => " ");
        }
        return characters.join("");
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
