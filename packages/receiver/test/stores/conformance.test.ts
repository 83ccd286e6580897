import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Claim, memoryStore, type Store } from "../../src/index.ts";
import { storeConformance } from "../../src/stores/conformance.ts";

const claimed = (token: string): Claim => ({ status: "claimed", token });

/** What is wrong with a memory store. */
const FAULTS: Record<string, (store: Store) => Partial<Store>> = {
  "gives everybody the claim": () => ({ claim: async () => claimed(crypto.randomUUID()) }),
  "gives nobody the claim": () => ({ claim: async () => ({ status: "held" }) }),
  "gives the same token twice": (store) => ({
    claim: async (...args) => {
      const claim = await store.claim(...args);
      return claim.status === "claimed" ? claimed("token") : claim;
    },
    done: async () => true,
  }),
  "checks, and then claims": (store) => {
    const seen = new Set<string>();
    return {
      claim: async (id, lease) => {
        const isFree = !seen.has(id);
        await Promise.resolve();
        seen.add(id);
        return isFree ? claimed(`${Math.random()}`) : store.claim(id, lease);
      },
    };
  },
  "never ends a lease": (store) => ({ claim: (id) => store.claim(id, Number.POSITIVE_INFINITY) }),
  "ends leases at once": (store) => ({ claim: (id) => store.claim(id, 0) }),
  "does not renew": (store) => ({ renew: (id, token) => store.renew(id, token, 1) }),
  "renews without end": (store) => ({ renew: (id, token) => store.renew(id, token, Number.POSITIVE_INFINITY) }),
  "lets anybody renew": () => ({ renew: async () => true }),
  "lets anybody mark": () => ({ done: async () => true }),
  "lets anybody release": () => ({ release: async () => true }),
  "marks nothing": (store) => ({ done: store.release }),
  "does not release": (store) => ({ release: (id, token) => store.renew(id, token, 60_000) }),
  "forgets the mark when it is asked for it": (store) => {
    const asked = new Set<string>();
    return {
      claim: async (id, lease) => {
        const answer = await store.claim(id, lease);
        if (answer.status !== "done" || !asked.has(id)) return asked.add(id) && answer;
        return claimed(`${Math.random()}`);
      },
    };
  },
  "marks once only": (store) => {
    const marked = new Set<string>();
    return { done: async (id, token) => !marked.has(token) && marked.add(token) && store.done(id, token) };
  },
  "answers a claim with its token": (store) => ({
    claim: async (...args) => {
      const claim = await store.claim(...args);
      return (claim.status === "claimed" ? claim.token : claim.status) as unknown as Claim;
    },
  }),
  "ignores upper case": (store) => ({
    claim: (id, lease) => store.claim(id.toLowerCase(), lease),
    done: (id, token) => store.done(id.toLowerCase(), token),
  }),
  "cuts ids": (store) => ({
    claim: (id, lease) => store.claim(id.slice(0, 255), lease),
    done: (id, token) => store.done(id.slice(0, 255), token),
  }),
  "has an untested transaction": () => ({ transaction: async () => true }),
};

/** A memory store with a transaction that is right, but for this fault. */
function transactional(
  fault: { checks?: "first"; commits?: "early" | "always"; marks?: "never" | "always"; releases?: boolean } = {},
) {
  const effects = new Set<string>();
  const createStore = (): Store<Set<string>> => {
    const store = memoryStore();
    const holders = new Map<string, string>();
    return {
      ...store,
      async claim(id, lease) {
        const claim = await store.claim(id, lease);
        if (claim.status === "claimed") holders.set(id, claim.token);
        return claim;
      },
      async transaction(id, token, work) {
        const pending = fault.commits === "early" ? effects : new Set<string>();
        const wasOurs = fault.checks === "first" && holders.get(id) === token;
        try {
          await work(pending);
        } catch (error) {
          if (fault.commits === "always") for (const name of pending) effects.add(name);
          if (fault.releases) await store.release(id, token);
          throw error;
        }
        const marked = fault.marks === "never" || (await store.done(id, token)) || wasOurs;
        if (marked || fault.commits === "always") for (const name of pending) effects.add(name);
        return marked || fault.marks === "always";
      },
    };
  };
  const effect = {
    write: async (transaction: Set<string>, name: string) => void transaction.add(name),
    exists: async (name: string) => effects.has(name),
  };
  return { createStore, effect };
}

/** The names of the cases that fail. */
async function failures(cases: ReturnType<typeof storeConformance>): Promise<string[]> {
  const settled = Promise.allSettled(cases.map(({ run }) => run()));
  // The store uses the same fake clock: its leases end at once.
  await vi.advanceTimersByTimeAsync(30_000);
  const outcomes = await settled;
  return cases.filter((_, index) => outcomes[index]?.status === "rejected").map(({ name }) => name);
}

describe("the conformance suite", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each(Object.entries(FAULTS))("sees that a store %s", async (_, fault) => {
    const createStore = () => {
      const store = memoryStore();
      return { ...store, ...fault(store) };
    };
    expect(await failures(storeConformance({ createStore }))).not.toEqual([]);
  });

  test.each([
    { checks: "first" },
    { commits: "early" },
    { commits: "always" },
    { marks: "never" },
    { marks: "always" },
    { releases: true },
  ] as const)("sees that a transaction has %j", async (fault) => {
    expect(await failures(storeConformance(transactional(fault)))).not.toEqual([]);
  });

  test("sees that a store with an effect has no transaction", async () => {
    const { effect } = transactional();
    const cases = storeConformance({ createStore: memoryStore as unknown as () => Store<Set<string>>, effect });
    expect(await failures(cases)).toContain("has no untested transaction");
  });

  test("finds nothing wrong with a right store", async () => {
    expect(await failures(storeConformance({ createStore: () => memoryStore() }))).toEqual([]);
    expect(await failures(storeConformance(transactional()))).toEqual([]);
  });
});
