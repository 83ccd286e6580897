/** What {@link redactor} makes: it returns a text without the tokens. */
export type Redact = (text: string) => string;

/**
 * Finds `tokens` in what came from elsewhere, as they are or as JSON, a URL or HTML would escape their characters, and in
 * any case of letters. The tokens must be visible ASCII.
 */
export function redactor(tokens: readonly string[]): Redact {
  const patterns = tokens.map((token) =>
    token.replace(/./g, (character) => {
      const code = character.charCodeAt(0);
      const hex = code.toString(16);
      return `\\\\{0,4}(\\x${hex}|u00${hex}|%(25)*${hex}|&(#x0*${hex}|#0*${code}|[a-z]+);)`;
    }),
  );
  // The longest first, so that a token that begins like another is found whole. Without a token, nothing matches.
  const pattern = new RegExp(patterns.sort((a, b) => b.length - a.length).join("|") || "^\\b\\B", "gi");
  return (text) => text.replace(pattern, "[redacted]");
}

/**
 * The cause of an error: itself where it can be searched and holds no token, otherwise an error with the same text and
 * stack, without the tokens.
 */
export function redactCause(cause: unknown, redact: Redact): unknown {
  try {
    const text = `${JSON.stringify(cause, (_key, value) =>
      value instanceof Error
        ? [{ ...value }, value.name, value.message, value.stack, value.cause, (value as AggregateError).errors]
        : value instanceof Headers
          ? [...value]
          : value,
    )}`;
    if (redact(text) === text) return cause;
  } catch {
    // A circle, say: it cannot be searched.
  }
  return Object.assign(new Error(redact(`${cause}`)), { stack: redact(`${(cause as Error | undefined)?.stack}`) });
}
