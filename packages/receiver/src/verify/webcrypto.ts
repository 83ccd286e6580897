import { UnsupportedRuntimeError } from "../errors/unsupported-runtime-error.ts";

/**
 * Does what only a runtime with Ed25519 can. Its failure must not look like a signature that does not match.
 *
 * @throws {UnsupportedRuntimeError}
 */
export async function withEd25519<T>(work: (subtle: SubtleCrypto) => Promise<T>): Promise<T> {
  try {
    return await work(crypto.subtle);
  } catch (cause) {
    // Nothing else fails: signatures have 64 bytes, and runtimes import any 32 as a key.
    throw new UnsupportedRuntimeError({ cause });
  }
}
