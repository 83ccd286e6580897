import { signedContent } from "../verify/signature-scheme.ts";
import type { LenientSignature } from "./lenient-signatures.ts";
import type { Suspicion } from "./suspicions.ts";
import type { Finding } from "./variant.ts";

/** Where the search ends: how many signatures are checked, and how many bytes are made and hashed. Either takes about a second. */
const MAX_CHECKS = 4096;
const MAX_BYTES = 134_217_728;

/** Keys that are ready to verify with. */
export interface LoadedKeys {
  /** Those of the sender. */
  readonly own: readonly Promise<CryptoKey>[];
  /** Those that are there for other senders. */
  readonly others: readonly Promise<CryptoKey>[];
  /** Whether another variant of the body may have others. */
  readonly mayChange: boolean;
}

/** What makes a signature match. */
export interface Confirmed {
  readonly findings: readonly Finding[];
  /** Whether it is a signature that `verify` reads, too. */
  readonly isCanonical: boolean;
  readonly isOwnKey: boolean;
}

/** The first suspicion that makes one of the signatures match. */
export async function confirm(
  suspicions: AsyncIterable<Suspicion>,
  signatures: readonly LenientSignature[],
  keysFor: (body: Uint8Array) => Promise<LoadedKeys>,
): Promise<Confirmed | undefined> {
  let checks = 0;
  let bytes = 0;
  for await (const { id, timestamp, body, findings } of suspicions) {
    if (bytes >= MAX_BYTES) return undefined;
    const { content } = signedContent(id, timestamp, body);
    bytes += content.length;
    const { own, others, mayChange } = await keysFor(body);
    const keys = [...own, ...others];
    if (keys.length === 0 && !mayChange) return undefined;
    for (const imported of keys) {
      const key = await imported;
      for (const { bytes: signature, isCanonical } of signatures) {
        if (checks >= MAX_CHECKS || bytes >= MAX_BYTES) return undefined;
        checks += 1;
        bytes += content.length;
        if (await crypto.subtle.verify("Ed25519", key, signature, content)) {
          return { findings, isCanonical, isOwnKey: own.includes(imported) };
        }
      }
    }
  }
  return undefined;
}
