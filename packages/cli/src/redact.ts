/** Shorter ones are those of mocks, and may be parts of words. */
const SECRET_LENGTH = 8;

/** Makes what takes the token out of a text, also where it is encoded for a URL or in base64. */
export function redactor(token: string | undefined): (text: string) => string {
  if (token === undefined || token.length < SECRET_LENGTH) return (text) => text;
  const base64 = [0, 1, 2].map((offset) => inBase64(token, offset));
  const forms = new Set([token, encodeURIComponent(token), ...base64.flatMap((form) => [form, forUrls(form)])]);
  return (text) => [...forms].reduce((rest, form) => rest.replaceAll(form, "[redacted]"), text);
}

/** What base64 has for the token alone, `offset` bytes from where one of its groups of three begins. */
function inBase64(token: string, offset: number): string {
  const encoded = Buffer.from(" ".repeat(offset) + token).toString("base64");
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + token.length) * 8) / 6));
}

function forUrls(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
