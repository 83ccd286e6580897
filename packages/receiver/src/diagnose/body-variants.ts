import type { Accident } from "./accidents.ts";

const encoder = /* @__PURE__ */ new TextEncoder();

/** What the body may have been before an accident. Lazily made, since the first that fits ends the search. */
export function* bodyVariants(body: Uint8Array): Generator<readonly [Accident, Uint8Array | string]> {
  // Bytes as characters, so that a body that is not UTF-8 comes through whole.
  const text = Array.from(body, (byte) => String.fromCharCode(byte)).join("");
  const bytes = (characters: string) => Uint8Array.from(characters, (character) => character.charCodeAt(0));

  if (text.endsWith("\n")) {
    yield ["newline-added", bytes(text.replace(/\r?\n$/, ""))];
    yield ["newline-added", bytes(text.replace(/[\r\n]+$/, ""))];
  }
  yield ["newline-removed", bytes(`${text}\n`)];
  yield ["newline-removed", bytes(`${text}\r\n`)];
  if (text.includes("\n")) {
    const lf = text.replaceAll("\r\n", "\n");
    yield ["crlf", bytes(lf)];
    yield ["crlf", bytes(lf.replaceAll("\n", "\r\n"))];
  }
  const mark = "\xef\xbb\xbf";
  yield ["byte-order-mark", bytes(text.startsWith(mark) ? text.slice(mark.length) : mark + text)];

  const decoded = new TextDecoder().decode(body);
  if (/^[\0-\xff]*$/.test(decoded) && decoded !== text) yield ["wrong-charset", bytes(decoded)];

  for (const form of jsonForms(decoded)) {
    yield ["body-reserialised", encoder.encode(form)];
    yield ["body-reserialised", encoder.encode(`${form}\n`)];
  }
}

/** The same JSON as the usual libraries write it: the order of names is kept. */
function* jsonForms(text: string): Generator<string> {
  let forms: string[];
  try {
    const value: unknown = JSON.parse(text);
    forms = [...[0, 2, 4, "\t"].map((indent) => JSON.stringify(value, null, indent)), spaced(value)];
  } catch {
    // It is no JSON, or so deep that it cannot be written again.
    return;
  }
  for (const form of forms) {
    yield form;
    const ascii = form.replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    yield ascii;
    // As PHP does unless told otherwise.
    yield form.replaceAll("/", "\\/");
    yield ascii.replaceAll("/", "\\/");
  }
}

/** As Python's json.dumps writes it: on one line, with a space after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`);
  return `{${members.join(", ")}}`;
}
