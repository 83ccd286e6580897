import { isSignedBy } from "../verify/public-key.ts";
import { signedContent } from "../verify/signature-scheme.ts";
import { bodyVariants } from "./body-variants.ts";
import type { Finding, Variant } from "./causes.ts";
import { type HeaderVariant, headerVariants, type LenientSignature } from "./headers.ts";

/** The search ends after so many checks of a signature, or so many bytes made and hashed. Either takes about a second. */
const MAX_CHECKS = 4096;
const MAX_BYTES = 134_217_728;

/** Keys that are ready to verify with. */
export interface LoadedKeys {
  /** Those of the sender. */
  readonly own: readonly Promise<CryptoKey>[];
  /** Those of other senders. */
  readonly others: readonly Promise<CryptoKey>[];
  /** Whether another variant of the body may have others. */
  readonly mayChange: boolean;
}

/** What makes a signature match. */
export interface Match {
  readonly timestamp: string;
  readonly findings: readonly Finding[];
  /** Whether it is a signature that `verify` reads, too. */
  readonly isCanonical: boolean;
  readonly isOwnKey: boolean;
}

/** The first hypothesis that makes one of the signatures match. */
export async function findMatch(
  candidates: AsyncIterable<Hypothesis>,
  signatures: readonly LenientSignature[],
  keysFor: (body: Uint8Array) => Promise<LoadedKeys>,
): Promise<Match | undefined> {
  let checks = 0;
  let bytes = 0;
  for await (const { id, timestamp, body, findings } of candidates) {
    if (bytes >= MAX_BYTES) return undefined;
    const { content } = signedContent(id, timestamp, body);
    bytes += content.length;
    const { own, others, mayChange } = await keysFor(body);
    const keys = [...own, ...others];
    if (keys.length === 0 && !mayChange) return undefined;
    for (const loading of keys) {
      const key = await loading;
      for (const { bytes: signature, isCanonical } of signatures) {
        if (checks >= MAX_CHECKS || bytes >= MAX_BYTES) return undefined;
        checks += 1;
        bytes += content.length;
        if (await isSignedBy(key, signature, content)) {
          return { timestamp, findings, isCanonical, isOwnKey: own.includes(loading) };
        }
      }
    }
  }
  return undefined;
}

/** What may have been signed, and what must have happened to it since. Without findings, it came as it was signed. */
export interface Hypothesis extends HeaderVariant, Variant {}

/** What may have been signed of a delivery, the likeliest first. */
export async function* hypotheses(
  id: string,
  timestamp: string,
  body: Uint8Array,
  maxBodyBytes: number,
): AsyncGenerator<Hypothesis> {
  const headers = [...headerVariants(id, timestamp)];
  for (const variant of headers) yield { ...variant, body };
  yield { findings: [{ name: "id-and-timestamp-swapped" }], id: timestamp, timestamp: id, body };
  for await (const variant of bodyVariants(body, maxBodyBytes)) {
    for (const { findings, ...header } of headers) {
      yield { ...header, body: variant.body, findings: [...findings, ...variant.findings] };
    }
  }
}
