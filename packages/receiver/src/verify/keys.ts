import type { Signal } from "../abort.ts";
import { ConfigurationError, type InvalidKeyError, KeySourceError, NoKeyError } from "../errors.ts";
import { isObject, parseJson } from "./delivery.ts";
import type { KeyAnswer, KeyFunction, KeySource, KeysBySender, PublicKey } from "./key-source.ts";
import { checkKey, loadKey } from "./public-key.ts";

const MAX_KEYS = 32;

const UNSET = "The variable that should hold it is probably unset.";

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
  signal: Signal | undefined,
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
 * @param isAnswer Whether a function gave them: what is missing may come yet.
 * @throws {NoKeyError} if the sender is not known, and a {@link KeySourceError} if its keys are not there yet.
 * @throws {InvalidKeyError} {@link ConfigurationError}
 */
export function loadKeys(keys: KeyAnswer, allowTestKey: boolean, isAnswer: boolean): Promise<CryptoKey>[] {
  if (keys == null) throw new NoKeyError();
  try {
    checkPresent("keys", keys);
    if (Array.isArray(keys)) for (const [index, key] of keys.entries()) checkPresent(itemOf("keys", index), key);
  } catch (cause) {
    throw isAnswer ? new KeySourceError({ cause }) : cause;
  }
  const list = [keys].flat() as readonly PublicKey[];
  checkCount(list);
  return list.map((key) => loadKey(key, allowTestKey));
}

/**
 * Checks the keys that are written down. A function is asked later.
 *
 * @throws {ConfigurationError} if one is missing, or cannot be a key. The message says which, and holds nothing of it.
 */
export function checkKeys(source: KeySource, allowTestKey: boolean): void {
  if (typeof source === "function") return;
  checkPresent("keys", source);
  if (!keyFunction(source)) {
    checkSenderKeys("keys", source, allowTestKey);
    return;
  }
  for (const [index, [sender, keys]] of Object.entries(source as KeysBySender).entries()) {
    checkSender("A name in keys", sender);
    // What is longer than a UUID may be a key by mistake, and no message holds a key.
    const name = sender.length > 36 ? itemOf("keys", index) : `keys[${JSON.stringify(sender)}]`;
    checkPresent(name, keys);
    checkSenderKeys(name, keys, allowTestKey);
  }
}

/** @throws {ConfigurationError} if `id` is no id of a webhook, as where its variable is unset. */
export function checkSender(name: string, id: unknown): void {
  if (typeof (id ?? "") !== "string") throw new ConfigurationError(`${name} must be the id of a webhook.`);
  checkPresent(name, id);
  // What an unset variable becomes where it is the name in a record, or part of a text.
  if (/^(?:undefined|null)$/.test(`${id}`)) throw new ConfigurationError(`${name} is the text "${id}". ${UNSET}`);
}

/** Checks a key, or the list of the keys of one sender. */
function checkSenderKeys(name: string, keys: unknown, allowTestKey: boolean): void {
  if (!Array.isArray(keys)) {
    checkOne(name, keys, allowTestKey);
    return;
  }
  checkCount(keys);
  for (const [index, key] of keys.entries()) {
    checkPresent(itemOf(name, index), key);
    checkOne(itemOf(name, index), key, allowTestKey);
  }
}

function checkOne(name: string, key: unknown, allowTestKey: boolean): void {
  if (Array.isArray(key)) throw new ConfigurationError(`${name} is a list. A list of keys holds keys only.`);
  try {
    checkKey(key as PublicKey, allowTestKey);
  } catch (error) {
    throw new ConfigurationError(`${name}: ${(error as InvalidKeyError).message}`, { cause: error });
  }
}

/** What messages call an item of a list. */
export function itemOf(name: string, index: number): string {
  return `Item ${index + 1} of ${name}`;
}

/** @throws {ConfigurationError} if a setting is missing or empty, or is no text, list or plain object. */
export function checkPresent(name: string, value: unknown): void {
  if (value != null) checkPlain(name, value);
  const content = typeof value === "string" ? value.trim() : Object.keys(value ?? {});
  if (content.length > 0) return;
  throw new ConfigurationError(`${name} is ${value == null ? value : "empty"}. ${UNSET}`);
}

/** @throws {ConfigurationError} if `value` is no text, list or plain object, of whichever realm. */
export function checkPlain(name: string, value: unknown): void {
  if (typeof value === "string" || Array.isArray(value)) return;
  const prototype = Object.getPrototypeOf(value);
  if (typeof value === "object" && (!prototype || !Object.getPrototypeOf(prototype))) return;
  const kind: string = prototype.constructor?.name;
  const todo = kind === "Promise" ? "await it" : "give a text, a JWK, or a list or a plain object of them";
  throw new ConfigurationError(`${name} is a ${kind}: ${todo}.`);
}

function checkCount({ length }: readonly unknown[]): void {
  if (length > MAX_KEYS) throw new ConfigurationError(`Over ${MAX_KEYS} keys for one sender.`);
}
