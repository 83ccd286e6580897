import type { Store } from "../../src/index.ts";

/** Two stores as one: each call goes to the other one, as if two processes worked on the same deliveries. */
export function alternating<Transaction>(...stores: [Store<Transaction>, Store<Transaction>]): Store<Transaction> {
  let calls = 0;
  const next = () => stores[calls++ % 2] as Store<Transaction>;
  return {
    claim: (...args) => next().claim(...args),
    renew: (...args) => next().renew(...args),
    done: (...args) => next().done(...args),
    release: (...args) => next().release(...args),
    ...(stores[0].transaction && {
      transaction: (...args: Parameters<NonNullable<Store<Transaction>["transaction"]>>) => {
        const { transaction } = next();
        if (!transaction) throw new Error("Of two stores, one has no transaction.");
        return transaction(...args);
      },
    }),
  };
}
