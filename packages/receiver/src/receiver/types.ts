/// <reference lib="esnext.disposable" preserve="true" />
import type { DeliveryType } from "@mindbridge-sdk/contract/deliveries";
import type { Answer, AnswerCode } from "../answers.ts";
import type { BodySource, UnreadRequest } from "../body.ts";
import type { HeadersInput } from "../headers.ts";
import type { RefreshableKeys } from "../rotating-keys.ts";
import type { Store } from "../stores/store.ts";
import type { Delivery, KnownDelivery, QueuedDelivery, UnknownDelivery } from "../verify/delivery.ts";
import type { KeySource } from "../verify/key-source.ts";
import type { JudgingOptions } from "../verify/verify.ts";
import type { Hooks } from "./hooks.ts";
import type { Log } from "./log.ts";

/** How to receive. `undefined` stands for the default, `0` for 0. */
export interface ReceiverOptions<Transaction = undefined> extends JudgingOptions {
  /**
   * The `publicKey` of the webhook, several, a record by sender, or a function, such as that of `rotatingKeys`. What is written
   * down is checked at once: `process.env.NAME` can stand here as it is, and is an error if it is unset.
   */
  readonly keys: KeySource | RefreshableKeys;
  /** Remembers which deliveries have been handled: `memoryStore()`, or a store that several processes share. */
  readonly store: Store<Transaction>;
  /** The most bytes of a body; 1,048,576 by default. A longer one gets 413, and is not read to its end. */
  readonly maxBodyBytes?: number | undefined;
  /** The longest that a body may take to arrive, in milliseconds; 10,000 by default. */
  readonly bodyTimeout?: number | undefined;
  /**
   * The most bytes of memory for all bodies that are being read or verified; 67,108,864 by default. When there is no more
   * room, the body that has been here the longest gets 503.
   */
  readonly maxPendingBytes?: number | undefined;
  /**
   * The longest that the key function may take, and its `refresh`, in milliseconds; 5,000 by default. After that its signal is
   * aborted, and the sender gets 503.
   */
  readonly keyTimeout?: number | undefined;
  /**
   * For how long a claim on a delivery holds unless it is renewed, in milliseconds; 30,000 by default, and at least 1,000. While a handler runs,
   * its claim is renewed at each third of that. After a process died, its deliveries can be handled again after that time.
   */
  readonly lease?: number | undefined;
  /** After how many seconds the sender should come again; 30 by default, and at most 86,400 (a day). */
  readonly retryAfter?: number | undefined;
  /** Called for logs, metrics and traces. */
  readonly hooks?: Hooks | undefined;
  /**
   * Called with what goes wrong and has no hook: a delivery that fails without the hook `failed`, a request that is refused
   * without `refused`, and a hook that throws. By default, `({ line }) => console.error(line)`; `false` for nowhere. If it throws or
   * rejects, `console.error` gets the line. The entry holds no payload and no secret, and each code gets at most five lines a minute.
   */
  readonly log?: Log | undefined;
}

/** What a handler gets besides the delivery. */
export interface HandlerContext<Transaction = undefined> {
  /**
   * Aborted, with an `InterruptedError`, when this process must stop handling the delivery: its claim was lost, or the receiver
   * was closed and waits no longer. Pass it on to whatever takes long.
   */
  readonly signal: AbortSignal;
  /**
   * The transaction of a store that has one. It is committed together with the mark, or not at all. The store begins and commits
   * it: a handler must not.
   */
  readonly transaction: Transaction;
}

/**
 * Handles a delivery. If it throws or rejects, the sender gets 500, and the delivery can be handled when it is sent again; in a
 * worker, `handleQueued` rejects with its error. What it returns is not looked at, except that a `Response` whose `ok` is `false`
 * counts as an error.
 */
export type Handler<D = Delivery, Transaction = undefined> = (
  delivery: D,
  context: HandlerContext<Transaction>,
) => unknown;

/**
 * Runs around each handler, and around `put` of `enqueue`: `next` runs the handler. What `next` is called in, such as a span or an
 * `AsyncLocalStorage`, is there in the handler.
 *
 * It cannot change the outcome: the handler runs once, and its own outcome counts, even if the wrap does not wait for `next`, returns
 * without calling it, or throws after it. The delivery ends with `next`: what the wrap does afterwards is not waited for. If it throws
 * before it calls `next`, the handler does not run, and the delivery fails. Until it calls `next`, it is waited for like a handler.
 */
export type Wrap = (delivery: Delivery, next: () => Promise<unknown>) => unknown;

/** A `Request`, of whichever realm or library, whose body has not been read. */
export interface FetchRequest extends UnreadRequest {
  readonly method: string;
}

/** A request, of any framework. */
export interface IncomingRequest {
  readonly method: string;
  readonly headers: HeadersInput;
  /**
   * The bytes as they came, or the string that they decode to; or a source to read them from: a `Request`, a stream of Node or
   * a `BodyReader`. Never a parsed object.
   */
  readonly body: Uint8Array | string | BodySource;
  /** Ends the work on this request: the `signal` of the handler is aborted, the claim is released, and the answer is 503. */
  readonly signal?: AbortSignal | undefined;
}

/** A delivery that was kept, such as the `requestHeaders` and `requestBody` of an event log. */
export interface KeptDelivery {
  /** An open object: names in any case, values as text, numbers or lists. */
  readonly headers: { readonly [name: string]: unknown } | undefined;
  /** The bytes as they came, or the string that they decode to. Never a parsed object. */
  readonly body: Uint8Array | string;
  /** Ends the work on this delivery: the `signal` of the handler is aborted, and the claim is released. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What became of a delivery that was kept:
 *
 * - `"recovered"`: it had not been handled, and now has been.
 * - `"already-handled"`: it had been handled. No handler ran.
 * - `"ignored"`: it is genuine, but there is no handler for its type.
 * - `"held"`: another process is handling it, or died while it did. Try again after `lease`.
 * - `"failed"`: its handler failed, or the store could not mark it. Fix the error, then try again.
 * - `"refused"`: it is not verified, or the store could not be asked. `code` and `error` say why.
 */
export type RecoveryOutcome = "already-handled" | "failed" | "held" | "ignored" | "recovered" | "refused";

/** What `recover` answers. */
export interface Recovery {
  readonly outcome: RecoveryOutcome;
  /** The delivery, if it is verified. */
  readonly delivery?: Delivery | undefined;
  /** Why it was not handled: what a sender would have got, or `missing_body` if no body was kept. */
  readonly code?: AnswerCode | "missing_body" | undefined;
  /** Whether another try may end in another way. */
  readonly retryable: boolean;
  /** What went wrong, if something did: a `DeliveryError`, an `InterruptedError`, or the error of the handler or the store. */
  readonly error?: unknown;
}

/** How a worker handles a delivery out of a queue. */
export interface HandleQueuedOptions {
  /** Ends the work on this delivery: the `signal` of the handler is aborted, and the claim is released. */
  readonly signal?: AbortSignal | undefined;
}

/** How a receiver is closed. */
export interface CloseOptions {
  /** For how long to wait for handlers that run, in milliseconds; 10,000 by default. */
  readonly timeout?: number | undefined;
}

/** Verifies deliveries, and has each of them handled once. */
export interface Receiver<Transaction = undefined> {
  /**
   * Handles the deliveries of a type that the contract lists.
   *
   * @throws {ConfigurationError} if there is a handler for it, the contract does not list the type, or `handler` is no function.
   */
  on<T extends DeliveryType>(
    type: T,
    // A `Handler`, spelled out: an alias with two parameters costs the compiler of users more than anything else here.
    handler: (delivery: KnownDelivery<T>, context: HandlerContext<Transaction>) => unknown,
  ): Receiver<Transaction>;

  /**
   * Handles the deliveries of a type that this version of the contract does not list, by its name. They still come here when
   * the contract lists the type, until there is an `on` for it.
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
   * Gives every delivery that is received to `put`, which writes it to a durable queue, and answers when `put` has returned. The
   * handlers of `on` and `onUnknown` then run in `handleQueued` alone.
   *
   * @throws {ConfigurationError} if there is a `put` already.
   */
  enqueue(put: Handler<QueuedDelivery, Transaction>): Receiver<Transaction>;

  /**
   * Handles a delivery that came out of a queue, with the handlers of `on` and `onUnknown`: for a worker. It is claimed in the
   * store, apart from the claim of `enqueue`, so that it is handled once, however often the queue gives it.
   *
   * It resolves where the queue is done with the delivery: it was handled now, or before, or has no handler. It rejects where the
   * queue should try again. What the queue holds is trusted: it was verified before it was put there, and it is not verified again.
   *
   * @param queued What `put` got, parsed from JSON.
   * @throws what the handler or the store failed with.
   * @throws {HeldError} if another worker is handling it, or died while it did.
   * @throws {InterruptedError} if the claim was lost, the receiver was closed, or `signal` was aborted.
   * @throws {ConfigurationError} if it is no `QueuedDelivery`, or there are no handlers. Trying again does not help.
   */
  readonly handleQueued: (queued: QueuedDelivery, options?: HandleQueuedOptions) => Promise<void>;

  /**
   * Runs `wrap` around each handler, such as in a span. The first one that is given is the outermost.
   *
   * @example
   * receiver.use((delivery, next) => tracer.startActiveSpan(delivery.type, (span) => next().finally(() => span.end())));
   */
  use(wrap: Wrap): Receiver<Transaction>;

  /**
   * Answers a request. It never rejects: it calls `hooks`, or `log`. It is bound, so you can pass it on by itself.
   */
  readonly handle: (request: IncomingRequest) => Promise<Answer>;

  /** Answers a `Request`, or what is like one, with a `Response`: for Next, Hono, Bun, Deno and Workers. It is bound, too. */
  readonly fetch: (request: FetchRequest) => Promise<Response>;

  /**
   * Handles a delivery that was missed, from what was kept of it. It is verified as every delivery is, but for the time of
   * signing; claimed in the same store, so that what was handled in time is not handled again; and given to the same
   * handler. It never rejects, calls the same hooks, and is bound.
   *
   * Anyone who has an old delivery can make you handle it once with this: call it with what you asked MindBridge for, or
   * kept yourself, and not with what a stranger sends.
   */
  readonly recover: (kept: KeptDelivery) => Promise<Recovery>;

  /**
   * Refuses new work with 503, and waits for the handlers that run. After `timeout` it aborts their signals, releases their
   * claims so that another process can handle the deliveries, and answers 503. It resolves at most a second after that, even
   * if the store does not answer.
   */
  close(options?: CloseOptions): Promise<void>;

  /** Calls `close`: for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
