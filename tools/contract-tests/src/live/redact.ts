const REDACTED = "[redacted]";

/** One character as JSON, a URL or HTML may write it, with any backslashes before it. */
const CHARACTER = /\\+u00(?<json>[\da-f]{2})|%(?<url>[\da-f]{2})|&#(?:x(?<hex>[\da-f]+)|(?<decimal>\d+));|\\*[\s\S]/gi;

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Finds secrets in what came from elsewhere, as they are, or with any of their characters escaped as in JSON, a URL or
 * HTML.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  // The longest first, so that one that begins like another is found whole.
  const longestFirst = secrets.filter((secret) => secret !== "").toSorted((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce(redactOne, text);
}

function redactOne(text: string, secret: string): string {
  const rest = text.replaceAll(secret, REDACTED);
  if (!/[\\%]|&#/.test(rest)) return rest;
  const written: string[] = [];
  const meant: string[] = [];
  for (const match of rest.matchAll(CHARACTER)) {
    written.push(match[0]);
    meant.push(characterOf(match));
  }
  // One code unit each, so that a place in one is the same place in the other.
  let plain = meant.join("");
  for (let at = plain.indexOf(secret); at >= 0; at = plain.indexOf(secret, at + 1)) {
    written.splice(at, secret.length, REDACTED);
    plain = `${plain.slice(0, at)} ${plain.slice(at + secret.length)}`;
  }
  return written.join("");
}

function characterOf({ 0: written, groups = {} }: RegExpExecArray): string {
  const code = groups.json ?? groups.url ?? groups.hex;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return groups.decimal === undefined ? written.slice(-1) : String.fromCharCode(Number(groups.decimal));
}
