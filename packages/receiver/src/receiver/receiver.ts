import { BodyTooLargeError } from "../errors/body-too-large-error.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { DeliveryError } from "../errors/delivery-error.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { HeadersInput } from "../verify/headers.ts";
import { answerTo, Refusal, TAKEN } from "./answers.ts";
import { createAuthenticator } from "./authenticate.ts";
import { answerRequest } from "./fetch.ts";
import { tell } from "./hooks.ts";
import { createIntake } from "./intake.ts";
import type { Handler, HandlerContext, IncomingRequest, Receiver, ReceiverOptions } from "./types.ts";
import { createWorker } from "./work.ts";

/** `application/json`, or a type that says it is JSON, whatever its parameters. */
const JSON_TYPE = /^application\/(?:[^\s;]+\+)?json\s*(?:;|$)/i;

/** What `enqueue` registers its handler as. */
const ALL = "all deliveries";
/** What `onUnknown` without a name does. */
const UNKNOWN = "unknown deliveries";
const known = (type: string) => `known ${type}`;
const unknown = (type: string) => `unknown ${type}`;

/**
 * Receives deliveries: verifies each, claims it in `store`, calls who listens to it, and answers the sender.
 *
 * @throws {ConfigurationError} if `lease` is not above 0.
 */
export function createReceiver<Transaction = undefined>(options: ReceiverOptions<Transaction>): Receiver<Transaction> {
  const {
    store,
    lease = 30_000,
    maxBodyBytes = 1_048_576,
    bodyTimeout = 10_000,
    maxPendingBytes = 67_108_864,
    retryAfter = 30,
    hooks = {},
  } = options;
  if (!(lease > 0)) throw new ConfigurationError("lease is a number of milliseconds above 0.");
  const authenticate = createAuthenticator({ ...options, maxBodyBytes });
  const intake = createIntake({ maxBodyBytes, bodyTimeout, maxPendingBytes });
  const worker = createWorker(store, lease);

  // Each handler is found under the name of what it was registered for, so it gets no other.
  const handlers = new Map<string, Handler<never, Transaction>>();
  const listen = (event: string, handler: Handler<never, Transaction>) => {
    if (handlers.has(event) || handlers.has(ALL) || (event === ALL && handlers.size > 0)) {
      throw new ConfigurationError(`There already is a handler, so none can be added for ${event}.`);
    }
    handlers.set(event, handler);
    return receiver;
  };
  const find = (delivery: Delivery) => {
    const { type } = delivery;
    let given: object = delivery;
    let handler = handlers.get(ALL);
    if (!handler && delivery.known) handler = handlers.get(known(type));
    if (!handler) {
      handler = handlers.get(unknown(type));
      given = { ...delivery, known: false };
    }
    if (!delivery.known) handler ??= handlers.get(UNKNOWN);
    return handler && ((context: HandlerContext<Transaction>) => handler(given as never, context));
  };

  /** The delivery, if the request holds one that may be taken on; else it throws. */
  const admit = async ({ method, headers, body, signal }: IncomingRequest): Promise<Delivery> => {
    if (method !== "POST") throw new Refusal("method_not_allowed");
    const type = headerOf(headers, "content-type");
    if (type && !JSON_TYPE.test(type)) throw new Refusal("unsupported_media_type");
    const length = typeof body === "function" ? headerOf(headers, "content-length") : body?.length;
    if (Number(length) > maxBodyBytes) throw new BodyTooLargeError(maxBodyBytes);
    if (worker.isClosing()) throw new Refusal("closing");
    if (typeof body !== "function") return authenticate(headers, body, signal);
    return intake(body, (bytes) => authenticate(headers, bytes, signal));
  };

  const refuse = (refusal: Refusal, delivery?: Delivery) => {
    tell(hooks.refused, { code: refusal.code, status: refusal.status, error: refusal.error, delivery });
    return answerTo(refusal, retryAfter);
  };

  const handle: Receiver["handle"] = async (request) => {
    let delivery: Delivery;
    try {
      delivery = await admit(request);
    } catch (error) {
      return refuse(asRefusal(error, request.signal));
    }
    tell(hooks.received, { delivery });
    const handler = find(delivery);
    if (!handler) {
      tell(hooks.ignored, { delivery });
      return TAKEN;
    }
    const { hook, refusal, duration } = await worker.run(delivery, handler, request.signal);
    if (refusal && hook === "refused") return refuse(refusal, delivery);
    if (refusal) {
      tell(hooks.failed, { delivery, duration, code: refusal.code, status: refusal.status, error: refusal.error });
      return answerTo(refusal, retryAfter);
    }
    if (hook === "handled") tell(hooks.handled, { delivery, duration });
    else tell(hooks.duplicate, { delivery });
    return TAKEN;
  };

  const receiver: Receiver<Transaction> = {
    on: (type, handler) => listen(known(type), handler),
    onUnknown: (type: string | Handler<never, Transaction>, handler?: Handler<never, Transaction>) =>
      typeof type === "function"
        ? listen(UNKNOWN, type)
        : listen(unknown(type), handler as Handler<never, Transaction>),
    enqueue: (put) => listen(ALL, put),
    handle,
    fetch: (request) => answerRequest(handle, request),
    close: ({ timeout = 10_000 } = {}) => worker.close(timeout),
  };
  return receiver;
}

/** A header, by its name in lower case. */
function headerOf(headers: HeadersInput, name: string): string | undefined {
  if (typeof headers.get === "function") return headers.get(name) ?? undefined;
  for (const [key, value] of Object.entries(headers)) if (key.toLowerCase() === name) return `${value}`;
  return undefined;
}

function asRefusal(error: unknown, signal: AbortSignal | undefined): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DeliveryError) return new Refusal(error.code, error);
  return new Refusal(signal?.aborted ? "aborted" : "internal", error);
}
