import type { Claim, Store } from "./store.ts";

/** The store to test. */
export interface StoreConformanceOptions<Transaction = undefined> {
  /** Returns the store to test. Each case calls it once, and makes up ids of its own: the store need not be empty. */
  readonly createStore: () => Store<Transaction> | Promise<Store<Transaction>>;
  /** An effect that shows whether transactions are committed. A store that has `transaction` needs it. */
  readonly effect?: Effect<Transaction> | undefined;
}

/** What a handler would write in a transaction of the store. */
export interface Effect<Transaction> {
  /** Writes down `name` in the transaction. */
  write(transaction: Transaction, name: string): Promise<void>;
  /** Whether `name` has been committed, as seen from outside of any transaction. */
  exists(name: string): Promise<boolean>;
}

/** A case that a store must pass, for any test runner. */
export interface ConformanceCase {
  /** What the case expects of the store, such as "gives one of many the claim". */
  readonly name: string;
  /** Rejects with an `Error` that says what the store did instead. */
  run(): Promise<void>;
}

/** A lease that does not end during a case, in milliseconds. */
const LONG = 60_000;

const WITH_EFFECT = "transaction() of the store, when storeConformance is given an effect";
const WITHOUT_EFFECT = "transaction() of the store, when storeConformance is given no effect to test it with";

/** How long a lease of a millisecond may take to end, in milliseconds. */
const PATIENCE = 10_000;

/**
 * What every store must do, as cases for any test runner:
 *
 * ```ts
 * for (const { name, run } of storeConformance({ createStore: () => myStore() })) test(name, run);
 * ```
 *
 * A store may decide whether a token is still valid after its lease has ended, as long as nobody else has claimed the
 * delivery.
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
    await answers(store, id, "held", "A second claim");
  });

  expects("says that a delivery is done once it has been handled", async (store, id) => {
    const token = await claimed(store, id);
    equal(await store.done(id, token), true, "done() with the token of the claim");
    await answers(store, id, "done", "A claim after that");
    await answers(store, id, "done", "Another claim after that");
  });

  expects("marks again with the same token", async (store, id) => {
    const token = await claimed(store, id);
    const both = await Promise.all(Array.from({ length: 2 }, async () => store.done(id, token)));
    equal(both.join(), "true,true", "Two calls of done() at once");
    equal(await store.done(id, token), true, "A third call of done()");
    await answers(store, id, "done", "A claim after that");
  });

  expects("gives one of many the claim", async (store, id) => {
    for (let round = 0; round < 5; round++) {
      const claims = await Promise.all(Array.from({ length: 20 }, async () => store.claim(`${id}.${round}`, LONG)));
      equal(given(claims), 1, "The number of claims given of 20 made at once");
      equal(
        claims.some(({ status }) => status === "done"),
        false,
        'Whether one of them was answered "done"',
      );
    }
  });

  expects("gives one of many the claim after a lease has ended", async (store, id) => {
    await claimed(store, id, 1);
    let taken = 0;
    await waitFor("A delivery whose lease has ended", async () => {
      const claims = await Promise.all(Array.from({ length: 20 }, async () => store.claim(id, LONG)));
      taken += given(claims);
      return taken > 0;
    });
    equal(taken, 1, "The number of claims given of 20 made at once");
  });

  expects("gives each claim another token", async (store, id) => {
    const first = await claimed(store, id);
    await store.release(id, first);
    const second = await claimed(store, id);
    const other = await claimed(store, `${id}.other`);
    equal(new Set([first, second, other]).size, 3, "The number of tokens of three claims");
  });

  expects("lets a released delivery be claimed again", async (store, id) => {
    const token = await claimed(store, id);
    equal(await store.release(id, token), true, "release() with the token of the claim");
    await claimed(store, id);
  });

  expects("refuses the token of a claim that was released", async (store, id) => {
    const token = await claimed(store, id);
    await store.release(id, token);
    await refusesToken(store, id, token);
    await claimed(store, id);
  });

  expects("refuses to renew or release a delivery that is done", async (store, id) => {
    const token = await claimed(store, id);
    await store.done(id, token);
    equal(await store.renew(id, token, LONG), false, "renew() with the token of a delivery that is done");
    equal(await store.release(id, token), false, "release() with the token of a delivery that is done");
    await answers(store, id, "done", "A claim after that");
  });

  expects("lets a claim end by itself, and refuses its token once another holds the delivery", async (store, id) => {
    const old = await claimed(store, id, 1);
    const token = await claimedInTime(store, id);
    await refusesToken(store, id, old);
    await answers(store, id, "held", "A claim after the old token was used");
    equal(await store.done(id, token), true, "done() with the new token");
    await refusesToken(store, id, old);
    await answers(store, id, "done", "A claim after that");
  });

  expects("refuses a token that it never gave", async (store, id) => {
    for (const token of ["", "done", "held", "never given"]) {
      await refusesToken(store, id, token);
      const own = await claimed(store, `${id}.${token}`);
      await refusesToken(store, `${id}.${token}`, token);
      equal(await store.done(`${id}.${token}`, own), true, "done() with the token of the claim");
      await refusesToken(store, `${id}.${token}`, token);
    }
  });

  expects("refuses the token of one delivery for another", async (store, id) => {
    const token = await claimed(store, id);
    await claimed(store, `${id}.other`);
    await refusesToken(store, `${id}.other`, token);
    equal(await store.done(id, token), true, "done() with the token of the claim");
  });

  expects("holds a renewed claim for longer", async (store, id) => {
    const lease = 1_000;
    const token = await claimed(store, id, lease);
    equal(await store.renew(id, token, LONG), true, "renew() with the token of the claim");
    await sleep(lease + 100);
    await answers(store, id, "held", "A claim after the first lease");
    equal(await store.done(id, token), true, "done() with the token of the renewed claim");
  });

  expects("counts a lease from its renewal", async (store, id) => {
    const token = await claimed(store, id);
    equal(await store.renew(id, token, 1), true, "renew() with the token of the claim");
    await claimedInTime(store, id);
  });

  expects("takes leases that are not whole milliseconds", async (store, id) => {
    const token = await claimed(store, id, 10_000 / 3);
    equal(await store.renew(id, token, 20_000 / 3), true, "renew() with the token of the claim");
    await claimed(store, `${id}.infinite`, Number.POSITIVE_INFINITY);
    await answers(store, `${id}.infinite`, "held", "A claim on a delivery that is claimed without end");
  });

  expects("tells ids apart, whatever characters they hold", async (store, id) => {
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
        await answers(store, each, "done", "A claim after that");
      }),
    );
  });

  expects("has no untested transaction", async (store) => {
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
    await answers(store, id, "done", "A claim after that");
    equal(await store.renew(id, token, LONG), false, "renew() with the token of a delivery that is done");
    equal(await store.release(id, token), false, "release() with the token of a delivery that is done");
  });

  expectsTransaction("answers repeats of other deliveries meanwhile", async (transaction, store, id) => {
    const [token, done] = [await claimed(store, id), await claimed(store, `${id}.done`)];
    await store.done(`${id}.done`, done);
    await claimed(store, `${id}.held`);
    await transaction(id, token, async () => {
      await answers(store, `${id}.done`, "done", "A claim on another delivery that is done");
      await answers(store, `${id}.held`, "held", "A claim on another delivery that is held");
    });
  });

  expectsTransaction("keeps effect and mark to itself until it commits", async (transaction, store, id) => {
    const token = await claimed(store, id);
    await transaction(id, token, async (given) => {
      await effect.write(given, id);
      equal(await store.renew(id, token, LONG), true, "renew() while the transaction is open");
      await answers(store, id, "held", "A claim while the transaction is open");
    });
    await answers(store, id, "done", "A claim after that");
  });

  expectsTransaction("rolls back a failure, and keeps the claim", async (transaction, store, id) => {
    const token = await claimed(store, id);
    const failure = new Error("The work fails.");
    const outcome = await transaction(id, token, async (given) => {
      await effect.write(given, id);
      throw failure;
    }).catch((error: unknown) => error);
    equal(outcome, failure, "What transaction() rejected with");
    equal(await effect.exists(id), false, "Whether the effect is there");
    await answers(store, id, "held", "A claim after that");
    equal(await store.release(id, token), true, "release() with the token of the claim");
    await claimed(store, id);
  });

  expectsTransaction("rolls back if the claim is another's", async (transaction, store, id) => {
    const old = await claimed(store, id, 1);
    const token = await claimedInTime(store, id);
    equal(await transaction(id, old, (given) => effect.write(given, id)), false, "transaction() with the old token");
    equal(await effect.exists(id), false, "Whether the effect is there");
    await answers(store, id, "held", "A claim after that");
    equal(await transaction(id, token, (given) => effect.write(given, id)), true, "transaction() with the new token");
    equal(await effect.exists(id), true, "Whether the effect of the new token is there");
  });

  expectsTransaction(
    "gives the claim to another or commits, if its lease ends meanwhile",
    async (transaction, store, id) => {
      const token = await claimed(store, id, 1);
      let taken: string | undefined;
      const committed = await transaction(id, token, async (given) => {
        await effect.write(given, id);
        await sleep(100);
        const claim = await store.claim(id, LONG);
        if (statusOf(claim) === "claimed") taken = tokenOf(claim);
      });
      equal(await effect.exists(id), committed, "Whether the effect is there");
      if (committed) {
        equal(taken, undefined, "What another was given meanwhile, of a delivery that was committed");
        await answers(store, id, "done", "A claim after that");
      } else {
        equal(await store.done(id, taken ?? (await claimedInTime(store, id))), true, "done() with the new token");
      }
    },
  );

  expectsTransaction("keeps many deliveries apart", async (transaction, store, id) => {
    const ids = Array.from({ length: 30 }, (_, index) => `${id}.${index}`);
    await Promise.all(
      ids.map(async (each, index) => {
        const token = await claimed(store, each);
        const fails = index % 3 === 0;
        const outcome = await transaction(each, token, async (given) => {
          await effect.write(given, each);
          if (fails) throw new Error("The work fails.");
        }).catch(() => "failed");
        equal(outcome, fails ? "failed" : true, "The outcome of transaction()");
        equal(await effect.exists(each), !fails, "Whether the effect is there");
        await answers(store, each, fails ? "held" : "done", "A claim after that");
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

/** What a store that is not written in TypeScript may answer to a claim. */
const statusOf = (claim: Claim): unknown => (claim as Partial<Claim> | undefined)?.status;

/** How many of these claims were given. */
const given = (claims: readonly Claim[]) => claims.filter((claim) => statusOf(claim) === "claimed").length;

async function answers<T>(store: Store<T>, id: string, status: Claim["status"], what: string): Promise<void> {
  equal(statusOf(await store.claim(id, LONG)), status, what);
}

/** The token of a claim that must be given. */
async function claimed<T>(store: Store<T>, id: string, lease = LONG): Promise<string> {
  const claim = await store.claim(id, lease);
  equal(statusOf(claim), "claimed", "A claim on a delivery that can be claimed");
  return tokenOf(claim);
}

/** The token of a claim that must be given as soon as the one before has ended. */
async function claimedInTime<T>(store: Store<T>, id: string): Promise<string> {
  let claim: Claim = { status: "held" };
  await waitFor("A delivery whose lease has ended", async () => {
    claim = await store.claim(id, LONG);
    return statusOf(claim) !== "held";
  });
  equal(statusOf(claim), "claimed", "A claim on a delivery whose lease has ended");
  return tokenOf(claim);
}

function tokenOf(claim: Claim): string {
  const token: unknown = "token" in claim ? claim.token : undefined;
  equal(typeof token, "string", "The type of the token");
  return token as string;
}

async function waitFor(what: string, happened: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!(await happened())) {
    if (performance.now() > deadline) throw new Error(`${what} can still not be claimed after ${PATIENCE} ms.`);
    await sleep(5);
  }
}

/** Nothing can be done with this token. */
async function refusesToken<T>(store: Store<T>, id: string, token: string): Promise<void> {
  equal(await store.renew(id, token, LONG), false, "renew() with a token that holds nothing");
  equal(await store.done(id, token), false, "done() with a token that holds nothing");
  equal(await store.release(id, token), false, "release() with a token that holds nothing");
}
