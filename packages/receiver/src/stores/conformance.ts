import type { Store } from "./store.ts";

export interface StoreConformanceOptions<Transaction = undefined> {
  /** Gives the store to test, empty or not: each case makes up ids of its own. Called once for each case. */
  readonly createStore: () => Store<Transaction> | Promise<Store<Transaction>>;
  /** An effect to see whether transactions are committed. Needed for a store that has `transaction`. */
  readonly effect?: Effect<Transaction> | undefined;
}

export interface Effect<Transaction> {
  /** Notes `name` where others can read it once the transaction has been committed. */
  write(transaction: Transaction, name: string): Promise<void>;
  /** Whether `name` has been noted, as seen from outside of any transaction. */
  exists(name: string): Promise<boolean>;
}

export interface ConformanceCase {
  /** What is expected of the store, such as "gives one of many the claim". */
  readonly name: string;
  /** Rejects with an `Error` that says what the store did, where that is not what is expected. */
  run(): Promise<void>;
}

/** Long enough for a lease not to end amid a case, in milliseconds. */
const LONG = 60_000;

const WITH_EFFECT = "transaction() of the store, where storeConformance is given an effect";
const WITHOUT_EFFECT = "transaction() of the store, where storeConformance is given no effect to test it with";

/** How long a lease of a millisecond may take to end, in milliseconds. */
const PATIENCE = 10_000;

/**
 * What every store has to fulfil, as cases for any test runner:
 *
 * ```ts
 * for (const { name, run } of storeConformance({ createStore: () => myStore() })) test(name, run);
 * ```
 *
 * What a token is worth whose lease has ended and whose delivery nobody else has taken is left to the store.
 */
export function storeConformance<Transaction = undefined>({
  createStore,
  effect,
}: StoreConformanceOptions<Transaction>): ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  const expects = (name: string, run: (store: Store<Transaction>, id: string) => Promise<void>) => {
    cases.push({ name, run: async () => run(await createStore(), newId()) });
  };

  expects("gives a token for a delivery that nobody has claimed", async (store, id) => {
    await claimed(store, id);
  });

  expects("says that a delivery is held while its claim lasts", async (store, id) => {
    await claimed(store, id);
    equal(await store.claim(id, LONG), "held", "A second claim");
  });

  expects("says that a delivery is done once it has been handled", async (store, id) => {
    const token = await claimed(store, id);
    equal(await store.done(id, token), true, "done() with the token of the claim");
    equal(await store.claim(id, LONG), "done", "A claim after that");
    equal(await store.claim(id, LONG), "done", "Another claim after that");
  });

  expects("gives one of many the claim", async (store, id) => {
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.claim(`${id}.${round}`, LONG)));
      equal(answers.filter((answer) => answer !== "held").length, 1, "The number of claims given of 20 made at once");
      equal(answers.includes("done"), false, 'Whether one of them was answered "done"');
    }
  });

  expects("gives one of many the claim whose lease has ended", async (store, id) => {
    await claimed(store, id, 1);
    let taken = 0;
    await waitFor("A delivery whose lease has ended", async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.claim(id, LONG)));
      taken += answers.filter((answer) => answer !== "held").length;
      return taken > 0;
    });
    equal(taken, 1, "The number of claims given of 20 made at once");
  });

  expects("gives every claim a token of its own", async (store, id) => {
    const first = await claimed(store, id);
    await store.release(id, first);
    const second = await claimed(store, id);
    const other = await claimed(store, `${id}.other`);
    equal(new Set([first, second, other]).size, 3, "The number of tokens of three claims");
  });

  expects("lets a delivery be claimed again that was released", async (store, id) => {
    const token = await claimed(store, id);
    equal(await store.release(id, token), true, "release() with the token of the claim");
    await claimed(store, id);
  });

  expects("takes the token of a released claim for nothing", async (store, id) => {
    const token = await claimed(store, id);
    await store.release(id, token);
    await isWorthNothing(store, id, token);
    await claimed(store, id);
  });

  expects("takes the token of a delivery that is done for nothing", async (store, id) => {
    const token = await claimed(store, id);
    await store.done(id, token);
    await isWorthNothing(store, id, token);
    equal(await store.claim(id, LONG), "done", "A claim after that");
  });

  expects("lets a claim end by itself, and fences its token off", async (store, id) => {
    const old = await claimed(store, id, 1);
    const token = await claimedInTime(store, id);
    await isWorthNothing(store, id, old);
    equal(await store.claim(id, LONG), "held", "A claim after the old token was used");
    equal(await store.done(id, token), true, "done() with the new token");
    await isWorthNothing(store, id, old);
    equal(await store.claim(id, LONG), "done", "A claim after that");
  });

  expects("takes a token that it never gave for nothing", async (store, id) => {
    for (const token of ["", "done", "held", "never given"]) {
      await isWorthNothing(store, id, token);
      const own = await claimed(store, `${id}.${token}`);
      await isWorthNothing(store, `${id}.${token}`, token);
      equal(await store.done(`${id}.${token}`, own), true, "done() with the token of the claim");
      await isWorthNothing(store, `${id}.${token}`, token);
    }
  });

  expects("takes the token of one delivery for nothing with another", async (store, id) => {
    const token = await claimed(store, id);
    await claimed(store, `${id}.other`);
    await isWorthNothing(store, `${id}.other`, token);
    equal(await store.done(id, token), true, "done() with the token of the claim");
  });

  expects("lets a renewed claim hold for longer", async (store, id) => {
    const lease = 1_000;
    const token = await claimed(store, id, lease);
    equal(await store.renew(id, token, LONG), true, "renew() with the token of the claim");
    await sleep(lease + 100);
    equal(await store.claim(id, LONG), "held", "A claim after the first lease");
    equal(await store.done(id, token), true, "done() with the token of the renewed claim");
  });

  expects("counts a lease from its renewal", async (store, id) => {
    const token = await claimed(store, id);
    equal(await store.renew(id, token, 1), true, "renew() with the token of the claim");
    await claimedInTime(store, id);
  });

  expects("takes leases that are no whole number of milliseconds", async (store, id) => {
    const token = await claimed(store, id, 10_000 / 3);
    equal(await store.renew(id, token, 20_000 / 3), true, "renew() with the token of the claim");
    await claimed(store, `${id}.infinite`, Number.POSITIVE_INFINITY);
    equal(await store.claim(`${id}.infinite`, LONG), "held", "A claim on what is claimed without end");
  });

  expects("tells ids apart, whatever they hold", async (store, id) => {
    const long = "x".repeat(10_000);
    const plain = [
      "",
      " ",
      "a",
      "A",
      "ä",
      "a\u0308",
      "%",
      "_",
      "*",
      "?",
      "'",
      '"',
      "\\",
      "\n",
      "{a}",
      "{b}",
      ":",
      "😀",
    ];
    const odd = ["\0", "\0b", "\ud800", "\udfff", "\ufffd", long, `${long}y`];
    const ids = plain.concat(odd).map((each) => id + each);
    const tokens = await Promise.all(ids.map((each) => claimed(store, each)));
    await Promise.all(
      ids.map(async (each, index) => {
        equal(await store.done(each, tokens[index] as string), true, "done() with the token of the claim");
        equal(await store.claim(each, LONG), "done", "A claim after that");
      }),
    );
  });

  expects("has no transaction that is not tested", async (store) => {
    equal(typeof store.transaction, effect ? "function" : "undefined", effect ? WITH_EFFECT : WITHOUT_EFFECT);
  });
  if (!effect) return cases;

  const expectsTransaction = (
    name: string,
    run: (
      transaction: NonNullable<Store<Transaction>["transaction"]>,
      store: Store<Transaction>,
      id: string,
    ) => Promise<void>,
  ) =>
    expects(`in a transaction, ${name}`, (store, id) =>
      run((...args) => (store.transaction as NonNullable<typeof store.transaction>)(...args), store, id),
    );

  expectsTransaction("commits the effect and the mark", async (transaction, store, id) => {
    const token = await claimed(store, id);
    const committed = await transaction(id, token, (given) => effect.write(given, id));
    equal(committed, true, "transaction() with the token of the claim");
    equal(await effect.exists(id), true, "Whether the effect is there");
    equal(await store.claim(id, LONG), "done", "A claim after that");
    await isWorthNothing(store, id, token);
  });

  expectsTransaction("keeps the effect to itself until it is done", async (transaction, store, id) => {
    const token = await claimed(store, id);
    await transaction(id, token, async (given) => {
      await effect.write(given, id);
      equal(await store.renew(id, token, LONG), true, "renew() while the transaction is open");
      equal(await store.claim(id, LONG), "held", "A claim while the transaction is open");
    });
    equal(await store.claim(id, LONG), "done", "A claim after that");
  });

  expectsTransaction("rolls back what failed, and keeps the claim", async (transaction, store, id) => {
    const token = await claimed(store, id);
    const failure = new Error("The work fails.");
    const outcome = await transaction(id, token, async (given) => {
      await effect.write(given, id);
      throw failure;
    }).catch((error: unknown) => error);
    equal(outcome, failure, "What transaction() rejected with");
    equal(await effect.exists(id), false, "Whether the effect is there");
    equal(await store.claim(id, LONG), "held", "A claim after that");
    equal(await store.release(id, token), true, "release() with the token of the claim");
    await claimed(store, id);
  });

  expectsTransaction("rolls back what was no longer its own", async (transaction, store, id) => {
    const old = await claimed(store, id, 1);
    const token = await claimedInTime(store, id);
    equal(await transaction(id, old, (given) => effect.write(given, id)), false, "transaction() with the old token");
    equal(await effect.exists(id), false, "Whether the effect is there");
    equal(await store.claim(id, LONG), "held", "A claim after that");
    equal(await transaction(id, token, (given) => effect.write(given, id)), true, "transaction() with the new token");
    equal(await effect.exists(id), true, "Whether the effect of the new token is there");
  });

  expectsTransaction("keeps many apart", async (transaction, store, id) => {
    const ids = Array.from({ length: 30 }, (_, index) => `${id}.${index}`);
    await Promise.all(
      ids.map(async (each, index) => {
        const token = await claimed(store, each);
        const fails = index % 3 === 0;
        const outcome = await transaction(each, token, async (given) => {
          await effect.write(given, each);
          if (fails) throw new Error("The work fails.");
        }).catch(() => "failed");
        equal(outcome, fails ? "failed" : true, "What became of transaction()");
        equal(await effect.exists(each), !fails, "Whether the effect is there");
        equal(await store.claim(each, LONG), fails ? "held" : "done", "A claim after that");
      }),
    );
  });

  return cases;
}

const newId = () => `conformance.${crypto.randomUUID()}`;

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

function equal(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: expected ${String(expected)}, got ${String(actual)}.`);
}

/** The token of a claim that has to be given. */
async function claimed<T>(store: Store<T>, id: string, lease = LONG): Promise<string> {
  const answer = await store.claim(id, lease);
  if (typeof answer !== "string" || answer === "done" || answer === "held") {
    throw new Error(`A claim on a delivery that can be claimed: expected a token, got ${answer}.`);
  }
  return answer;
}

/** The token of a claim that has to be given as soon as the one before has ended. */
async function claimedInTime<T>(store: Store<T>, id: string): Promise<string> {
  let token = "held";
  await waitFor("A delivery whose lease has ended", async () => {
    token = await store.claim(id, LONG);
    return token !== "held";
  });
  equal(token === "done", false, "Whether a delivery that was never handled is done");
  return token;
}

async function waitFor(what: string, happened: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!(await happened())) {
    if (performance.now() > deadline) throw new Error(`${what} can still not be claimed after ${PATIENCE} ms.`);
    await sleep(5);
  }
}

/** Whether nothing can be done with this token. */
async function isWorthNothing<T>(store: Store<T>, id: string, token: string): Promise<void> {
  equal(await store.renew(id, token, LONG), false, "renew() with a token that holds nothing");
  equal(await store.done(id, token), false, "done() with a token that holds nothing");
  equal(await store.release(id, token), false, "release() with a token that holds nothing");
}
