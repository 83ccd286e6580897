import { DELIVERY_TYPES, isDeliveryType } from "@mindbridge-sdk/contract/deliveries";
import { adviceOn } from "../advice.ts";
import { answerTo, Refusal } from "../answers.ts";
import { createIntake, isBodySource, MAX_BODY_BYTES } from "../body.ts";
import { checkBooleans, checkFunctions, checkNumbers, checkRest } from "../check-options.ts";
import {
  BodyTooLargeError,
  ConfigurationError,
  DeliveryError,
  type DeliveryTooNewError,
  type DeliveryTooOldError,
  HeldError,
} from "../errors.ts";
import { type HeadersRecord, headerOf } from "../headers.ts";
import { asUnknown, type Delivery, fromQueued, toQueued } from "../verify/delivery.ts";
import { checkKeys } from "../verify/keys.ts";
import { createAuthenticator } from "./authenticate.ts";
import { createTell } from "./hooks.ts";
import type {
  FetchRequest,
  Handler,
  IncomingRequest,
  Receiver,
  ReceiverOptions,
  RecoveryOutcome,
  Wrap,
} from "./types.ts";
import { type Conclude, type Conclusion, createWorker } from "./work.ts";

/** `application/json`, or a type that says it is JSON, whatever its parameters. */
const JSON_TYPE = /^application\/(?:[^\s;]+\+)?json\s*(?:;|$)/i;

/** The statuses of answers for which the body may not have been read to its end. */
const MAY_LEAVE_BODY = new Set([405, 413, 415, 503]);

/** What `recover` calls the end that a hook is told. */
const OUTCOMES: Readonly<Record<Conclusion["hook"], RecoveryOutcome>> = {
  handled: "recovered",
  duplicate: "already-handled",
  ignored: "ignored",
  refused: "refused",
  failed: "failed",
};

/** A day, in seconds. */
const DAY = 86_400;

/** The calls that register handlers, which keep the types apart. */
const known = (type: string) => `on("${type}")`;
const unknown = (type: string) => `onUnknown("${type}")`;
const UNKNOWN = "onUnknown()";
const QUEUE = "enqueue()";

/**
 * Receives deliveries: verifies each, claims it in `store`, calls its handler, and answers the sender.
 *
 * @throws {ConfigurationError} if a key is missing, empty or malformed, as where its variable is unset, or if another option
 * cannot work. A key function is asked with the first delivery.
 */
export function createReceiver<Transaction = undefined>(options: ReceiverOptions<Transaction>): Receiver<Transaction> {
  if (!options) throw new ConfigurationError("createReceiver needs its options: keys and store.");
  const {
    keys,
    store,
    tolerance,
    now,
    allowTestKey = false,
    keyTimeout,
    lease = 30_000,
    maxBodyBytes = MAX_BODY_BYTES,
    bodyTimeout = 10_000,
    maxPendingBytes = 67_108_864,
    retryAfter = 30,
    hooks = {},
    log,
    ...rest
  } = options;
  checkRest("createReceiver", rest);
  checkBooleans({ allowTestKey });
  checkKeys(keys, allowTestKey);
  checkFunctions("store", store, "claim", "renew", "done", "release");
  if (now !== undefined) checkFunctions("now", now);
  checkNumbers({ tolerance, keyTimeout, lease, maxBodyBytes, bodyTimeout, maxPendingBytes, retryAfter });
  if (retryAfter === Number.POSITIVE_INFINITY) throw new ConfigurationError("retryAfter must be finite.");
  // These are probably in the unit of the others.
  if (lease < 1_000) throw new ConfigurationError(`lease is in milliseconds: ${lease} is less than a second.`);
  for (const [name, seconds = 0] of Object.entries({ tolerance, retryAfter })) {
    if (seconds <= DAY || seconds === Number.POSITIVE_INFINITY) continue;
    throw new ConfigurationError(`${name} is in seconds: ${seconds} is more than a day.`);
  }
  const authenticate = createAuthenticator({ keys, keyTimeout, now, allowTestKey, maxBodyBytes });
  const intake = createIntake({ maxBodyBytes, bodyTimeout, maxPendingBytes });
  const tell = createTell(hooks, log);
  const conclude: Conclude = (hook, info, headers) => {
    tell(hook, info, headers);
    return { hook, info };
  };
  const worker = createWorker(store, lease, conclude);

  /** Handlers, by what they are registered for. */
  const handlers = new Map<string, Handler<never, Transaction>>();
  const listen = (event: string, given: unknown, handler: Handler<never, Transaction>) => {
    checkFunctions(`The handler of ${event}`, given);
    if (handlers.has(event)) throw new ConfigurationError(`${event} has a handler already.`);
    handlers.set(event, handler);
    return receiver;
  };
  const find = ({ known: isKnown, type }: Delivery) =>
    (isKnown ? handlers.get(known(type)) : undefined) ??
    handlers.get(unknown(type)) ??
    (isKnown ? undefined : handlers.get(UNKNOWN));
  const wraps: Wrap[] = [];

  /** Has a delivery handled, if there is a handler. What is claimed is `prefix` and the delivery. */
  const dispatch = (
    delivery: Delivery,
    handler: Handler<never, Transaction> | undefined,
    signal: AbortSignal | undefined,
    prefix = "",
  ): Conclusion | Promise<Conclusion> => {
    if (handlers.size === 0) {
      return conclude("refused", { delivery, ...new Refusal("configuration", new ConfigurationError(NO_HANDLERS)) });
    }
    // `on` listens to the type, but its handler expects an object.
    if (!handler && !delivery.known && handlers.has(known(delivery.type))) {
      return conclude("refused", { delivery, ...new Refusal("malformed_data") });
    }
    if (!handler) return conclude("ignored", { delivery });
    const wrapped = wraps.reduceRight<Handler<Delivery, Transaction>>(
      (next, wrap) => (_, context) => wrappedBy(wrap, delivery, () => next(delivery, context)),
      handler as Handler<Delivery, Transaction>,
    );
    return worker.run(delivery, wrapped, signal, prefix);
  };

  /** The delivery in a request. Throws why it is refused, if it is. */
  const admit = ({ method, headers, body, signal }: IncomingRequest, within: number | undefined): Promise<Delivery> => {
    if (method !== "POST") throw new Refusal("method_not_allowed");
    const type = headerOf(headers, "content-type");
    if (type && !JSON_TYPE.test(type)) throw new Refusal("unsupported_media_type");
    const length = isBodySource(body) ? headerOf(headers, "content-length") : body?.length;
    if (Number(length) > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
    if (worker.isClosing()) throw new Refusal("closing");
    return intake(body, (bytes, stop) => authenticate(headers, bytes, stop, within), signal);
  };

  const receive = async (request: IncomingRequest, within = tolerance): Promise<Conclusion> => {
    let delivery: Delivery;
    try {
      delivery = await admit(request, within);
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal.code.startsWith("too_")) {
        tell("clockSkew", { error: refusal.error as DeliveryTooOldError | DeliveryTooNewError });
      }
      // JavaScript may pass nothing.
      return conclude("refused", refusal, request?.headers);
    }
    tell("received", { delivery });
    return dispatch(delivery, handlers.get(QUEUE) ?? find(delivery), request.signal);
  };

  /** `response` is there if a server of Node calls this as a listener, and would never be written. */
  const handle = async (request: IncomingRequest, response?: unknown) => {
    const { info } =
      "writeHead" in Object(response)
        ? conclude("refused", new Refusal("configuration", new ConfigurationError(NO_LISTENER)), request.headers)
        : await receive(request);
    return answerTo(info, retryAfter);
  };

  const receiver: Receiver<Transaction> = {
    on: (type, handler) => {
      if (!isDeliveryType(type)) {
        throw new ConfigurationError(
          `The contract does not list "${type}". It lists ${DELIVERY_TYPES.join(", ")}. For another type, call onUnknown.`,
        );
      }
      return listen(known(type), handler, handler);
    },
    onUnknown: (type: string | Handler<never, Transaction>, handler?: Handler<never, Transaction>) =>
      typeof type === "function"
        ? listen(UNKNOWN, type, type)
        : // Even if the contract lists the type by now.
          listen(unknown(type), handler, (delivery: Delivery, context) =>
            handler?.(asUnknown(delivery) as never, context),
          ),
    enqueue: (put) => listen(QUEUE, put, (delivery: Delivery, context) => put(toQueued(delivery), context)),
    use: (wrap) => {
      checkFunctions("What use() is given", wrap);
      wraps.push(wrap);
      return receiver;
    },
    handle,
    fetch: async (request: FetchRequest, response?: unknown) => {
      const incoming = { method: request.method, headers: request.headers, body: request };
      const { status, headers, body } = await handle(incoming, response);
      // Closes the connection in place of waiting for the rest of a body that is not wanted.
      const closing = MAY_LEAVE_BODY.has(status) ? { connection: "close" } : undefined;
      return new Response(body || null, { status, headers: { ...headers, ...closing } });
    },
    recover: async (kept) => {
      const { headers, body, signal } = Object(kept) as typeof kept;
      if (body == null) {
        const error = new Error("There is no body, so nobody can verify the delivery.");
        return { outcome: "refused", code: "missing_body", error, retryable: false };
      }
      const request = { method: "POST", headers: headers as HeadersRecord, body, signal };
      const { hook, info } = await receive(request, Number.POSITIVE_INFINITY);
      const { delivery, code, error, status = 0 } = info;
      return { outcome: code === "held" ? code : OUTCOMES[hook], delivery, code, error, retryable: status >= 500 };
    },
    handleQueued: async (queued, { signal } = {}) => {
      const delivery = fromQueued(queued);
      if ([...handlers.keys()].every((event) => event === QUEUE)) {
        throw new ConfigurationError(NO_HANDLERS);
      }
      // `put` has its own mark. No id is empty, so none of those begins with a dot.
      const { code, error } = (await dispatch(delivery, find(delivery), signal, ".queued.")).info;
      if (code === "held") throw new HeldError();
      if (code) throw error instanceof Error ? error : new Error(adviceOn(code), { cause: error });
    },
    close: ({ timeout = 10_000 } = {}) => worker.close(timeout),
    [Symbol.asyncDispose]: () => receiver.close(),
  };
  return receiver;
}

const NO_LISTENER = "In Express and node:http, use node(receiver): fetch and handle only return the answer.";

const NO_HANDLERS =
  "There are no handlers. Register them with on or onUnknown on this receiver, or deliveries are lost.";

/**
 * Runs `next` within a wrap, once, whatever the wrap does. Once it has begun, its outcome counts alone, and the wrap is not
 * waited for.
 */
function wrappedBy(wrap: Wrap, delivery: Delivery, next: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let outcome: Promise<unknown> | undefined;
    const once = () => {
      outcome ??= (async () => next())();
      // The wrap need not wait for it.
      outcome.catch(() => {});
      resolve(outcome);
      return outcome;
    };
    // Where the wrap has called `next`, neither of these changes anything.
    (async () => wrap(delivery, once))().then(() => void once(), reject);
  });
}

/** Whatever was thrown: it may be a revoked `Proxy`, which throws if it is looked at. */
function asRefusal(error: unknown): Refusal {
  try {
    if (error instanceof Refusal) return error;
    if (error instanceof DeliveryError) return new Refusal(error.code, error);
  } catch {
    // It is none of ours.
  }
  return new Refusal("internal", error);
}
