import { MAX_BODY_BYTES } from "../body.ts";
import { type Variant, variant } from "./causes.ts";
import { charsets } from "./charsets.ts";
import { decodings } from "./decodings.ts";
import { framings } from "./framings.ts";
import { jsonForms } from "./json-forms.ts";

/** For a body of more bytes we try only the cheap variants, and we decode nothing to more. */
const LARGE = MAX_BODY_BYTES;

/** What the body may have been before one cause, or before two, the likeliest first. */
export async function* bodyVariants(body: Uint8Array, maxBodyBytes: number): AsyncGenerator<Variant> {
  yield* framings(body);
  if (body.length > LARGE) return;
  for (const last of framings(body)) yield* twice(last, framings(last.body));

  const limit = Math.min(maxBodyBytes, LARGE);
  const decoded: Variant[] = [];
  for await (const last of unwrapped(body, limit)) {
    decoded.push(last);
    yield last;
    yield* twice(last, framings(last.body));
  }
  for (const last of decoded) {
    for await (const first of unwrapped(last.body, limit)) yield* twice(last, [first]);
  }

  yield* rewritten(body);
  for (const last of decoded) yield* twice(last, rewritten(last.body));
}

/** What the body may have been before a first cause, where `last` came after it. */
function* twice(last: Variant, before: Iterable<Variant>): Generator<Variant> {
  for (const first of before) yield { findings: [...last.findings, ...first.findings], body: first.body };
}

async function* unwrapped(body: Uint8Array, limit: number): AsyncGenerator<Variant> {
  const text = new TextDecoder().decode(body);
  yield* charsets(body, text);
  yield* decodings(body, text, limit);
}

function* rewritten(body: Uint8Array): Generator<Variant> {
  for (const form of jsonForms(new TextDecoder().decode(body))) {
    yield variant("body-reserialised", form);
    yield variant("body-reserialised", `${form}\n`);
  }
}
