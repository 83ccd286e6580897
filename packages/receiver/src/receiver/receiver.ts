import { answerTo, Refusal } from "../answers.ts";
import { createIntake, isBodySource, MAX_BODY_BYTES } from "../body.ts";
import {
  BodyTooLargeError,
  ConfigurationError,
  DeliveryError,
  DeliveryTooNewError,
  DeliveryTooOldError,
} from "../errors.ts";
import { type HeadersRecord, headerOf } from "../headers.ts";
import type { Delivery } from "../verify/delivery.ts";
import { checkKeys } from "../verify/keys.ts";
import { createAuthenticator } from "./authenticate.ts";
import { createTell } from "./hooks.ts";
import type { Handler, IncomingRequest, Receiver, ReceiverOptions, RecoveryOutcome } from "./types.ts";
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

/** What handlers are registered for. The prefixes keep the types apart. */
const known = (type: string) => `known: ${type}`;
const unknown = (type: string) => `unknown: ${type}`;
const UNKNOWN = "unknown";
const ALL = "all";

/**
 * Receives deliveries: verifies each, claims it in `store`, calls its handler, and answers the sender.
 *
 * @throws {ConfigurationError} if a key is missing, empty or malformed, as where its variable is unset, or if `lease` is not
 * above 0. A key function is asked with the first delivery.
 */
export function createReceiver<Transaction = undefined>(options: ReceiverOptions<Transaction>): Receiver<Transaction> {
  const {
    store,
    lease = 30_000,
    maxBodyBytes = MAX_BODY_BYTES,
    bodyTimeout = 10_000,
    maxPendingBytes = 67_108_864,
    retryAfter = 30,
    hooks = {},
  } = options;
  checkKeys(options.keys, options.allowTestKey ?? false);
  if (!(lease > 0)) throw new ConfigurationError("lease is a number of milliseconds above 0.");
  const authenticate = createAuthenticator({ ...options, maxBodyBytes });
  const intake = createIntake({ maxBodyBytes, bodyTimeout, maxPendingBytes });
  const tell = createTell(hooks, options.log);
  const conclude: Conclude = (hook, info, headers) => {
    void tell(hook, info, headers);
    return { hook, info };
  };
  const worker = createWorker(store, lease, conclude);

  /** Handlers, by what they are registered for. */
  const handlers = new Map<string, Handler<never, Transaction>>();
  const listen = (event: string, handler: Handler<never, Transaction>) => {
    if (handlers.has(event) || handlers.has(ALL) || (event === ALL && handlers.size > 0)) {
      throw new ConfigurationError(`There is a handler already, so there can be none for "${event}".`);
    }
    handlers.set(event, handler);
    return receiver;
  };
  const find = ({ known: isKnown, type }: Delivery) =>
    handlers.get(ALL) ??
    (isKnown ? handlers.get(known(type)) : undefined) ??
    handlers.get(unknown(type)) ??
    (isKnown ? undefined : handlers.get(UNKNOWN));

  /** The delivery in a request. Throws why it is refused, if it is. */
  const admit = async (
    { method, headers, body, signal }: IncomingRequest,
    tolerance: number | undefined,
  ): Promise<Delivery> => {
    if (method !== "POST") throw new Refusal("method_not_allowed");
    const type = headerOf(headers, "content-type");
    if (type && !JSON_TYPE.test(type)) throw new Refusal("unsupported_media_type");
    const length = isBodySource(body) ? headerOf(headers, "content-length") : body?.length;
    if (Number(length) > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
    if (worker.isClosing()) throw new Refusal("closing");
    return intake(body, (bytes, stop) => authenticate(headers, bytes, stop, tolerance), signal);
  };

  const receive = async (request: IncomingRequest, tolerance = options.tolerance): Promise<Conclusion> => {
    let delivery: Delivery;
    try {
      delivery = await admit(request, tolerance);
    } catch (error) {
      if (error instanceof DeliveryTooOldError || error instanceof DeliveryTooNewError) {
        void tell("clockSkew", { error });
      }
      return conclude("refused", asRefusal(error), request.headers);
    }
    void tell("received", { delivery });
    const handler = find(delivery);
    return handler ? worker.run(delivery, handler, request.signal) : conclude("ignored", { delivery });
  };

  const handle: Receiver["handle"] = async (request) => answerTo((await receive(request)).info, retryAfter);

  const receiver: Receiver<Transaction> = {
    on: (type, handler) => listen(known(type), handler),
    onUnknown: (type: string | Handler<never, Transaction>, handler?: Handler<never, Transaction>) =>
      typeof type === "function"
        ? listen(UNKNOWN, type)
        : // Even if the contract lists the type by now.
          listen(unknown(type), (delivery: Delivery, context) =>
            handler?.({ ...delivery, known: false } as never, context),
          ),
    enqueue: (put) => listen(ALL, put),
    handle,
    fetch: async (request) => {
      const { status, headers, body } = await handle({
        method: request.method,
        headers: request.headers,
        body: request,
      });
      // Closes the connection in place of waiting for the rest of a body that is not wanted.
      const rest = MAY_LEAVE_BODY.has(status) ? { connection: "close" } : undefined;
      return new Response(body || null, { status, headers: { ...headers, ...rest } });
    },
    recover: async ({ headers, body, signal }) => {
      if (body == null) {
        const error = new Error("There is no body, so nobody can verify the delivery.");
        return { outcome: "refused", code: "missing_body", error, retryable: false };
      }
      const request = { method: "POST", headers: headers as HeadersRecord, body, signal };
      const { hook, info } = await receive(request, Number.POSITIVE_INFINITY);
      const { delivery, code, error, status = 0 } = info;
      return { outcome: code === "held" ? code : OUTCOMES[hook], delivery, code, error, retryable: status >= 500 };
    },
    close: ({ timeout = 10_000 } = {}) => worker.close(timeout),
  };
  return receiver;
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DeliveryError) return new Refusal(error.code, error);
  return new Refusal("internal", error);
}
