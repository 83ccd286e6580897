import { type InterruptedCode, InterruptedError } from "../errors/interrupted-error.ts";
import type { Store } from "../stores/store.ts";
import type { Delivery } from "../verify/delivery.ts";
import { Refusal } from "./answers.ts";
import { keepClaim } from "./lease.ts";
import type { HandlerContext } from "./types.ts";

/** How long `close` waits for the store to release what was not handled to the end, in milliseconds. */
const RELEASE_TIMEOUT = 1_000;

/** What became of a delivery: the hook that is to be told, and, where it was not handled, what to answer. */
export interface Outcome {
  readonly hook: "duplicate" | "handled" | "refused" | "failed";
  readonly refusal?: Refusal;
  /** Milliseconds since it was claimed. */
  readonly duration: number;
}

interface Running {
  readonly interrupt: (code: InterruptedCode) => void;
  readonly finished: Promise<unknown>;
}

/** Has each delivery handled once, by whoever shares `store`. */
export function createWorker<Transaction>(store: Store<Transaction>, lease: number) {
  const running = new Set<Running>();
  let closing = false;

  const work = async (
    delivery: Delivery,
    handle: (context: HandlerContext<Transaction>) => unknown,
    signal: AbortSignal,
    interrupt: (code: InterruptedCode) => void,
    interrupted: Promise<Refusal>,
  ): Promise<Outcome> => {
    // An id holds no dot, so no two pairs of id and sender give the same.
    const id = `${delivery.id}.${delivery.senderId ?? ""}`;
    if (signal.aborted) return { hook: "refused", refusal: await interrupted, duration: 0 };
    const claiming = claimIn(store, id, lease);
    const claim = await Promise.race([claiming, interrupted]);
    if (claim === "done") return { hook: "duplicate", duration: 0 };
    if (claim === "held") return { hook: "refused", refusal: new Refusal("held"), duration: 0 };
    if (claim instanceof Refusal) {
      // Nobody waits for a claim that comes after the interruption.
      if (signal.aborted)
        void claiming.then((late) => (typeof late === "string" ? release(store, id, late) : undefined));
      return { hook: "refused", refusal: claim, duration: 0 };
    }

    const started = performance.now();
    const stopRenewing = keepClaim(store, id, claim, lease, () => interrupt("lease_lost"));
    const attempt = async () => {
      let failure: Refusal | undefined;
      const call = async (transaction: Transaction) => {
        try {
          await handle({ signal, transaction });
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
    const refusal = await Promise.race([attempt(), interrupted]);
    stopRenewing();
    // Not where the store failed: the effect may be there, and the lease ends by itself.
    if (refusal && refusal.code !== "lease_lost" && refusal.code !== "store") {
      await release(store, id, claim);
    }
    const duration = performance.now() - started;
    return refusal ? { hook: "failed", refusal, duration } : { hook: "handled", duration };
  };

  const settled = async (timeout: number) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise((resolve) => {
      // A timer takes no more than 24.8 days, and would fire at once.
      if (timeout < 2 ** 31) timer = setTimeout(resolve, timeout);
    });
    await Promise.race([Promise.all(Array.from(running, ({ finished }) => finished)), over]);
    clearTimeout(timer);
  };

  return {
    isClosing: () => closing,

    /** Claims a delivery and has it handled. Never rejects. */
    async run(
      delivery: Delivery,
      handle: (context: HandlerContext<Transaction>) => unknown,
      outer: AbortSignal | undefined,
    ): Promise<Outcome> {
      const controller = new AbortController();
      let interrupt: Running["interrupt"] = () => {};
      const interrupted = new Promise<Refusal>((resolve) => {
        interrupt = (code) => {
          const error = new InterruptedError(code);
          resolve(new Refusal(code, error));
          controller.abort(error);
        };
      });
      const abort = () => interrupt("aborted");
      outer?.addEventListener("abort", abort);
      if (closing) interrupt("closing");
      if (outer?.aborted) abort();
      const finished = work(delivery, handle, controller.signal, interrupt, interrupted);
      const entry = { interrupt, finished };
      running.add(entry);
      try {
        return await finished;
      } finally {
        running.delete(entry);
        outer?.removeEventListener("abort", abort);
      }
    },

    async close(timeout: number): Promise<void> {
      closing = true;
      await settled(timeout);
      for (const { interrupt } of running) interrupt("closing");
      await settled(RELEASE_TIMEOUT);
    },
  };
}

async function claimIn<T>(store: Store<T>, id: string, lease: number): Promise<string | Refusal> {
  try {
    return await store.claim(id, lease);
  } catch (error) {
    return new Refusal("store", error);
  }
}

async function release<T>(store: Store<T>, id: string, token: string): Promise<void> {
  try {
    await store.release(id, token);
  } catch {
    // The lease ends by itself.
  }
}
