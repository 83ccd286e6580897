import { MAX_BODY_BYTES, readBody, requestReader, type UnreadRequest } from "../body.ts";
import { checkBooleans, checkFunctions, checkNumbers } from "../check-options.ts";
import {
  BodyTooLargeError,
  type DeliveryError,
  DeliveryTooNewError,
  DeliveryTooOldError,
  InvalidBodyError,
  MalformedHeaderError,
  NoKeyError,
  SignatureMismatchError,
} from "../errors.ts";
import { type HeadersInput, headerOf } from "../headers.ts";
import type { Bytes } from "./bytes.ts";
import { parseBody, textOf, toDelivery, type VerifiedDelivery } from "./delivery.ts";
import type { KeyAnswer, KeySource } from "./key-source.ts";
import { askKeySource, checkPlain, checkPresent, claimedSender, keyFunction, loadKeys } from "./keys.ts";
import { isSignedBy } from "./public-key.ts";
import { readHeaders, SIGNATURE, signedContent } from "./signature-scheme.ts";

/** A delivery as it was received. */
export interface UnverifiedDelivery {
  readonly headers: HeadersInput;
  /** The bytes as they came, or the string that they decode to as UTF-8. */
  readonly body: Uint8Array | string;
}

/** How to judge a delivery. `undefined` stands for the default, `0` for 0. */
export interface JudgingOptions {
  /**
   * By how many seconds the time of signing may differ from the present, in both directions. 300 by default, as in the
   * libraries of Standard Webhooks; `Infinity` for no limit.
   */
  readonly tolerance?: number | undefined;
  /** The present, in milliseconds since the epoch. `Date.now` by default. */
  readonly now?: (() => number) | undefined;
  /** Takes the test key of RFC 8032, whose private key is published. For tests. */
  readonly allowTestKey?: boolean | undefined;
}

/** How to verify a delivery. */
export interface VerifyOptions extends JudgingOptions {
  /** The `publicKey` of the webhook, several, a record by sender, or a function: see {@link KeySource}. */
  readonly keys: KeySource;
  /**
   * The most bytes of a body that are read from a `Request`, and that are searched for the sender where `keys` depends on it.
   * 1,048,576 by default.
   */
  readonly maxBodyBytes?: number | undefined;
  /** Ends waiting for the body and for the key function: `verify` then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The default of `tolerance`. */
export const TOLERANCE = 300;

/** How much we do for signatures that do not match: so many checks, or so many bytes hashed. Either takes a few milliseconds. */
const MAX_CHECKS = 64;
const MAX_HASHED_BYTES = 4_194_304;

/**
 * Verifies a delivery and says what is in it. Before a signature has matched, nothing of the body is parsed; where `keys`
 * depends on the sender, its bytes are searched for that.
 *
 * MindBridge does not publish what it signs and how. `signature-scheme.ts` has what we assume.
 *
 * @param delivery headers and body as they came, or a `Request` that nothing has read
 * @throws {MissingHeaderError} {@link MalformedHeaderError} {@link UnsupportedSchemeError} about the headers
 * @throws {NoKeyError} {@link SignatureMismatchError} if no key vouches for it
 * @throws {DeliveryTooOldError} {@link DeliveryTooNewError} if it is genuine, but was signed outside of `tolerance`
 * @throws {InvalidBodyError} {@link BodyTooLargeError} about the body
 * @throws {RawBodyError} {@link ConfigurationError} {@link InvalidKeyError} if the call is at fault, not the delivery: an option
 * cannot work, or `keys` is missing or empty
 * @throws {KeySourceError} {@link UnsupportedRuntimeError} if it could not be verified here and now
 * @throws the reason of `signal`, and the error of the stream if the body of a `Request` breaks off
 */
export async function verify(
  delivery: UnverifiedDelivery | UnreadRequest,
  {
    keys,
    tolerance = TOLERANCE,
    now = Date.now,
    allowTestKey = false,
    maxBodyBytes = MAX_BODY_BYTES,
    signal,
  }: VerifyOptions,
): Promise<VerifiedDelivery> {
  signal?.throwIfAborted();
  checkFunctions("now", now);
  const present = now();
  checkBooleans({ allowTestKey });
  checkNumbers({ tolerance, maxBodyBytes, "now()": present ?? Number.NaN });

  const find = keyFunction(keys);
  const isFunction = typeof keys === "function";
  if (!find) checkPresent("keys", keys);
  else if (!isFunction) checkPlain("keys", keys);

  const { id, timestamp, signatures } = readHeaders(delivery.headers);
  const given =
    "arrayBuffer" in delivery ? await readBody(requestReader(delivery), maxBodyBytes, signal) : delivery.body;
  const { content, body } = signedContent(id, timestamp, given);

  let senderId: string | undefined;
  let candidates = keys as KeyAnswer;
  if (find) {
    if (body.length > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
    senderId = claimedSender(body);
    candidates = await askKeySource(() => find({ senderId, id }, { signal }), signal);
  }
  await matchSignature(loadKeys(candidates, allowTestKey, isFunction), signatures, content);

  const seconds = Number(timestamp);
  const outOfTime = judgeTime(seconds, present, tolerance);
  if (outOfTime) throw outOfTime;
  const parsed = parseBody(body);
  if (!parsed) throw new InvalidBodyError();
  // A body must not name one sender to find the key, and another one to the handler.
  if (find && textOf(parsed, "senderId") !== senderId) throw new NoKeyError();
  const attemptedAt = new Date(seconds * 1000);
  const traceparent = headerOf(delivery.headers, "traceparent");
  return toDelivery({ id, attemptedAt, traceparent }, parsed, body) as VerifiedDelivery;
}

/** What is wrong with the time of signing, which is in seconds. `present` is in milliseconds. */
export function judgeTime(seconds: number, present: number, tolerance: number): DeliveryError | undefined {
  // In whole seconds, as the header has them, so that a tolerance of 0 means the same second.
  const age = Math.floor(present / 1000) - seconds;
  if (age > tolerance) return new DeliveryTooOldError(age - tolerance);
  if (-age > tolerance) return new DeliveryTooNewError(-age - tolerance);
  return undefined;
}

/**
 * @throws {SignatureMismatchError} if none of the signatures matches with any of the keys.
 * @throws {MalformedHeaderError} if there are more than we try, and none of those that we have tried matches.
 */
async function matchSignature(
  keys: readonly Promise<CryptoKey>[],
  signatures: readonly Bytes[],
  content: Bytes,
): Promise<void> {
  let checks = 0;
  for (const loading of keys) {
    const key = await loading;
    for (const signature of signatures) {
      if (checks === MAX_CHECKS || checks * content.length >= MAX_HASHED_BYTES) {
        throw new MalformedHeaderError(SIGNATURE, "has too many signatures for so many keys and bytes");
      }
      checks++;
      if (await isSignedBy(key, signature, content)) return;
    }
  }
  throw new SignatureMismatchError();
}
