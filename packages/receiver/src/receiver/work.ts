import { type Answer, Refusal } from "../answers.ts";
import { type InterruptedCode, InterruptedError } from "../errors.ts";
import type { Store } from "../stores/store.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { Hooks } from "./hooks.ts";
import { keepClaim } from "./lease.ts";
import type { Handler } from "./types.ts";

/** How long `close` waits for the store to release what was not handled to the end, in milliseconds. */
const RELEASE_TIMEOUT = 1_000;

/** Tells a hook of what became of a request, and says what to answer. */
export type Conclude = <Info extends object>(hook: ((info: Info) => unknown) | undefined, info: Info) => Answer;

type Interrupt = (code: InterruptedCode) => void;

/** Has each delivery handled once, by whoever shares `store`. */
export function createWorker<Transaction>(store: Store<Transaction>, lease: number, hooks: Hooks, conclude: Conclude) {
  const running = new Map<Promise<unknown>, Interrupt>();
  let closing = false;

  /** Claims a delivery and has it handled, until it is interrupted. Never rejects. */
  const work = async (
    delivery: Delivery,
    handler: Handler<never, Transaction>,
    { signal }: AbortController,
    interrupt: Interrupt,
    interrupted: Promise<Refusal>,
  ) => {
    // An id holds no dot, so no two pairs of id and sender give the same.
    const id = `${delivery.id}.${delivery.senderId ?? ""}`;
    const release = async (token: string) => {
      try {
        await store.release(id, token);
      } catch {
        // The lease ends by itself.
      }
    };
    const claiming = (async () => {
      try {
        return signal.aborted ? await interrupted : await store.claim(id, lease);
      } catch (error) {
        return new Refusal("store", error);
      }
    })();
    const claim = await Promise.race([interrupted, claiming]);
    if (claim === "done") return conclude(hooks.duplicate, { delivery });
    if (claim === "held") return conclude(hooks.refused, { delivery, ...new Refusal(claim) });
    if (typeof claim !== "string") {
      // Nobody waits for a claim that comes after the interruption.
      void claiming.then((late) => (typeof late === "string" ? release(late) : undefined));
      return conclude(hooks.refused, { delivery, ...claim });
    }

    const started = performance.now();
    const stopRenewing = keepClaim(store, id, claim, lease, () => interrupt("lease_lost"));
    const attempt = async () => {
      let failure: Refusal | undefined;
      const call = async (transaction: Transaction) => {
        try {
          await handler(delivery as never, { signal, transaction });
        } catch (error) {
          failure = new Refusal("handler", error);
          throw error;
        } finally {
          // From here on the store decides, and a renewal that comes too late says nothing.
          stopRenewing();
        }
      };
      try {
        let ours: boolean;
        if (store.transaction) ours = await store.transaction(id, claim, call);
        else {
          // Such a store has no transaction to give: `Transaction` is `undefined`.
          await call(undefined as Transaction);
          ours = await store.done(id, claim);
        }
        return ours ? undefined : new Refusal("lease_lost", new InterruptedError("lease_lost"));
      } catch (error) {
        return failure ?? new Refusal("store", error);
      }
    };
    // A handler that does not listen to its signal is not waited for; what it still does is fenced off by the token.
    const refused = await Promise.race([interrupted, attempt()]);
    stopRenewing();
    const duration = performance.now() - started;
    if (!refused) return conclude(hooks.handled, { delivery, duration });
    // Not where the store failed: the effect may be there, and the lease ends by itself.
    if (refused.code !== "lease_lost" && refused.code !== "store") await release(claim);
    return conclude(hooks.failed, { delivery, duration, ...refused });
  };

  /** Waits until nothing runs, and no longer than `timeout` milliseconds. */
  const settled = async (timeout: number) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise((resolve) => {
      // A timer takes no more than 24.8 days, and would fire at once.
      if (timeout < 2 ** 31) timer = setTimeout(resolve, timeout);
    });
    await Promise.race([over, Promise.all(running.keys())]);
    clearTimeout(timer);
  };

  return {
    isClosing: () => closing,

    /** Claims a delivery and has it handled, unless `outer` is aborted or the receiver is closed. Never rejects. */
    async run(
      delivery: Delivery,
      handler: Handler<never, Transaction>,
      outer: AbortSignal | undefined,
    ): Promise<Answer> {
      const controller = new AbortController();
      let interrupt!: Interrupt;
      const interrupted = new Promise<Refusal>((resolve) => {
        interrupt = (code) => {
          const error = new InterruptedError(code);
          resolve(new Refusal(code, error));
          controller.abort(error);
        };
      });
      const abort = () => interrupt("aborted");
      outer?.addEventListener("abort", abort);
      if (outer?.aborted) abort();
      if (closing) interrupt("closing");
      const finished = work(delivery, handler, controller, interrupt, interrupted);
      running.set(finished, interrupt);
      const answer = await finished;
      running.delete(finished);
      outer?.removeEventListener("abort", abort);
      return answer;
    },

    async close(timeout: number): Promise<void> {
      closing = true;
      await settled(timeout);
      for (const interrupt of running.values()) interrupt("closing");
      await settled(RELEASE_TIMEOUT);
    },
  };
}
