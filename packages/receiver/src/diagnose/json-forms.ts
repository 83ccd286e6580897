/** How libraries escape characters that JSON.stringify does not escape. */
const ESCAPES: readonly ((form: string) => string)[] = [
  // Python and PHP, the latter with slashes or without.
  (form) => escaped(form, /[\u007f-\uffff]/g),
  (form) => escapedSlashes(escaped(form, /[\u007f-\uffff]/g)),
  escapedSlashes,
  (form) => escaped(form, /[\u007f-\uffff]/g, capitals),
  // Go and Ruby on Rails.
  (form) => escaped(form, /[<>&\u2028\u2029]/g),
  // Gson.
  (form) => escaped(form, /[<>&='\u2028\u2029]/g),
  // System.Text.Json. The first alternative passes over other escapes.
  (form) => escaped(form, /\\.|[<>&+'`\u007f-\uffff]/g, capitals),
];

/**
 * The same JSON as the usual libraries write it, the likeliest first. The order of names stays. None, if it is not JSON.
 */
export function* jsonForms(text: string): Generator<string> {
  let forms: string[];
  try {
    const value: unknown = JSON.parse(text);
    forms = [...[0, 2, 4, "\t", 3, 1].map((indent) => JSON.stringify(value, null, indent)), spaced(value)];
  } catch {
    // It is not JSON, or it is nested too deep to be written again.
    return;
  }
  yield* forms;
  for (const rewrite of ESCAPES) {
    for (const form of forms) {
      const other = rewrite(form);
      if (other !== form) yield other;
    }
  }
}

/** With an escape in place of each of the characters. `write` can change its digits, which are in lower case. */
function escaped(form: string, characters: RegExp, write: (digits: string) => string = String): string {
  return form.replace(characters, (match) => {
    if (match.startsWith("\\") && match !== '\\"') return match;
    const digits = match.charCodeAt(match.length - 1).toString(16);
    return `\\u${write(digits.padStart(4, "0"))}`;
  });
}

function capitals(digits: string): string {
  return digits.toUpperCase();
}

function escapedSlashes(form: string): string {
  return form.replaceAll("/", "\\/");
}

/** As Python's json.dumps writes it: on one line, with a space after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`);
  return `{${members.join(", ")}}`;
}
