import { isObject, type Schema } from "@mindbridge-sdk/openapi";
import { generateSync, type JsonSchema } from "json-schema-faker";
import { BREAKERS, LIMITS, mutationsOf, otherValues, placesOf, replaceAt, type SchemaContext } from "../mutations.ts";
import { faker, withoutFaker } from "../samples.ts";
import { formatPath } from "../validator.ts";
import type { Body, BodyValidator } from "./validators.ts";

/** Makes bodies, the same for the same seed. Whether one is valid, a validator decides. */
export interface BodySource {
  /** A body that is meant to be valid. */
  readonly valid: (seed: number) => unknown;
  /** Such a body after one random change, and now and then any JSON. */
  readonly broken: (seed: number) => unknown;
}

export interface BodyOptions extends SchemaContext {
  /** What the body is of, for errors. */
  readonly what: string;
  /** Whether the request needs a body. Where it does not, Prism takes `null` for none. */
  readonly required: boolean;
}

/** Longer candidates would slow down the compiler, and show nothing new. In characters of JSON. */
const LONGEST = 2_000;
/** How many bodies are tried before the faker is found unable to make a valid one. */
const TRIES = 50;

/** One body of this many is any JSON. */
const ANYTHING = 10;
const ANY_JSON: Schema = {
  anyOf: [
    { type: ["string", "integer", "boolean", "null"] },
    { type: "array", items: { type: ["string", "integer", "object"] } },
    { type: "object", properties: { body: { type: "string" } }, additionalProperties: { type: ["integer", "array"] } },
  ],
};

/**
 * Makes bodies of a schema with the faker, and breaks them with the mutations of the contract tests.
 *
 * @throws {Error} that names a keyword, if the faker makes no valid body because of it.
 */
export function bodySource({ document, schema, validate, what, required }: BodyOptions): BodySource {
  const fake = faker(document, schema, { leastItems: 0 });
  function faked(seed: number): unknown {
    for (let next = seed; next < seed + TRIES; next++) {
      const body = fake(next);
      if (body !== undefined) return body;
    }
    return undefined;
  }
  const anything = faker(document, ANY_JSON, { leastItems: 1, alwaysFakeOptionals: true });
  const tries = Array.from({ length: TRIES }, (_, seed) => validate(schema, faked(seed)));
  const isUnable = tries.every((violations) => violations.length > 0);
  const usual = isUnable
    ? withoutFaker(document, schema).find((body) => validate(schema, body).length === 0)
    : undefined;
  const valid = (seed: number): unknown => (isUnable ? usual : faked(seed));
  if (isUnable && usual === undefined) {
    const [{ location, code } = { location: [], code: "the schema" }] = tries[0] ?? [];
    throw new Error(
      `${what}: no valid body can be made, since all of them break \`${code}\` at ${formatPath(location)}.`,
    );
  }
  const sendable = (body: unknown): unknown => (body === null && !required ? [null] : body);

  function mutated(seed: number): unknown {
    const body = valid(seed);
    const context = { document, schema, validate };
    const suggested = [BREAKERS, LIMITS].flatMap((changes) => [...mutationsOf(context, body, changes)]);
    const others = placesOf(body).map(({ path, value }) => ({ location: path, candidates: otherValues(value) }));
    const { location, candidates } = pick([...suggested, ...others], seed + 1);
    const short = candidates.filter((each) => (JSON.stringify(each) ?? "").length < LONGEST);
    return short.length === 0 ? body : replaceAt(body, location, pick(short, seed + 2));
  }

  return {
    valid: (seed) => sendable(valid(seed)),
    broken: (seed) => sendable(seed % ANYTHING === 0 ? anything(seed) : mutated(seed)),
  };
}

function pick<T>(from: readonly T[], seed: number): T {
  return generateSync({ enum: from } as JsonSchema, { seed }) as T;
}

/** What all validators said of a body. */
export interface Judged extends Body {
  readonly accepted: boolean;
}

export interface AgreementOptions {
  readonly validators: readonly BodyValidator[];
  /** Whether the validators have to agree on a body. By default, on each. */
  readonly isDecidable?: (value: unknown) => boolean;
  readonly source: BodySource;
  readonly seed: number;
  /** The least number of different bodies to be accepted, and to be refused. */
  readonly count: number;
}

/** How many bodies are in flight at a time. */
const BATCH = 8;
/** After so many times as many draws as are due without a new body, the schema is taken to have no more. */
const EXHAUSTED = 10;
/** How many times as many bodies as are due are drawn at most. */
const MOST_DRAWS = 20;
/** The most bodies that are tried to make a failing one smaller. */
const MOST_SHRINKS = 1_000;

/**
 * Draws bodies until enough different ones have been accepted and refused, and asks every validator about each. A schema
 * that has fewer different bodies gives what it has.
 *
 * @throws {Error} that shows the smallest body found on which the validators differ, and what each says of it.
 */
export async function expectAgreement(options: AgreementOptions): Promise<Judged[]> {
  const { validators, source, seed, count, isDecidable = () => true } = options;
  const judged = new Map<string, Judged>();
  for (const [wanted, draw] of [
    // About half of the broken ones are accepted.
    [false, source.broken],
    [true, source.valid],
  ] as const) {
    for (let draws = 0, idle = 0; ; draws += BATCH) {
      const found = [...judged.values()].filter(({ accepted }) => accepted === wanted).length;
      if (found >= count || (found > 0 && idle >= EXHAUSTED * count)) break;
      if (draws >= MOST_DRAWS * count) {
        const verdict = wanted ? "accepted" : "refused";
        throw new Error(`Only ${found} different bodies of ${draws} were ${verdict}, not ${count}.`);
      }
      const drawn = Array.from({ length: BATCH }, (_, index) => JSON.stringify(draw(seed + draws + index)));
      const fresh = [...new Set(drawn)].filter((text) => !judged.has(text)).map(bodyOf);
      const added = fresh.filter(({ value }) => isDecidable(value));
      const verdicts = await Promise.all(added.map((body) => verdictsOf(validators, body)));
      for (const [index, body] of added.entries()) {
        const accepted = agreedOn(verdicts[index] ?? []);
        if (accepted === undefined) throw await disagreement(options, body);
        judged.set(body.text, { ...body, accepted });
      }
      idle = added.length === 0 ? idle + BATCH : 0;
    }
  }
  return [...judged.values()];
}

function bodyOf(text: string): Body {
  return { text, value: JSON.parse(text) };
}

/** What each validator says of a body: `true` if it accepts it, or why it has no verdict. */
function verdictsOf(validators: readonly BodyValidator[], body: Body): Promise<(boolean | string)[]> {
  return Promise.all(
    validators.map(async ({ accepts }) => {
      try {
        return await accepts(body);
      } catch (error) {
        return `no verdict (${String(error)})`;
      }
    }),
  );
}

function agreedOn(verdicts: readonly (boolean | string)[]): boolean | undefined {
  const [first] = verdicts;
  return typeof first === "boolean" && verdicts.every((verdict) => verdict === first) ? first : undefined;
}

async function disagreement(
  { validators, seed, isDecidable = () => true }: AgreementOptions,
  body: Body,
): Promise<Error> {
  let smallest = body;
  const queue = [smallerThan(body.value)];
  for (let tries = 0; tries < MOST_SHRINKS; tries++) {
    const { value, done } = queue.at(-1)?.next() ?? { done: true, value: undefined };
    if (done) break;
    const smaller = bodyOf(JSON.stringify(value));
    if (!isDecidable(smaller.value) || agreedOn(await verdictsOf(validators, smaller)) !== undefined) continue;
    smallest = smaller;
    queue.push(smallerThan(smaller.value));
  }
  const verdicts = await verdictsOf(validators, smallest);
  const words = new Map<unknown, string>([
    [true, "accepted"],
    [false, "refused"],
  ]);
  return new Error(
    [
      `The validators differ on a body that was drawn with the seed ${seed}.`,
      `  body: ${smallest.text}`,
      ...validators.map(({ name }, index) => `  ${name}: ${words.get(verdicts[index]) ?? verdicts[index]}`),
    ].join("\n"),
  );
}

/** Values with one part less, or with one part smaller. */
function* smallerThan(value: unknown): Generator {
  if (typeof value === "string" && value !== "") {
    const characters = [...value];
    yield "";
    for (const kept of [characters.slice(0, characters.length / 2), characters.slice(1)]) {
      if (kept.length > 0) yield kept.join("");
    }
  } else if (typeof value === "number" && value !== 0) {
    yield 0;
  } else if (Array.isArray(value)) {
    for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, item] of value.entries())
      for (const smaller of smallerThan(item)) yield value.with(index, smaller);
  } else if (isObject(value)) {
    for (const name of Object.keys(value)) {
      const { [name]: _, ...rest } = value;
      yield rest;
    }
    for (const [name, part] of Object.entries(value)) {
      for (const smaller of smallerThan(part)) yield { ...value, [name]: smaller };
    }
  }
}
