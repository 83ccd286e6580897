import type { DeliveryType } from "@mindbridge-sdk/contract/deliveries";
import type { Answer } from "../answers.ts";
import type { BodySource } from "../body.ts";
import type { RefreshableKeys } from "../rotating-keys.ts";
import type { Store } from "../stores/store.ts";
import type { Delivery, KnownDelivery, UnknownDelivery } from "../verify/delivery.ts";
import type { HeadersInput } from "../verify/headers.ts";
import type { KeySource } from "../verify/key-source.ts";
import type { JudgingOptions } from "../verify/verify.ts";
import type { Hooks } from "./hooks.ts";

/** How to receive. `undefined` stands for the default, `0` for 0. */
export interface ReceiverOptions<Transaction = undefined> extends JudgingOptions {
  /** The `publicKey` of the webhook, several, a record by sender, or a function, such as that of `rotatingKeys`. */
  readonly keys: KeySource | RefreshableKeys;
  /** Where to remember which deliveries have been handled: `memoryStore()`, or one that several processes share. */
  readonly store: Store<Transaction>;
  /** The most bytes of a body; 1,048,576 by default. A longer one gets 413, and is not read to its end. */
  readonly maxBodyBytes?: number | undefined;
  /** The longest that a body may take to arrive, in milliseconds; 10,000 by default. */
  readonly bodyTimeout?: number | undefined;
  /**
   * The most bytes of memory that hold bodies which are being read or verified, all together; 67,108,864 by default. Where
   * there is no more room, the body that has been here the longest is given up, with 503.
   */
  readonly maxPendingBytes?: number | undefined;
  /**
   * The longest that the key function, and its `refresh`, may take, in milliseconds; 5,000 by default. Where one takes longer,
   * its signal is aborted, and the sender gets 503.
   */
  readonly keyTimeout?: number | undefined;
  /**
   * For how long a claim on a delivery holds where nobody renews it, in milliseconds; 30,000 by default. It is renewed at
   * each third of that while a handler runs, so this is how long a delivery waits for its retry after a process died.
   */
  readonly lease?: number | undefined;
  /** After how many seconds a sender is asked to come again; 30 by default. */
  readonly retryAfter?: number | undefined;
  /** Called for logs, metrics and traces. */
  readonly hooks?: Hooks | undefined;
}

/** What a handler gets besides the delivery. */
export interface HandlerContext<Transaction = undefined> {
  /**
   * Aborted, with an `InterruptedError`, where the delivery is no longer ours to handle: its claim was lost, or the receiver
   * was closed and waits no longer. Pass it on to what takes long.
   */
  readonly signal: AbortSignal;
  /** The transaction of a store that has one: what is done in it is committed together with the mark, or not at all. */
  readonly transaction: Transaction;
}

/** Handles a delivery. Where it throws or rejects, the sender gets 500, and the delivery can be handled when it is sent again. */
export type Handler<D = Delivery, Transaction = undefined> = (
  delivery: D,
  context: HandlerContext<Transaction>,
) => unknown;

/** A request, of whatever framework. */
export interface IncomingRequest {
  readonly method: string;
  readonly headers: HeadersInput;
  /**
   * The bytes as they came, or the string that they decode to; or what to read them from: a `Request`, a stream of Node or a
   * `BodyReader`. Never a parsed object.
   */
  readonly body: Uint8Array | string | BodySource;
  /** Ends the work on this request: the `signal` of the handler is aborted, the claim is released, and the answer is 503. */
  readonly signal?: AbortSignal | undefined;
}

export interface CloseOptions {
  /** For how long to wait for handlers that run, in milliseconds; 10,000 by default. */
  readonly timeout?: number | undefined;
}

/** Verifies deliveries, and has each handled once. */
export interface Receiver<Transaction = undefined> {
  /**
   * Handles the deliveries of a type that the contract lists.
   *
   * @throws {ConfigurationError} if there is a handler for it.
   */
  on<T extends DeliveryType>(
    type: T,
    // A `Handler`, spelled out: an alias with two parameters costs the compiler of users more than all else here.
    handler: (delivery: KnownDelivery<T>, context: HandlerContext<Transaction>) => unknown,
  ): Receiver<Transaction>;

  /**
   * Handles the deliveries of a type that this version of the contract does not list, by its name. Once the contract lists
   * it, they still come here, until there is an `on` for it.
   *
   * @throws {ConfigurationError} if there is a handler for it.
   */
  onUnknown(type: string, handler: Handler<UnknownDelivery, Transaction>): Receiver<Transaction>;
  /**
   * Handles all other deliveries that this version of the contract does not list.
   *
   * @throws {ConfigurationError} if there is a handler for them.
   */
  onUnknown(handler: Handler<UnknownDelivery, Transaction>): Receiver<Transaction>;

  /**
   * Hands every delivery to `put`, and answers when that has returned: `put` writes it to a durable queue, and the work is
   * done from there. In place of `on` and `onUnknown`.
   *
   * @throws {ConfigurationError} if there are handlers.
   */
  enqueue(put: Handler<Delivery, Transaction>): Receiver<Transaction>;

  /**
   * Answers a request. It never rejects, and logs nothing: `hooks` are told. Bound: it can be taken from the object.
   */
  readonly handle: (request: IncomingRequest) => Promise<Answer>;

  /** Answers a `Request` with a `Response`: for Next, Hono, Bun, Deno and Workers. Bound: it can be taken from the object. */
  readonly fetch: (request: Request) => Promise<Response>;

  /**
   * Refuses new work with 503, and waits for the handlers that run. Those that still run after `timeout` have their signals
   * aborted and their claims released, so that another process can handle their deliveries, and their senders get 503.
   * It resolves at most a second after that, even where the store does not answer.
   */
  close(options?: CloseOptions): Promise<void>;
}
