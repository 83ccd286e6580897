import { ConfigurationError } from "../errors/configuration-error.ts";
import { InvalidKeyError } from "../errors/invalid-key-error.ts";
import { KeySourceError } from "../errors/key-source-error.ts";
import { NoKeyError } from "../errors/no-key-error.ts";
import { UnsupportedRuntimeError } from "../errors/unsupported-runtime-error.ts";
import { isObject, textOf } from "./delivery.ts";
import { decodeKey, keyText } from "./key-encoding.ts";
import type { KeyAnswer, KeyFunction, KeySource, KeysBySender, PublicKey, UnverifiedSender } from "./key-source.ts";
import { untilAborted } from "./until-aborted.ts";

const MAX_KEYS = 32;
const MAX_CACHED = 256;

interface CachedKey {
  readonly isTestKey: boolean;
  imported: CryptoKey | Promise<CryptoKey>;
}

/** Imported keys by their text. All the state there is; the oldest goes first. */
const cache = new Map<string, CachedKey>();

/** Whether which keys there are depends on what the delivery claims. */
export function dependsOnSender(source: KeySource): source is KeysBySender | KeyFunction {
  // A JWK has a `kty`, and no webhook has that id.
  return typeof source === "function" || (isObject(source) && textOf(source, "kty") === undefined);
}

/**
 * The keys that may have signed a delivery.
 *
 * @throws {KeySourceError} if the function fails.
 * @throws the reason of `signal`.
 */
export async function keysOf(
  source: KeysBySender | KeyFunction,
  sender: UnverifiedSender,
  signal: AbortSignal | undefined,
): Promise<KeyAnswer> {
  if (typeof source !== "function") {
    // Own properties only: `constructor` is nobody's key.
    const { senderId } = sender;
    return senderId !== undefined && Object.hasOwn(source, senderId) ? source[senderId] : undefined;
  }
  try {
    return await untilAborted(Promise.resolve(source(sender, signal ? { signal } : {})), signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw new KeySourceError({ cause: error });
  }
}

/**
 * The keys, ready to verify with: promised where they are met for the first time.
 *
 * @throws {NoKeyError} {@link InvalidKeyError} {@link ConfigurationError}
 */
export function loadKeys(keys: KeyAnswer, allowTestKey: boolean): (CryptoKey | Promise<CryptoKey>)[] {
  const list = Array.isArray(keys) ? (keys as readonly PublicKey[]) : keys === undefined ? [] : [keys as PublicKey];
  if (list.length === 0) throw new NoKeyError();
  if (list.length > MAX_KEYS)
    throw new ConfigurationError(`More than ${MAX_KEYS} keys for one delivery: key them by sender.`);
  return list.map((key) => loadKey(key, allowTestKey));
}

function loadKey(key: PublicKey, allowTestKey: boolean): CryptoKey | Promise<CryptoKey> {
  const text = keyText(key);
  let cached = cache.get(text);
  if (!cached) {
    const { bytes, isTestKey } = decodeKey(text);
    cached = { isTestKey, imported: importKey(bytes) };
    remember(text, cached);
  }
  if (cached.isTestKey && !allowTestKey) throw new InvalidKeyError("test-key");
  return cached.imported;
}

function remember(text: string, cached: CachedKey): void {
  const [oldest] = cache.keys();
  if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest);
  cache.set(text, cached);
  Promise.resolve(cached.imported).then(
    (imported) => {
      cached.imported = imported;
    },
    // The failure is for whoever waits for the key; the next one tries again.
    () => cache.delete(text),
  );
}

async function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
  } catch (error) {
    // What some runtimes say of 32 bytes that are no point of the curve. Others import them, and nothing verifies.
    if ((error as Error).name === "DataError") throw new InvalidKeyError("malformed", { cause: error });
    throw new UnsupportedRuntimeError({ cause: error });
  }
}
