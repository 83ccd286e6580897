import type { Store } from "../../src/index.ts";

/** Two stores as one: they take turns to answer, as if two processes worked on the same deliveries. */
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

/** The token of a claim that must be given. */
export async function claimed<T>(store: Pick<Store<T>, "claim">, id: string, lease = 60_000): Promise<string> {
  const claim = await store.claim(id, lease);
  if (claim.status !== "claimed") throw new Error(`The claim on ${id} was not given: it is ${claim.status}.`);
  return claim.token;
}

export const DONE = { status: "done" } as const;
export const HELD = { status: "held" } as const;
