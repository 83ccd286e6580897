import { expect, test } from "vitest";
import { createReceiver, memoryStore, verify } from "../../src/index.ts";
import { postgresStore } from "../../src/stores/postgres.ts";
import { redisStore } from "../../src/stores/redis.ts";
import { sqliteStore } from "../../src/stores/sqlite.ts";
import { createSigner } from "./support.ts";

const keys = createSigner().publicKey;
const create = (options: object) => () =>
  createReceiver({ keys, store: memoryStore(), ...options }).on("analysis.completed", () => {});

const NUMBERS = ["tolerance", "maxBodyBytes", "maxPendingBytes", "bodyTimeout", "keyTimeout", "retryAfter", "lease"];
/** Its options are checked before it is. */
const client = {} as never;
const { claim: _claim, ...noClaim } = memoryStore();
const { done: _done, ...noDone } = memoryStore();

test.each<[object, string]>([
  ...NUMBERS.flatMap((name): [object, string][] => [
    [{ [name]: Number.NaN }, `${name} is NaN. It must be a number of at least 0.`],
    [{ [name]: -1 }, `${name} is -1. It must be a number of at least 0.`],
    [{ [name]: "1mb" }, `${name} is of the type string. It must be a number of at least 0.`],
  ]),
  [{ lease: 0 }, "lease is in milliseconds: 0 is less than a second."],
  [{ lease: 30 }, "lease is in milliseconds: 30 is less than a second."],
  [{ tolerance: 300_000 }, "tolerance is in seconds: 300000 is more than a day."],
  [{ retryAfter: 90_000 }, "retryAfter is in seconds: 90000 is more than a day."],
  [{ tolerence: 600 }, 'createReceiver has no option "tolerence".'],
  [{ hooks: { failled: () => {} } }, 'There is no hook "failled".'],
  [{ hooks: { failed: 1 } }, "hooks.failed must be a function."],
  [{ allowTestKey: "false" }, "allowTestKey must be true or false."],
  [{ retryAfter: Number.POSITIVE_INFINITY }, "retryAfter must be finite."],
  [{ now: 5 }, "now must be a function."],
  [{ store: undefined }, "store has no method claim. Is it set, and awaited if it is a promise?"],
  [{ store: Promise.resolve(memoryStore()) }, "store has no method claim. Is it set, and awaited if it is a promise?"],
  [{ store: noClaim }, "store has no method claim. Is it set, and awaited if it is a promise?"],
  [{ store: noDone }, "store has no method done. Is it set, and awaited if it is a promise?"],
])("an option that cannot work is refused at once: %j", (options, message) => {
  expect(create(options)).toThrow(
    expect.objectContaining({ name: "ConfigurationError", code: "configuration", message }),
  );
});

test.each<[() => unknown, string]>([
  [() => memoryStore({ maxEntires: 5 } as object), 'memoryStore has no option "maxEntires".'],
  [() => memoryStore({ ttl: "1d" } as object), "ttl is of the type string. It must be a number of at least 0."],
  [() => redisStore(client, { prefx: "a" } as object), 'redisStore has no option "prefx".'],
  [() => postgresStore(client, { tabel: "a" } as object), 'postgresStore has no option "tabel".'],
  [() => postgresStore(client, { transactional: "false" } as object), "transactional must be true or false."],
  [() => sqliteStore(client, { tabel: "a" } as object), 'sqliteStore has no option "tabel".'],
])("an option of a store that cannot work is refused at once (%#)", (make, message) => {
  expect(make).toThrow(expect.objectContaining({ name: "ConfigurationError", code: "configuration", message }));
});

test("the test key is not taken because of a text", async () => {
  const delivery = createSigner().deliver();
  const options = { keys, allowTestKey: "false" as unknown as boolean };
  await expect(verify(delivery, options)).rejects.toThrow("allowTestKey must be true or false.");
});

test("a receiver without options is refused, and the error says what it needs", () => {
  const message = "createReceiver needs its options: keys and store.";
  expect(() => (createReceiver as () => unknown)()).toThrow(
    expect.objectContaining({ code: "configuration", message }),
  );
});

test.each(NUMBERS)("%s may be undefined, 0 or Infinity, where that means something", (name) => {
  expect(create({ [name]: undefined })).not.toThrow();
  if (name !== "lease") expect(create({ [name]: 0 })).not.toThrow();
  if (name !== "retryAfter") expect(create({ [name]: Number.POSITIVE_INFINITY })).not.toThrow();
});
