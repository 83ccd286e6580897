import { expect, test } from "vitest";
import { createReceiver, memoryStore } from "../../src/index.ts";
import { createSigner } from "./support.ts";

const keys = createSigner().publicKey;
const create = (options: object) => () =>
  createReceiver({ keys, store: memoryStore(), ...options }).on("analysis.completed", () => {});

const NUMBERS = ["tolerance", "maxBodyBytes", "maxPendingBytes", "bodyTimeout", "keyTimeout", "retryAfter", "lease"];
const { claim: _claim, ...noClaim } = memoryStore();
const { done: _done, ...noDone } = memoryStore();

test.each<[object, string]>([
  ...NUMBERS.flatMap((name): [object, string][] => [
    [{ [name]: Number.NaN }, `${name} is NaN. It must be a number of at least 0.`],
    [{ [name]: -1 }, `${name} is -1. It must be a number of at least 0.`],
    [{ [name]: "1mb" }, `${name} is of the type string. It must be a number of at least 0.`],
  ]),
  [{ lease: 0 }, "lease must be above 0."],
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
