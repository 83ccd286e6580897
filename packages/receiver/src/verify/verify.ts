import { MAX_BODY_BYTES, readBody, requestReader, type UnreadRequest } from "../body.ts";
import {
  BodyTooLargeError,
  ConfigurationError,
  DeliveryTooNewError,
  DeliveryTooOldError,
  InvalidBodyError,
  SignatureMismatchError,
} from "../errors.ts";
import { type Delivery, parseBody, textOf, toDelivery } from "./delivery.ts";
import type { HeadersInput } from "./headers.ts";
import type { KeyAnswer, KeySource } from "./key-source.ts";
import { askKeySource, keyFunction, loadKeys } from "./keys.ts";
import { isSignedBy } from "./public-key.ts";
import { readHeaders, signedContent } from "./signature-scheme.ts";

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
   * The most bytes of a body that are read from a `Request`. Also the most that are parsed to find the sender, before a
   * signature has matched: only keys by sender and a key function need that. 1,048,576 by default.
   */
  readonly maxBodyBytes?: number | undefined;
  /** Ends waiting for the body and for the key function: `verify` then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Verifies a delivery and says what is in it. Before a signature has matched, nothing of the body is parsed, except to find
 * the sender where `keys` depends on it.
 *
 * MindBridge does not publish what it signs and how. `signature-scheme.ts` has what we assume.
 *
 * @param delivery headers and body as they came, or a `Request` that nothing has read
 * @throws {MissingHeaderError} {@link MalformedHeaderError} {@link UnsupportedSchemeError} about the headers
 * @throws {DeliveryTooOldError} {@link DeliveryTooNewError} if it was signed outside of `tolerance`
 * @throws {NoKeyError} {@link SignatureMismatchError} if no key vouches for it
 * @throws {InvalidBodyError} {@link BodyTooLargeError} about the body
 * @throws {RawBodyError} {@link ConfigurationError} {@link InvalidKeyError} if the call is at fault, not the delivery
 * @throws {KeySourceError} {@link UnsupportedRuntimeError} if it could not be verified here and now
 * @throws the reason of `signal`, and the error of the stream if the body of a `Request` breaks off
 */
export async function verify(
  delivery: UnverifiedDelivery | UnreadRequest,
  { keys, tolerance = 300, now = Date.now, allowTestKey = false, maxBodyBytes = MAX_BODY_BYTES, signal }: VerifyOptions,
): Promise<Delivery> {
  signal?.throwIfAborted();
  const present = now();
  // `NaN >= 0` is false.
  if (!(tolerance >= 0 && maxBodyBytes >= 0 && present >= 0)) {
    throw new ConfigurationError("tolerance, maxBodyBytes and now() must be at least 0.");
  }

  const { id, timestamp, signatures } = readHeaders(delivery.headers);
  const seconds = Number(timestamp);
  // In whole seconds, as the header has them, so that a tolerance of 0 means the same second.
  const age = Math.floor(present / 1000) - seconds;
  if (age > tolerance) throw new DeliveryTooOldError(age - tolerance);
  if (-age > tolerance) throw new DeliveryTooNewError(-age - tolerance);

  const given =
    "arrayBuffer" in delivery ? await readBody(requestReader(delivery), maxBodyBytes, signal) : delivery.body;
  const { content, body } = signedContent(id, timestamp, given);

  let parsed: object | undefined;
  let candidates = keys as KeyAnswer;
  const find = keyFunction(keys);
  if (find) {
    if (body.length > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
    // This is also what is returned, so a body cannot name one sender now and another one later.
    parsed = parseBody(body);
    const sender = { senderId: textOf(parsed, "senderId"), id };
    candidates = await askKeySource(() => find(sender, { signal }), signal);
  }

  for (const loading of loadKeys(candidates, allowTestKey)) {
    const key = await loading;
    for (const signature of signatures) {
      if (!(await isSignedBy(key, signature, content))) continue;
      parsed ??= parseBody(body);
      if (!parsed) throw new InvalidBodyError();
      return toDelivery(id, seconds, parsed, body);
    }
  }
  throw new SignatureMismatchError();
}
