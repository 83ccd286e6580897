import { BodyTooLargeError } from "../errors/body-too-large-error.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { DeliveryTooNewError } from "../errors/delivery-too-new-error.ts";
import { DeliveryTooOldError } from "../errors/delivery-too-old-error.ts";
import { InvalidBodyError } from "../errors/invalid-body-error.ts";
import { SignatureMismatchError } from "../errors/signature-mismatch-error.ts";
import { unsupported } from "../errors/unsupported-runtime-error.ts";
import { rawBody, readBody } from "./body.ts";
import { type Delivery, isObject, textOf, toDelivery } from "./delivery.ts";
import { type HeadersInput, type HeadersLike, readHeaders } from "./headers.ts";
import type { KeyAnswer, KeySource } from "./key-source.ts";
import { askForKeys, keyFunction, loadKeys } from "./keys.ts";
import { signedContent } from "./signature-scheme.ts";

/** A delivery as it was received. */
export interface UnverifiedDelivery {
  readonly headers: HeadersInput;
  /** The bytes as they came, or the string that they decode to as UTF-8. */
  readonly body: Uint8Array | string;
}

/** A `Request`, of whichever realm or library, whose body has not been read. */
export interface UnreadRequest {
  readonly headers: HeadersLike;
  /** A stream of bytes. */
  readonly body: unknown;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<unknown>;
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
   * The most bytes of a body that are read from a `Request`, and that are parsed for the sender before a signature has
   * matched, which only keys by sender and a key function ask for. 1,048,576 by default.
   */
  readonly maxBodyBytes?: number | undefined;
  /** Ends waiting for the body and for the key function: `verify` then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Leaves out a byte order mark, and throws at what is not UTF-8. */
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/**
 * Verifies a delivery and says what is in it. Nothing of the body is looked at before a signature has matched, but for the
 * sender, where `keys` depends on it.
 *
 * What is signed and how is not published by MindBridge; `signature-scheme.ts` has what is assumed.
 *
 * @param delivery headers and body as they came, or a `Request` that has not been read
 * @throws {MissingHeaderError} {@link MalformedHeaderError} {@link UnsupportedSchemeError} about the headers
 * @throws {DeliveryTooOldError} {@link DeliveryTooNewError} if it was signed outside of `tolerance`
 * @throws {NoKeyError} {@link SignatureMismatchError} if it cannot be vouched for
 * @throws {InvalidBodyError} {@link BodyTooLargeError} about the body
 * @throws {RawBodyError} {@link ConfigurationError} {@link InvalidKeyError} if the call is at fault, not the delivery
 * @throws {KeySourceError} {@link UnsupportedRuntimeError} if it could not be verified here and now
 * @throws the reason of `signal`, and the error of the stream if the body of a `Request` breaks off
 */
export async function verify(
  delivery: UnverifiedDelivery | UnreadRequest,
  { keys, tolerance = 300, now = Date.now, allowTestKey = false, maxBodyBytes = 1_048_576, signal }: VerifyOptions,
): Promise<Delivery> {
  signal?.throwIfAborted();

  const present = now();
  // Not `< 0`, which does not say it of `NaN`.
  if (!(Math.min(tolerance, maxBodyBytes, present) >= 0)) {
    throw new ConfigurationError("tolerance, maxBodyBytes and now() must be at least 0.");
  }
  const { id, timestamp, seconds, signatures } = readHeaders(delivery.headers);
  // In whole seconds, as the header has them, so that a tolerance of 0 means the same second.
  const age = Math.floor(present / 1000) - seconds;
  if (age > tolerance) throw new DeliveryTooOldError(age - tolerance);
  if (-age > tolerance) throw new DeliveryTooNewError(-age - tolerance);

  const given = "arrayBuffer" in delivery ? await readBody(delivery, maxBodyBytes, signal) : rawBody(delivery.body);
  const { content, body } = signedContent(id, timestamp, given);

  let parsed: object | undefined;
  const find = keyFunction(keys);
  let candidates = keys as KeyAnswer;
  if (find) {
    if (body.length > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
    // What is parsed here is also the result, so a body cannot name one sender now and another one then.
    parsed = parseBody(body);
    candidates = await askForKeys(find, { senderId: textOf(parsed, "senderId"), id }, signal);
  }

  for (const imported of loadKeys(candidates, allowTestKey)) {
    const key = await imported;
    for (const signature of signatures) {
      if (!(await crypto.subtle.verify("Ed25519", key, signature, content).catch(unsupported))) continue;
      parsed ??= parseBody(body);
      if (!parsed) throw new InvalidBodyError();
      return toDelivery(id, seconds, parsed, body);
    }
  }
  throw new SignatureMismatchError();
}

/** The body as a JSON object, if it is one. */
export function parseBody(body: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(decoder.decode(body));
    if (isObject(value)) return value;
  } catch {
    // It is no JSON. The error of the parser quotes what it has met, so it goes nowhere.
  }
  return undefined;
}
