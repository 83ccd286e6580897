import * as fc from "fast-check";
import { replaceAt } from "../place.ts";
import { isRecord, type Path } from "../schema.ts";
import { anyJson, anyName } from "./any-json.ts";

/** A place in a body, and what stands there. */
interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/** Random choices, to be made by what is there to choose from. */
interface Choices {
  /** One of a list; nothing of an empty one. */
  readonly pick: <T>(from: readonly T[]) => T | undefined;
  readonly name: string;
  readonly json: unknown;
}

/** Makes something else of a body; nothing where it has nothing to change in this way. */
type Mutation = (places: readonly Place[], body: unknown, choices: Choices) => unknown;

const ONE_OF_EACH: readonly unknown[] = ["text", "", 0, 7, -1, 1.5, 2 ** 40, true, false, [], ["text"], {}, null];

/** The single accidents that befall a body. Whether one breaks it, the schema decides. */
const MUTATIONS: readonly Mutation[] = [
  function dropProperty(places, body, { pick }) {
    const place = pick(places.filter(({ value }) => isRecord(value) && Object.keys(value).length > 0));
    if (!isRecord(place?.value)) return undefined;
    const { [pick(Object.keys(place.value)) ?? ""]: _dropped, ...rest } = place.value;
    return replaceAt(body, place.path, rest);
  },
  function addProperty(places, body, { pick, name, json }) {
    const place = pick(places.filter(({ value }) => isRecord(value)));
    return isRecord(place?.value)
      ? replaceAt(body, place.path, Object.fromEntries([...Object.entries(place.value), [name, json]]))
      : undefined;
  },
  function renameProperty(places, body, { pick }) {
    const place = pick(places.filter(({ value }) => isRecord(value) && Object.keys(value).length > 0));
    if (!isRecord(place?.value)) return undefined;
    const name = pick(Object.keys(place.value)) ?? "";
    const { [name]: value, ...rest } = place.value;
    return replaceAt(body, place.path, { ...rest, [name.toUpperCase()]: value });
  },
  function otherType(places, body, { pick }) {
    const place = pick(places);
    const values = ONE_OF_EACH.filter((value) => jsonType(value) !== jsonType(place?.value));
    return place && replaceAt(body, place.path, pick(values));
  },
  function toNull(places, body, { pick }) {
    const place = pick(places);
    return place && replaceAt(body, place.path, null);
  },
  function toEmpty(places, body, { pick }) {
    const place = pick(places.filter(({ value }) => typeof value === "string" || typeof value === "object"));
    if (!place) return undefined;
    return replaceAt(body, place.path, typeof place.value === "string" ? "" : Array.isArray(place.value) ? [] : {});
  },
  function toOtherText(places, body, { pick }) {
    const place = pick(places.filter(({ value }) => typeof value === "string"));
    if (typeof place?.value !== "string") return undefined;
    const { value } = place;
    const [first = "", ...others] = value;
    const texts = [`${value}_UNLISTED`, value.toLowerCase(), ` ${value}`, first, others.join(""), value.repeat(20)];
    return replaceAt(body, place.path, pick(texts));
  },
  function toOtherNumber(places, body, { pick }) {
    const place = pick(places.filter(({ value }) => typeof value === "number"));
    if (typeof place?.value !== "number") return undefined;
    const { value } = place;
    const numbers = [value + 1, value - 1, value + 0.5, -value, value * 1_000, 2 ** 31, 2 ** 40];
    return replaceAt(body, place.path, pick(numbers.filter(isExact)));
  },
  function changeItems(places, body, { pick, json }) {
    const place = pick(places.filter(({ value }) => Array.isArray(value)));
    if (!Array.isArray(place?.value)) return undefined;
    const items: unknown[] = place.value;
    const lists = [[...items, json], [...items, ...items], items.slice(1), Array(10).fill(items).flat()];
    return replaceAt(body, place.path, pick(lists));
  },
  function replaceWhole(_, body, { pick, json }) {
    return pick([[body], [], null, JSON.stringify(body), "", 0, true, { body }, json]);
  },
];

/**
 * Bodies that one accident has befallen, and a share of any JSON. Not all of them are invalid: ask a validator.
 *
 * @param options.required Whether the request needs a body: where it does not, Prism takes `null` for none.
 */
export function brokenBodies(
  valid: fc.Arbitrary<unknown>,
  { required }: { readonly required: boolean },
): fc.Arbitrary<unknown> {
  const numbers = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });
  const mutated = fc
    .tuple(valid, fc.nat(MUTATIONS.length - 1), numbers, anyName, anyJson)
    .map(([body, which, chosen, name, json]) => {
      let next = 0;
      const pick = <T>(from: readonly T[]): T | undefined => from[(chosen[next++ % chosen.length] ?? 0) % from.length];
      const changed = MUTATIONS[which]?.(placesOf(body), body, { pick, name, json });
      return changed === undefined ? json : changed;
    });
  return fc
    .oneof({ weight: 19, arbitrary: mutated }, { weight: 1, arbitrary: anyJson })
    .filter((body) => required || body !== null);
}

/** The longest body that is written out for every word and place, in characters. */
const LONGEST_SAMPLE = 500;

/** Of bodies that are all accepted, one that shows as many places as a short one can: a long one costs more than it shows. */
export function sampleOf<Sample extends { readonly text: string; readonly value: unknown }>(
  bodies: readonly Sample[],
): Sample | undefined {
  const byLength = bodies.toSorted((one, other) => one.text.length - other.text.length);
  const short = byLength.filter(({ text }) => text.length <= LONGEST_SAMPLE);
  const [first, ...others] = short.length > 0 ? short : byLength.slice(0, 1);
  return others.reduce(
    (best, each) =>
      best === undefined || kindsOfPlaces(each.value).length > kindsOfPlaces(best.value).length ? each : best,
    first,
  );
}

/** A body in which words stand in place of each text, and are names of properties beside the others. */
export function withWords(body: unknown, words: readonly string[]): unknown[] {
  const places = kindsOfPlaces(body);
  return words.flatMap((word) =>
    places.flatMap(({ path, value }) => {
      if (typeof value === "string") return [replaceAt(body, path, word)];
      if (!isRecord(value) || word in value) return [];
      return ["text", 1, true, [], {}, null].map((each) => replaceAt(body, path, { ...value, [word]: each }));
    }),
  );
}

/** The places of a body, and of all items of a list only the first of each kind: the others have the same schema. */
function kindsOfPlaces(body: unknown): Place[] {
  const kinds = new Map<string, Place>();
  for (const place of placesOf(body)) {
    const path = place.path.map((key) => (/^\d+$/.test(key) ? "*" : key));
    const kind = JSON.stringify([path, jsonType(place.value)]);
    if (!kinds.has(kind)) kinds.set(kind, place);
  }
  return [...kinds.values()];
}

function placesOf(value: unknown, path: Path = []): Place[] {
  const inner = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [{ path, value }, ...inner.flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

/** Beyond this range a number is rounded, and validators do so in their own ways. */
function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
