import { bodyVariants } from "./body-variants.ts";
import { type HeaderVariant, headerVariants } from "./header-variants.ts";
import type { Variant } from "./variant.ts";

/** What may have been signed, and what must have happened to it since. Without findings, it has been signed as it came. */
export interface Suspicion extends HeaderVariant, Variant {}

/** What may have been signed of a delivery, the likeliest first. */
export async function* suspicions(
  id: string,
  timestamp: string,
  body: Uint8Array,
  maxBodyBytes: number,
): AsyncGenerator<Suspicion> {
  const headers = [...headerVariants(id, timestamp)];
  for (const variant of headers) yield { ...variant, body };
  yield { findings: [{ accident: "id-and-timestamp-swapped" }], id: timestamp, timestamp: id, body };
  for await (const variant of bodyVariants(body, maxBodyBytes)) {
    for (const { findings, ...header } of headers) {
      yield { ...header, body: variant.body, findings: [...findings, ...variant.findings] };
    }
  }
}
