import { ConfigurationError, KeySourceError, NoKeyError } from "../errors.ts";
import { isObject } from "./delivery.ts";
import type { KeyAnswer, KeyFunction, KeySource, KeysBySender, PublicKey } from "./key-source.ts";
import { loadKey } from "./public-key.ts";

const MAX_KEYS = 32;

/** How to find the keys of a sender, where `source` tells senders apart. */
export function keyFunction(source: KeySource): KeyFunction | undefined {
  if (typeof source === "function") return source;
  // A JWK has a `kty`, and no webhook has that id.
  if (!isObject(source) || "kty" in source) return undefined;
  const keys = source as KeysBySender;
  // Own properties only: `constructor` is nobody's key.
  return ({ senderId }) => (senderId !== undefined && Object.hasOwn(keys, senderId) ? keys[senderId] : undefined);
}

/**
 * Asks a source of keys, which is code of the user.
 *
 * @throws {KeySourceError} if it fails.
 * @throws the reason of `signal`.
 */
export async function askKeySource<Answer>(
  question: () => Answer | Promise<Answer>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  let abort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal?.reason);
  });
  signal?.addEventListener("abort", abort);
  try {
    signal?.throwIfAborted();
    return await Promise.race([aborted, question()]);
  } catch (cause) {
    signal?.throwIfAborted();
    throw new KeySourceError({ cause });
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/**
 * The keys, ready to verify with.
 *
 * @throws {NoKeyError} {@link InvalidKeyError} {@link ConfigurationError}
 */
export function loadKeys(keys: KeyAnswer, allowTestKey: boolean): Promise<CryptoKey>[] {
  const list = [keys ?? []].flat() as readonly PublicKey[];
  if (list.length === 0) throw new NoKeyError();
  if (list.length > MAX_KEYS) throw new ConfigurationError(`Over ${MAX_KEYS} keys for one sender.`);
  return list.map((key) => loadKey(key, allowTestKey));
}
