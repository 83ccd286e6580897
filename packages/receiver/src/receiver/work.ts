import { LazyAbortController } from "../abort.ts";
import { Refusal } from "../answers.ts";
import { ConfigurationError, InterruptedError } from "../errors.ts";
import type { HeadersInput } from "../headers.ts";
import type { Claim, Store } from "../stores/store.ts";
import { attempt, isPromise, within } from "../timer.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { Hooks } from "./hooks.ts";
import { keepClaim, mark } from "./lease.ts";
import type { Handler, HandlerContext } from "./types.ts";

/** How long an answer, or `close`, waits for the store to release a claim, in milliseconds. */
const RELEASE_TIMEOUT = 1_000;

const NOT_ANSWERED = "The handler returned a Response that is not ok. Throw to have the delivery sent again.";

/** How a request ended: which hook is told, and what. */
export interface Conclusion {
  readonly hook: "duplicate" | "failed" | "handled" | "ignored" | "refused";
  readonly info: Partial<Refusal> & { readonly delivery?: Delivery | undefined };
}

/** Tells a hook how a request ended. */
export type Conclude = <Name extends Conclusion["hook"]>(
  hook: Name,
  info: Parameters<NonNullable<Hooks[Name]>>[0],
  headers?: HeadersInput,
) => Conclusion;

/** Why work ended: it was interrupted, or the store failed. */
const refusalOf = (error: unknown) => new Refusal(error instanceof InterruptedError ? error.code : "store", error);

/** Whether it is a `Response` that is not ok. `ok` goes first, since Node loads its fetch with the first look at `Response`. */
const isFailed = (returned: unknown) =>
  (returned as Partial<Response> | undefined)?.ok === false && returned instanceof Response;

/**
 * What a handler gets. It is a class since the engine lays out each object literal with a getter anew, which took a third of the
 * time of a delivery.
 */
class Context<Transaction> implements HandlerContext<Transaction> {
  readonly #interruption: LazyAbortController;
  readonly transaction: Transaction;

  constructor(interruption: LazyAbortController, transaction: Transaction) {
    this.#interruption = interruption;
    this.transaction = transaction;
  }

  get signal(): AbortSignal {
    return this.#interruption.signal;
  }
}

/** Has each delivery handled once by the processes that share `store`. */
export function createWorker<Transaction>(store: Store<Transaction>, lease: number, conclude: Conclude) {
  const running = new Map<Promise<unknown>, LazyAbortController>();
  /** Marks and releases that go on after their request was answered. */
  const background = new Set<Promise<unknown>>();
  let closing = false;
  let closed = false;

  const inBackground = (work: Promise<unknown>) => {
    background.add(work);
    void work.finally(() => background.delete(work));
  };
  const release = async (id: string, token: string) => {
    try {
      await store.release(id, token);
    } catch {
      // The lease ends by itself.
    }
  };

  /** Claims a delivery and has it handled, until it is interrupted. Never rejects. */
  const work = async (
    delivery: Delivery,
    handler: Handler<Delivery, Transaction>,
    prefix: string,
    interruption: LazyAbortController,
  ) => {
    if (interruption.aborted) return conclude("refused", { delivery, ...refusalOf(interruption.reason) });
    // An id has no dot, so each pair of id and sender gives another key.
    const id = `${prefix}${delivery.id}.${delivery.senderId ?? ""}`;
    const claiming = attempt(() => store.claim(id, lease));
    let claim: Claim;
    try {
      // A claim that takes longer than its lease is worth nothing.
      claim = isPromise(claiming) ? await within(claiming, lease, interruption) : claiming;
    } catch (error) {
      // Nobody handles the delivery if the claim is given after all.
      const releaseLate = (late: Claim) => (late.status === "claimed" ? release(id, late.token) : undefined);
      void Promise.resolve(claiming).then(releaseLate, () => {});
      return conclude("refused", { delivery, ...refusalOf(error) });
    }
    if (claim.status === "done") return conclude("duplicate", { delivery });
    if (claim.status === "held") return conclude("refused", { delivery, ...new Refusal("held") });

    const { token } = claim;
    const started = performance.now();
    let stopRenewing = () => {};
    const renew = () => {
      stopRenewing = keepClaim(store, id, token, lease, () => interruption.abort(new InterruptedError("lease_lost")));
    };
    let handled = false;
    let abandoned = false;
    const handle = async () => {
      let failure: Refusal | undefined;
      const call = async (transaction: Transaction) => {
        try {
          const handling = handler(delivery, new Context(interruption, transaction));
          if (isPromise(handling) && !store.transaction) renew();
          const returned = isPromise(handling) ? await handling : handling;
          // Such as the answer to a call that failed, or what is meant as the answer to the sender.
          if (isFailed(returned)) throw new ConfigurationError(NOT_ANSWERED);
          handled = true;
        } catch (error) {
          failure = new Refusal("handler", error);
          throw error;
        } finally {
          // From here on the store decides. A late answer to a renewal must not interrupt.
          stopRenewing();
        }
      };
      try {
        let ours: boolean;
        if (store.transaction) {
          // It may wait before it calls the handler.
          renew();
          ours = await store.transaction(id, token, call);
        } else {
          // A store without transactions has none to give: `Transaction` is `undefined`.
          await call(undefined as Transaction);
          ours = await mark(store, id, token, lease, () => abandoned || closed);
        }
        return ours ? undefined : new Refusal("lease_lost", new InterruptedError("lease_lost"));
      } catch (error) {
        return failure ?? new Refusal("store", error);
      }
    };
    const attempting = handle();
    // A handler that ignores its signal is not waited for. The token fences off what it still does.
    const refused = await within(attempting, Number.POSITIVE_INFINITY, interruption).catch(refusalOf);
    stopRenewing();
    const duration = performance.now() - started;
    if (!refused) return conclude("handled", { delivery, duration });
    if (refused.code === "handler") {
      await within(release(id, token), RELEASE_TIMEOUT, interruption).catch(() => {});
    } else if (interruption.aborted && handled && !store.transaction) {
      // The effect is there, so it is marked all the same.
      inBackground(attempting);
    } else if (refused.code === "aborted" || refused.code === "closing") {
      abandoned = true;
      // The release may have to wait until the handler ends, which the sender need not.
      inBackground(release(id, token));
    } else {
      // The claim is another's, or the store failed and the effect may be there: the lease ends by itself.
      abandoned = true;
    }
    return conclude("failed", { delivery, duration, ...refused });
  };

  /** Waits until nothing runs, and at most `timeout` milliseconds. */
  const settled = async (timeout: number) => {
    const idle = async () => {
      while (running.size + background.size > 0) await Promise.all([...running.keys(), ...background]);
    };
    await within(idle(), timeout).catch(() => {});
  };

  return {
    isClosing: () => closing,

    /**
     * Claims a delivery and has it handled, unless `outer` is aborted or the receiver is closed. Never rejects.
     *
     * @param prefix Tells claims for different work on the same delivery apart.
     */
    async run(
      delivery: Delivery,
      handler: Handler<Delivery, Transaction>,
      outer: AbortSignal | undefined,
      prefix: string,
    ): Promise<Conclusion> {
      const interruption = new LazyAbortController();
      const abort = () => interruption.abort(new InterruptedError("aborted"));
      outer?.addEventListener("abort", abort);
      if (outer?.aborted) abort();
      if (closing) interruption.abort(new InterruptedError("closing"));
      const finished = work(delivery, handler, prefix, interruption);
      running.set(finished, interruption);
      const conclusion = await finished;
      running.delete(finished);
      outer?.removeEventListener("abort", abort);
      return conclusion;
    },

    async close(timeout: number): Promise<void> {
      closing = true;
      await settled(timeout);
      for (const interruption of running.values()) interruption.abort(new InterruptedError("closing"));
      await settled(RELEASE_TIMEOUT);
      closed = true;
    },
  };
}
