import { BodyTooLargeError } from "../errors/body-too-large-error.ts";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { DeliveryError } from "../errors/delivery-error.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { HeadersInput } from "../verify/headers.ts";
import { answerTo, Refusal } from "./answers.ts";
import { createAuthenticator } from "./authenticate.ts";
import { answerRequest } from "./fetch.ts";
import { tell } from "./hooks.ts";
import { createIntake } from "./intake.ts";
import type { Handler, IncomingRequest, Receiver, ReceiverOptions } from "./types.ts";
import { type Conclude, createWorker } from "./work.ts";

/** `application/json`, or a type that says it is JSON, whatever its parameters. */
const JSON_TYPE = /^application\/(?:[^\s;]+\+)?json\s*(?:;|$)/i;

/** What handlers are registered for. No two are the same, since only the first two hold a colon. */
const known = (type: string) => `known: ${type}`;
const unknown = (type: string) => `unknown: ${type}`;
const UNKNOWN = "unknown";
const ALL = "all";

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
  const conclude: Conclude = (hook, info) => {
    void tell(hook, info);
    return answerTo(info, retryAfter);
  };
  const worker = createWorker(store, lease, hooks, conclude);

  // Each handler is found under the name of what it was registered for, so it gets nothing else.
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

  const handle: Receiver["handle"] = async (request) => {
    let delivery: Delivery;
    try {
      delivery = await admit(request);
    } catch (error) {
      return conclude(hooks.refused, asRefusal(error, request.signal));
    }
    void tell(hooks.received, { delivery });
    const handler = find(delivery);
    return handler ? worker.run(delivery, handler, request.signal) : conclude(hooks.ignored, { delivery });
  };

  const receiver: Receiver<Transaction> = {
    on: (type, handler) => listen(known(type), handler),
    onUnknown: (type: string | Handler<never, Transaction>, handler?: Handler<never, Transaction>) =>
      typeof type === "function"
        ? listen(UNKNOWN, type)
        : // Still so once the contract lists the type.
          listen(unknown(type), (delivery: Delivery, context) =>
            handler?.({ ...delivery, known: false } as never, context),
          ),
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
