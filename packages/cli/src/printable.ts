/** Characters that a terminal obeys, shows in another order or does not show. */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text from elsewhere, with such characters escaped. Lines stay. */
export function printable(text: string): string {
  return text.replaceAll(CONTROL, (character) => (character === "\n" ? character : escaped(character)));
}

/** The same on one line, so that a text from elsewhere cannot pass for a line of ours. */
export function printableLine(text: string): string {
  return text.replaceAll(CONTROL, escaped);
}

/** JSON that a terminal shows as it is, and that means the same. */
export function printableJson(document: unknown, indent?: number): string {
  const json = JSON.stringify(document, undefined, indent);
  // JSON.stringify has escaped the control characters below U+0020, but for the line breaks that are its own.
  return json.replaceAll(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** A text as a word of a POSIX shell, in quotes if it needs them. A terminal obeys nothing of it. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (text.search(CONTROL) === -1) return `'${text.replaceAll("'", "'\\''")}'`;
  const quoted = text
    .replaceAll(/[\\']/g, "\\$&")
    .replaceAll(CONTROL, (character) =>
      [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(""),
    );
  return `$'${quoted}'`;
}
