import { type Model, readModel } from "@mindbridge-sdk/generator";
import { canonicalJson, type Document } from "@mindbridge-sdk/openapi";
import { type Conjunction, placesOfField } from "./alternatives.ts";
import { type Change, combineSame, type Direction, highest, LEVELS, type Level } from "./change.ts";
import { compareOptions } from "./command-line.ts";
import { contractOf, type Part, REQUIRED, resultOf } from "./contract.ts";
import { compareDescriptions } from "./descriptions.ts";
import { compareKeyword, compareSchemas, compareWhole } from "./schemas.ts";
import { tellSentence, type Walk } from "./walk.ts";
import { wordsFor } from "./words.ts";

/** What a change of the document means for users. */
export interface Comparison {
  /** The highest level of all changes. */
  readonly level: Level;
  /** The gravest first. */
  readonly changes: readonly Change[];
}

/**
 * Compares two documents whose `$ref`s are all local, for those who use the packages: what both offer is walked side by side, each
 * operation and each delivery from its top, so that at every schema it is known whether users send its values or read them.
 */
export function compareDocuments(base: Document, revision: Document): Comparison {
  const walk: Walk = { base, revision, direction: "name", operation: undefined, met: new Set(), found: new Map() };
  const [{ model: old, contract: before }, { model: now, contract: after }] = [read(base), read(revision)];
  const hasSameTypes = canonicalJson(typesIn(before)) === canonicalJson(typesIn(after));
  const typePlaces = new Set(hasSameTypes ? [] : [...placesOfTypes(base, before), ...placesOfTypes(revision, after)]);
  // Which types a delivery has is told with the types.
  const isType = ({ keyword, directions: [direction], pointer }: Change): boolean =>
    keyword === "enum" && direction === "delivery" && typePlaces.has(pointer);
  const found = [...compareParts(walk, before, after)].filter((change) => !isType(change));
  found.push(...compareOptions(old, now, found));
  const { changes: descriptions, rewritten } = compareDescriptions(walk);
  found.push(...descriptions);
  if (rewritten && found.every(({ level }) => level === "none")) found.push(rewritten);
  const changes = combineSame(found).toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  return { level: highest(changes.map(({ level }) => level)), changes };
}

/** What has been read of each document: one may be compared with hundreds. */
const known = new WeakMap<Document, { readonly model: Model; readonly contract: readonly Part[] }>();

function read(document: Document) {
  const before = known.get(document);
  if (before !== undefined) return before;
  const model = readModel(document);
  const all = { model, contract: contractOf(model) };
  known.set(document, all);
  return all;
}

/** The types of delivery, each with the key that it is listed under. */
const typesIn = (contract: readonly Part[]): unknown[] =>
  contract.flatMap(({ kind, key, states }) => (kind === "type of delivery" ? [key, states?.listed] : []));

function placesOfTypes(document: Document, contract: readonly Part[]): string[] {
  return contract.flatMap(({ body }) => placesOfField(document, conjunction(body), "type"));
}

/** What it means that a part is gone, new, or called otherwise. */
interface Rule {
  readonly keyword: string;
  readonly gone: Level;
  readonly added: Level | ((added: Part, before: readonly Part[]) => Level);
  /** Where a new part does not have the direction of one that is gone. */
  readonly directionAdded?: Direction;
  readonly words?: { readonly gone: string; readonly added: string };
  readonly renamed?: (is: Part) => string;
}

/** Who relies on a part misses it when it is gone, and may leave alone one that is new. */
const reliedOn = (keyword: string) => ({ keyword, gone: "major", added: "minor" }) as const;

const RULES: Readonly<Partial<Record<Part["kind"], Rule>>> = {
  operation: reliedOn("paths"),
  delivery: {
    ...reliedOn("webhooks"),
    directionAdded: "name",
    renamed: ({ key, likeness }) => `the delivery \`${likeness}\` comes by \`${key.split(" ")[0]}\`.`,
  },
  "type of delivery": reliedOn("webhooks"),
  "examples of a delivery": { ...reliedOn("webhooks"), words: { gone: "are gone", added: "are new" } },
  parameter: { ...reliedOn("parameters"), added: (part) => (isDemanded(part) ? "major" : "minor") },
  // A method takes the body before its options, so that calls which give options no longer compile.
  body: { ...reliedOn("requestBody"), added: ({ direction }) => (direction === "request" ? "major" : "minor") },
  response: {
    ...reliedOn("responses"),
    added: (part, before) => (isNewResult(part, before) ? "major" : "minor"),
  },
  header: reliedOn("headers"),
  // Nothing is agreed with a receiver before a delivery comes, so that it may not read a new media type.
  "media type": {
    ...reliedOn("content"),
    added: ({ direction }) => (direction === "delivery" ? "major" : "minor"),
  },
  example: reliedOn("examples"),
  export: { ...reliedOn("components"), words: { gone: "is no longer exported", added: "is exported" } },
  "key of a type": reliedOn("components"),
  "spare server": { keyword: "servers", gone: "patch", added: "patch" },
};

/** Whether a call without the part is refused. */
const isDemanded = ({ states, direction }: Part): boolean => direction === "request" && states?.required === REQUIRED;

/** Whether a response gives a method something to return that it could not return before. */
function isNewResult(response: Part, before: readonly Part[]): boolean {
  const isResult = ({ kind, key, direction }: Part): boolean =>
    kind === "response" && key.startsWith("2") && direction === "response";
  const results = before.filter(isResult).map(resultOf);
  // A method without a result returns `undefined`, as for a response without content.
  const returned = results.length > 0 ? results : [undefined];
  return isResult(response) && !returned.includes(resultOf(response));
}

/** Compares the parts that both documents have, and tells of those that are gone, new, or called otherwise. */
function* compareParts(walk: Walk, before: readonly Part[], after: readonly Part[]): Generator<Change> {
  const [from, to] = [byKey(before), byKey(after)];
  const added = new Set(after.filter((part) => !from.has(keyOf(part))));
  const gone: Part[] = [];
  for (const [key, was] of from) {
    const heir = [...added].find((part) => isHeir(was, part));
    const is = to.get(key) ?? heir;
    if (is === undefined) gone.push(was);
    else {
      added.delete(is);
      if (!to.has(key)) yield tellRenamed(walk, was, is);
      yield* comparePart({ ...walk, direction: is.direction, operation: is.operation }, was, is);
    }
  }
  for (const part of gone) {
    // A delivery that goes whole is told by its types.
    const isType = ({ kind, pointer }: Part) => kind === "type of delivery" && pointer === part.pointer;
    if (part.kind !== "delivery" || !gone.some(isType)) yield* tellPresence(walk, part, "gone", after);
  }
  for (const part of added) yield* tellPresence(walk, part, "added", before);
}

const keyOf = ({ kind, key }: Part): string => `${kind} ${key}`;
const byKey = (parts: readonly Part[]) => new Map(parts.map((part) => [keyOf(part), part]));

const isHeir = (was: Part, is: Part): boolean =>
  was.kind === is.kind && was.likeness !== undefined && was.likeness === is.likeness;

function tellRenamed(walk: Walk, was: Part, is: Part): Change {
  const name = nameIn(walk.base, was);
  const { keyword = "", renamed = () => `${name} is now called \`${is.key}\`.` } = RULES[is.kind] ?? {};
  return tellOf(walk, { ...is, operation: was.operation }, "major", keyword, renamed(is));
}

function tellPresence(walk: Walk, part: Part, fate: "gone" | "added", others: readonly Part[]): Change[] {
  const rule = RULES[part.kind];
  if (rule === undefined) return [];
  const { keyword, gone, added, directionAdded, words } = rule;
  const usual = { gone: "is gone", added: `is new${isDemanded(part) ? ", and required" : ""}` };
  const name = nameIn(fate === "gone" ? walk.base : walk.revision, part);
  const text = `${name} ${(words ?? usual)[fate]}.`;
  if (fate === "gone") return [tellOf(walk, part, gone, keyword, text)];
  const level = typeof added === "string" ? added : added(part, others);
  return [tellOf(walk, { ...part, direction: directionAdded ?? part.direction }, level, keyword, text)];
}

function nameIn(document: Document, { name, label, pointer }: Part): string {
  if (name !== undefined) return name;
  const place = wordsFor(document, pointer);
  return label === undefined ? place : `${label} of ${place}`;
}

function tellOf(walk: Walk, part: Part, level: Level, keyword: string, text: string): Change {
  const { direction, operation, pointer } = part;
  return tellSentence({ ...walk, direction, operation }, level, pointer, keyword, text);
}

/** Compares what two parts state, their schemas, and the parts below them. */
function* comparePart(walk: Walk, was: Part, is: Part): Generator<Change> {
  if (is.kind === "component" && walk.met.has(is.pointer)) return;
  if (is.target !== undefined && was.target === is.target) walk.met.add(is.target);
  for (const keyword of Object.keys(is.states ?? {})) yield* compareState(walk, keyword, was, is);
  yield* compareSchemas(walk, conjunction(was.schema), conjunction(is.schema));
  yield* compareParts(walk, was.parts ?? [], is.parts ?? []);
}

const conjunction = (schema: Part["schema"]): Conjunction => (schema ? [schema] : []);

/** What it means that what a part states is another, where that is no rule of a keyword. */
const STATES: Readonly<Record<string, (name: string, was: unknown, is: unknown) => readonly [Level, string]>> = {
  content: (name, was = "empty", is = "empty") => [
    "major",
    `the client now treats ${name} as ${is}; before, as ${was}.`,
  ],
  paths: (name, was, is) => ["major", `${name} is now \`${is}\`; it was \`${was}\`.`],
  servers: (name) => ["patch", `${name} is another one.`],
  // Who fills in the variables of an address has to fill in others.
  url: (_, was, is) => [
    variablesIn(was) === variablesIn(is) ? "minor" : "major",
    `the API is at \`${is}\`; it was at \`${was}\`.`,
  ],
  "x-pagination": (name, was, is) => {
    if (!was) return ["minor", `${name} now has pages to iterate over.`];
    if (!is) return ["major", `${name} no longer has pages to iterate over.`];
    const isSameList = Reflect.get(was, "items") === Reflect.get(is, "items");
    return [isSameList ? "patch" : "major", `the pages of ${name} follow each other in another way.`];
  },
  "x-safe": (name, _, is) => ["patch", `${name} ${is === true ? "now" : "no longer"} only reads.`],
};

const variablesIn = (url: unknown): string => (String(url).match(/\{[^{}]+\}/g) ?? []).toSorted().join();

function* compareState(walk: Walk, keyword: string, was: Part, is: Part): Generator<Change> {
  const [from, to] = [was, is].map(({ states }) => states?.[keyword]);
  if (from === to || canonicalJson(from) === canonicalJson(to)) return;
  const name = nameIn(walk.revision, is);
  const described = STATES[keyword]?.(name, from, to);
  if (described) yield tellOf(walk, is, described[0], keyword, described[1]);
  else if (keyword === "security") {
    const owner = is.pointer === "#/security" ? "" : ` for \`${is.operation}\``;
    yield tellOf(walk, is, levelOfSecurity(was, is), keyword, `${name} has changed${owner}.`);
  } else if (keyword !== "listed") {
    const statements = (value: unknown) => (value === undefined ? [] : [{ keyword, value, pointer: is.pointer }]);
    yield* compareKeyword(walk, keyword, statements(from), statements(to));
  } else if (!hasSameBody(walk, was, is)) {
    yield tellOf(walk, is, "major", "requestBody", `the body of ${name} is another one.`);
  }
}

/** Whether the bodies of two types of delivery hold the same but for the type. */
function hasSameBody(walk: Walk, was: Part, is: Part): boolean {
  const places = new Set([...placesOfTypes(walk.base, [was]), ...placesOfTypes(walk.revision, [is])]);
  const changes = compareWhole(walk, conjunction(was.body), conjunction(is.body), is.pointer);
  return changes.every(({ pointer }) => places.has(pointer));
}

/** Who could authenticate a call still can, or a receiver still gets all that came to authenticate a delivery. */
function levelOfSecurity(was: Part, is: Part): Level {
  const ways = ({ states = {} }: Part) => (states.security as string[][]).map((way) => new Set(way));
  const covers = (some: readonly Set<string>[], others: readonly Set<string>[]): boolean =>
    others.every((other) => some.some((way) => way.isSubsetOf(other)));
  const isHarmless = is.kind === "security of a delivery" ? covers(ways(was), ways(is)) : covers(ways(is), ways(was));
  return isHarmless ? "minor" : "major";
}
