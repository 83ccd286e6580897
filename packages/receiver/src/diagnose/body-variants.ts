import { charsets } from "./charsets.ts";
import { decodings } from "./decodings.ts";
import { framings } from "./framings.ts";
import { jsonForms } from "./json-forms.ts";
import { type Variant, variant } from "./variant.ts";

/** Of a longer body, only what is cheap is tried, and nothing is decoded to more: webhooks are small. In bytes. */
const LARGE = 1_048_576;

/** What the body may have been before an accident, or two, the likeliest first. */
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

/** What the body may have been before an accident that had come first. */
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
