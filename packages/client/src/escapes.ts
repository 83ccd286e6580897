const REDACTED = "[redacted]";

/** HTML's names of the characters that a bearer token may hold (RFC 6750). */
const ENTITIES: Readonly<Record<string, string>> = { equals: "=", lowbar: "_", period: ".", plus: "+", sol: "/" };

/**
 * One character: escaped as in HTML, a URL, JSON or JavaScript, after backslashes, or as it is. An escape may stand within
 * another: JSON in JSON (`\\u002B`), a URL in a URL (`%252B`), HTML in HTML (`&amp;#43;`) or in JSON (`\u0026#43;`).
 */
const CHARACTER =
  /(?:&|\\+u0026)(?:amp;)*(?:#x0*([\da-f]{2})|#0*(\d{2,3})|(equals|lowbar|period|plus|sol));|(?:(?:%|\\+u0025)(?:25)*|\\+u00|\\+x)([\da-f]{2})|\\*[\s\S]/gi;

/** Puts `[redacted]` in the place of each of `secrets`, also where any of their characters are escaped. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce(redactOne, text);
}

function redactOne(text: string, secret: string): string {
  const rest = text.replaceAll(secret, REDACTED);
  if (!/[\\%&]/.test(rest)) return rest;
  // Where each character of `plain` begins in `rest`.
  const starts: number[] = [];
  const plain = rest.replace(CHARACTER, (written, entityHex, decimal, name, hex = entityHex, index) => {
    starts.push(index);
    const code = decimal ?? Number.parseInt(hex, 16);
    return code ? String.fromCharCode(code) : (ENTITIES[name] ?? written.slice(-1));
  });
  let redacted = "";
  let end = 0;
  for (let at = plain.indexOf(secret); at >= 0; at = plain.indexOf(secret, at + secret.length)) {
    redacted += rest.slice(end, starts[at]) + REDACTED;
    end = starts[at + secret.length] ?? rest.length;
  }
  return redacted + rest.slice(end);
}
