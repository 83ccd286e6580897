/** Takes the tokens out of a text. */
export type Redact = (text: string) => string;

const REDACTED = "[redacted]";

/** HTML's names of the characters that a bearer token may hold (RFC 6750). */
const ENTITIES: Readonly<Record<string, string>> = { equals: "=", lowbar: "_", period: ".", plus: "+", sol: "/" };

/**
 * One character: escaped as in HTML, a URL, JSON or JavaScript, after backslashes, or as it is. An escape may stand within another:
 * JSON in JSON (`\\u002B`), a URL in a URL (`%252B`), HTML in HTML (`&amp;#43;`) or in JSON (`\u0026#43;`).
 */
const CHARACTER =
  /(?:&|\\+u0026)(?:amp;)*(?:#x0*([\da-f]{2})|#0*(\d{2,3})|(equals|lowbar|period|plus|sol));|(?:(?:%|\\+u0025)(?:25)*|\\+u00|\\+x)([\da-f]{2})|\\*[\s\S]/gi;

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
  // The longest first, so that one that begins like another is found whole.
  const secrets = tokens.flatMap((token) => [token, ...base64Of(token)]).sort((a, b) => b.length - a.length);
  return (text) => secrets.filter(Boolean).reduce(redactOne, text);
}

function redactOne(text: string, secret: string): string {
  const rest = text.replaceAll(secret, REDACTED);
  if (!/[\\%&]/.test(rest)) return rest;
  // Where each character of `plain` begins in `rest`.
  const starts: number[] = [];
  const plain = rest.replace(CHARACTER, (written, entityHex, decimal, name, hex = entityHex, index) => {
    starts.push(index);
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
    if (decimal) return String.fromCharCode(decimal);
    return ENTITIES[name] ?? written.slice(-1);
  });
  let redacted = "";
  let end = 0;
  for (let at = plain.indexOf(secret); at >= 0; at = plain.indexOf(secret, at + secret.length)) {
    redacted += rest.slice(end, starts[at]) + REDACTED;
    end = starts[at + secret.length] ?? rest.length;
  }
  return redacted + rest.slice(end);
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
