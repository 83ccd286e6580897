import { ConfigurationError } from "../errors/configuration-error.ts";
import { KeySourceError } from "../errors/key-source-error.ts";
import { NoKeyError } from "../errors/no-key-error.ts";
import { unsupported } from "../errors/unsupported-runtime-error.ts";
import type { Bytes } from "./bytes.ts";
import { isObject } from "./delivery.ts";
import { decodeKey, keyText } from "./key-encoding.ts";
import type { KeyAnswer, KeyFunction, KeySource, KeysBySender, PublicKey, UnverifiedSender } from "./key-source.ts";
import { untilAborted } from "./until-aborted.ts";

const MAX_KEYS = 32;
const MAX_CACHED = 256;

/** Imported keys, by their text and by whether the test key is one. All the state there is; the oldest goes first. */
const cache = new Map<string, Promise<CryptoKey>>();

/** What to ask for the keys, where they depend on what the delivery claims. */
export function keyFunction(source: KeySource): KeyFunction | undefined {
  if (typeof source === "function") return source;
  // A JWK has a `kty`, and no webhook has that id.
  if (!isObject(source) || "kty" in source) return undefined;
  const keys = source as KeysBySender;
  // Own properties only: `constructor` is nobody's key.
  return ({ senderId }) => (senderId !== undefined && Object.hasOwn(keys, senderId) ? keys[senderId] : undefined);
}

/**
 * Asks a key function.
 *
 * @throws {KeySourceError} if it fails.
 * @throws the reason of `signal`.
 */
export async function askForKeys(
  find: KeyFunction,
  sender: UnverifiedSender,
  signal: AbortSignal | undefined,
): Promise<KeyAnswer> {
  try {
    // In an async function, so that what it throws at once ends up in the same place.
    return await untilAborted((async () => find(sender, { signal }))(), signal);
  } catch (cause) {
    throw signal?.aborted ? signal.reason : new KeySourceError({ cause });
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
  return list.map((key) => {
    const text = keyText(key);
    const name = `${allowTestKey} ${text}`;
    let imported = cache.get(name);
    if (!imported) {
      const bytes = decodeKey(text, allowTestKey);
      imported = importKey(bytes).catch(unsupported);
      // The failure is for whoever waits for the key; the next one tries again.
      imported.catch(() => cache.delete(name));
      cache.set(name, imported);
      const [oldest] = cache.keys();
      if (cache.size > MAX_CACHED) cache.delete(oldest as string);
    }
    return imported;
  });
}

// Asynchronous, so that a runtime without `crypto.subtle` is told of in the same way.
async function importKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
}
