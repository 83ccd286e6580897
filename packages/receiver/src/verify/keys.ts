import { ConfigurationError, type InvalidKeyError, KeySourceError, NoKeyError } from "../errors.ts";
import { isObject, parseJson } from "./delivery.ts";
import type { KeyAnswer, KeyFunction, KeySource, KeysBySender, PublicKey } from "./key-source.ts";
import { checkKey, loadKey } from "./public-key.ts";

const MAX_KEYS = 32;

/** The characters of JSON that tell where a name or a value begins and ends. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;
const SENDER_ID = /* @__PURE__ */ new TextEncoder().encode('"senderId"');

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
 * The `senderId` that an unverified body claims; of several, the last, as in `JSON.parse`. A name that is written with escapes
 * does not count.
 *
 * It goes over the bytes once. Parsing them could take a hundred times as long: 1 MB of `[` takes 250 ms.
 */
export function claimedSender(body: Uint8Array): string | undefined {
  let depth = 0;
  let isValue = false;
  let isSender = false;
  let sender: [start: number, end: number] | undefined;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i];
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    else if (byte === QUOTE) {
      const start = i;
      i = endOfString(body, start);
      if (depth !== 1) continue;
      if (!isValue) isSender = i + 1 - start === SENDER_ID.length && isThere(body, start, SENDER_ID);
      else if (isSender) sender = [start, i + 1];
    } else if (depth === 1 && byte === COLON) {
      isValue = true;
      if (isSender) sender = undefined;
    } else if (depth === 1 && byte === COMMA) isValue = false;
  }
  const parsed = sender && parseJson(body.subarray(...sender));
  return typeof parsed === "string" ? parsed : undefined;
}

/** Whether `text` has `part` at `start`. A loop, since this is asked for each name of a body. */
function isThere(text: Uint8Array, start: number, part: Uint8Array): boolean {
  for (let i = 0; i < part.length; i++) if (text[start + i] !== part[i]) return false;
  return true;
}

/** Where the string ends that begins at `start`. */
function endOfString(text: Uint8Array, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== QUOTE) i += text[i] === BACKSLASH ? 2 : 1;
  return i;
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
 * @throws {NoKeyError} if the sender is not known, and a {@link KeySourceError} if its keys are not there yet.
 * @throws {InvalidKeyError} {@link ConfigurationError}
 */
export function loadKeys(keys: KeyAnswer, allowTestKey: boolean): Promise<CryptoKey>[] {
  const list = [keys ?? []].flat() as readonly PublicKey[];
  if (list.length === 0) {
    throw keys ? new KeySourceError({ cause: new ConfigurationError("The list of keys is empty.") }) : new NoKeyError();
  }
  checkCount(list);
  return list.map((key) => loadKey(key, allowTestKey));
}

/**
 * Checks the keys that are written down. A function is asked later.
 *
 * @throws {ConfigurationError} if one is missing, or cannot be a key. The message says which, and holds nothing of it.
 */
export function checkKeys(source: KeySource, allowTestKey: boolean): void {
  if (typeof source !== "function") checkItem("keys", source, allowTestKey);
}

function checkItem(name: string, value: unknown, allowTestKey: boolean): void {
  checkPresent(name, value);
  // A list, or a record by sender. A JWK has a `kty`.
  if (typeof value === "object" && value && !("kty" in value)) {
    if (Array.isArray(value)) checkCount(value);
    const items = Object.values(value);
    for (const [index, item] of items.entries()) checkItem(`Item ${index + 1} of ${name}`, item, allowTestKey);
    return;
  }
  try {
    checkKey(value as PublicKey, allowTestKey);
  } catch (error) {
    throw new ConfigurationError(`${name}: ${(error as InvalidKeyError).message}`, { cause: error });
  }
}

/** @throws {ConfigurationError} if a setting is missing or empty. */
export function checkPresent(name: string, value: unknown): void {
  const content =
    typeof value === "string" ? value.trim() : typeof value === "object" ? Object.keys(value ?? {}) : "any";
  if (value != null && content.length > 0) return;
  throw new ConfigurationError(
    `${name} is ${value == null ? value : "empty"}. The variable that should hold it is probably unset.`,
  );
}

function checkCount({ length }: readonly unknown[]): void {
  if (length > MAX_KEYS) throw new ConfigurationError(`Over ${MAX_KEYS} keys for one sender.`);
}
