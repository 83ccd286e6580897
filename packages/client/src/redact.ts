/** Takes the tokens out of a text. */
export type Redact = (text: string) => string;

const REDACTED = "[redacted]";

/** HTML's names of the characters that a bearer token may hold (RFC 6750), and of those that HTML itself escapes. */
const ENTITIES: Readonly<Record<string, string>> = {
  plus: "+",
  sol: "/",
  equals: "=",
  period: ".",
  lowbar: "_",
  amp: "&",
  lt: "<",
  gt: ">",
  apos: "'",
};

/** One character: escaped as in JSON, JavaScript, a URL or HTML, after a backslash, or as it is. */
const CHARACTER = new RegExp(
  String.raw`(?:\\u00|\\x|%)([\da-f]{2})|(?:\\u\{|&#x)0*([\da-f]{2})[};]|&#0*(\d{2,3});|&(${Object.keys(ENTITIES).join("|")});|\\?[^]`,
  "gi",
);

const IS_ESCAPED = /[\\%&]/;

/** How many escapes within escapes are undone. HTML in JSON has two: `\u0026#43;` for `+`. */
const LAYERS = 4;

/**
 * Makes a function that puts `[redacted]` in the place of API tokens, for your own logs: of a response's body, say, or of
 * an error that is not this package's.
 *
 * It finds a token as it is, in base64, and with any of its characters escaped as in JSON, a URL or HTML, also where one
 * escape stands within another. It does not find one that is encrypted, compressed, or split up.
 *
 * @param tokens The tokens. An empty one is passed over.
 */
export function redactor(tokens: readonly string[]): Redact {
  const secrets = tokens.filter(Boolean).flatMap((token) => [token, ...base64Of(token)]);
  return (text) => {
    if (!IS_ESCAPED.test(text) && !secrets.some((secret) => text.includes(secret))) return text;
    // 1 for each place in `text` that belongs to a secret.
    const isSecret = new Uint8Array(text.length);
    // `text` without its outer escapes, and where in `text` each of its characters begins.
    let plain = text;
    let starts = Array.from({ length: text.length + 1 }, (_, index) => index);
    for (let layer = 0; layer < LAYERS; layer++) {
      for (const secret of secrets) {
        for (let at = plain.indexOf(secret); at >= 0; at = plain.indexOf(secret, at + secret.length)) {
          isSecret.fill(1, starts[at], starts[at + secret.length]);
        }
      }
      if (!IS_ESCAPED.test(plain)) break;
      const characters = [...plain.matchAll(CHARACTER)];
      starts = [...characters.map(({ index }) => starts[index] as number), text.length];
      plain = characters.map(unescaped).join("");
    }
    let redacted = "";
    let end = 0;
    for (let start = isSecret.indexOf(1); start >= 0; start = isSecret.indexOf(1, end)) {
      redacted += text.slice(end, start) + REDACTED;
      end = isSecret.indexOf(0, start);
      if (end < 0) return redacted;
    }
    return redacted + text.slice(end);
  };
}

/** The character that a match of {@link CHARACTER} stands for. */
function unescaped([written, hex, hexInBraces, decimal, entity]: RegExpExecArray): string {
  if (entity) return ENTITIES[entity.toLowerCase()] as string;
  if (decimal) return String.fromCharCode(Number(decimal));
  const code = hex ?? hexInBraces;
  return code ? String.fromCharCode(Number.parseInt(code, 16)) : written.slice(-1);
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
