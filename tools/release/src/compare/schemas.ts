import { isDeepStrictEqual } from "node:util";
import {
  allOfParts,
  canonicalJson,
  type Document,
  defaultIn,
  isObject,
  keysOf,
  type Located,
  type Schema,
  schemaName,
  target,
  valueAt,
} from "@mindbridge-sdk/openapi";
import {
  type Alternative,
  alternativesOf,
  type Conjunction,
  fieldsIn,
  inside,
  kindOf,
  listedIn,
  membersOf,
  type Stated,
  valuesOf,
} from "./alternatives.ts";
import { type Change, highest, LEVELS } from "./change.ts";
import { isAnything, ruleOf, type Statement } from "./keywords.ts";
import {
  isSent,
  levelOf,
  nameAt,
  type Shift,
  shiftOfSets,
  tell,
  tellKeyword,
  tellSentence,
  type Walk,
} from "./walk.ts";

/** What changes between two schemas at the same place. */
export function compareSchemas(walk: Walk, before: Conjunction, after: Conjunction): readonly Change[] {
  const [from, to] = [before.map((each) => enter(walk.base, each)), after.map((each) => enter(walk.revision, each))];
  const [left, right] = [from.map(({ pointer }) => pointer), to.map(({ pointer }) => pointer)];
  const pair = [walk.direction, walk.operation, left, right].join(" ");
  const known = walk.found.get(pair);
  if (known !== undefined) return known;
  // A schema that holds itself is the same inside as outside.
  walk.found.set(pair, []);
  if (isUntouched(walk, from, to)) return [];
  const [was, is] = [left.at(-1), right.at(-1)];
  if (was !== undefined && was === is) walk.met.add(was);
  // A shared schema that both lead to, or else the place that leads there.
  const place = (was === is ? is : (after.at(-1) ?? before.at(-1))?.pointer) ?? "#";
  const found = [...new Set(compareWhole(walk, from, to, place))];
  const replaced = tellReplaced(walk, found, left, right, place);
  const changes = replaced === undefined ? found : [replaced];
  walk.found.set(pair, changes);
  return changes;
}

/** What a `$ref` with nothing beside it leads to. */
function enter(document: Document, schema: Located<Schema>): Located<Schema> {
  const { $ref, ...beside } = isObject(schema.value) ? schema.value : {};
  const isAlone = typeof $ref === "string" && Object.keys(beside).length === 0;
  return isAlone ? enter(document, target(document, $ref) as Located<Schema>) : schema;
}

/** Whether two schemas are written alike, with all that they refer to. */
function isUntouched({ base, revision }: Walk, before: Conjunction, after: Conjunction): boolean {
  const [from, to] = [before, after].map((all) => all.map(({ value }) => value));
  if (!isDeepStrictEqual(from, to)) return false;
  const reached = new Set(referencesIn(from));
  for (const $ref of reached) {
    const { value, pointer } = target(base, $ref);
    if (!isDeepStrictEqual(value, valueAt(revision, pointer))) return false;
    for (const further of referencesIn(value)) reached.add(further);
  }
  return true;
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "$ref" && typeof each === "string" ? [each] : referencesIn(each),
  );
}

/** One change in place of many, where a `$ref` leads to another schema than before: neither of the two has changed. */
function tellReplaced(
  walk: Walk,
  changes: readonly Change[],
  from: readonly string[],
  to: readonly string[],
  place: string,
  isChoice = false,
): Change | undefined {
  const left = from.filter((pointer) => !to.includes(pointer));
  const right = to.filter((pointer) => !from.includes(pointer));
  const [was, is] = [left, right].map(([pointer = ""]) => schemaName(pointer));
  const has = ({ components }: Document, name: string): boolean => Object.hasOwn(components?.schemas ?? {}, name);
  const isRenamed = was !== undefined && is !== undefined && !has(walk.revision, was) && !has(walk.base, is);
  const isInside = changes.every(({ pointer }) => pointer.startsWith(place));
  const isUnnamed = was === is || (isChoice && (was === undefined || is === undefined));
  if (left.length !== 1 || right.length !== 1 || isUnnamed || isRenamed || isInside) return undefined;
  const nameOf = (name: string | undefined): string => (name === undefined ? "written in place" : `\`${name}\``);
  const level = highest(changes.map((each) => each.level));
  const words = isChoice
    ? `may now be ${nameOf(is)} in place of ${nameOf(was)}`
    : `is now ${nameOf(is)}; it was ${nameOf(was)}`;
  return tell(walk, level, place, "$ref", words);
}

// ---- The alternatives of a schema ----------------------------------------------------------------------------------------------

/** What changes between two schemas, whatever they are called. */
export function* compareWhole(walk: Walk, before: Conjunction, after: Conjunction, place: string): Generator<Change> {
  const [from, to] = [alternativesOf(walk.base, before), alternativesOf(walk.revision, after)];
  const { pairs, gone, added } = pairUp(walk, from, to, place);
  const isChoice = from.length > 1 || to.length > 1;
  const changes = pairs.flatMap(({ a, b, found }) => {
    const replaced = isChoice && tellReplaced(walk, found, a.pointers.slice(-1), b.pointers.slice(-1), place, true);
    return replaced ? [replaced] : found;
  });
  changes.push(...compareDefaults(walk, before, after));
  const isAlone = before.length === 1 && after.length === 1;
  changes.push(...compareParts(walk, from, to, isAlone ? place : undefined));
  const [forth, back] = [asSent(walk), reversed(asSent(walk))];
  for (const each of added.filter((one) => !isCovered(back, one, from)))
    changes.push(tell(walk, levelOf(walk, "wider"), place, "oneOf", `may now be ${called(each, place)}`));
  for (const each of gone.filter((one) => !isCovered(forth, one, to))) {
    const level = isReliedOn(walk, each, to) ? "major" : levelOf(walk, "narrower");
    changes.push(tell(walk, level, place, "oneOf", `can no longer be ${called(each, place)}`));
  }
  yield* changes;
  if (changes.length === 0) yield* compareDiscriminators(walk, before, after, place);
}

/** The value that stands for one that is left out. */
function* compareDefaults(walk: Walk, before: Conjunction, after: Conjunction): Generator<Change> {
  const stated = (document: Document, schemas: Conjunction): Statement[] => {
    const found = schemas.flatMap((schema) => defaultIn(document, schema) ?? []).at(-1);
    return found ? [{ ...found, keyword: "default" }] : [];
  };
  const [from, to] = [stated(walk.base, before), stated(walk.revision, after)];
  if (from.length + to.length > 0) yield* compareKeyword(walk, "default", from, to);
}

/** Two alternatives, and what changes between them. */
interface Pair {
  readonly a: Alternative;
  readonly b: Alternative;
  readonly found: readonly Change[];
}

/** Pairs the alternatives that belong together: those that are equal, then those of one type that differ the least. */
function pairUp(walk: Walk, from: readonly Alternative[], to: readonly Alternative[], place: string) {
  const [gone, added] = [new Set(from), new Set(to)];
  const compared = (a: Alternative, b: Alternative): Pair => ({
    a,
    b,
    found: [...compareAlternative(walk, a, b, place)],
  });
  const pairs: Pair[] = [];
  const pair = (each: Pair): void => {
    gone.delete(each.a);
    added.delete(each.b);
    pairs.push(each);
  };
  for (const most of [0, Number.POSITIVE_INFINITY]) {
    for (const a of gone) {
      const alike = [...added].filter((b) => kindOf(a) === kindOf(b)).map((b) => compared(a, b));
      const [closest] = alike.toSorted((x, y) => weight(x.found) - weight(y.found));
      if (closest && closest.found.length <= most) pair(closest);
    }
  }
  const [[a], [b]] = [[...gone], [...added]];
  if (a && b && gone.size === 1 && added.size === 1) pair(compared(a, b));
  return { pairs, gone: [...gone], added: [...added] };
}

/** The level counts first, then the number. */
const weight = (found: readonly Change[]): number =>
  LEVELS.indexOf(highest(found.map(({ level }) => level))) * 1000 + found.length;

/** The same documents, to ask whether one schema allows all that the other does. */
const asSent = (walk: Walk): Walk => ({
  ...walk,
  direction: "request",
  operation: walk.operation === "back" ? "back" : "forth",
  met: new Set(),
});

const reversed = (walk: Walk): Walk => ({
  ...walk,
  base: walk.revision,
  revision: walk.base,
  operation: walk.operation === "back" ? "forth" : "back",
});

/** Whether another alternative allows all that one does. */
function isCovered(sent: Walk, one: Alternative, others: readonly Alternative[]): boolean {
  return others.some((other) => compareAlternative(sent, one, other, "#").every(({ level }) => level !== "major"));
}

/** Whether code that reads relies on an alternative that is gone: by a value that no other has, or since all but `null` is gone. */
function isReliedOn(walk: Walk, gone: Alternative, others: readonly Alternative[]): boolean {
  const values = ({ stated }: Alternative): string[] => [
    ...(listedIn(stated, "enum") ?? []),
    ...[...fieldsIn(stated)].flatMap(([name, schemas]) =>
      schemas.flatMap(({ value }) => (isObject(value) && "const" in value ? [canonicalJson([name, value.const])] : [])),
    ),
  ];
  const left = new Set(others.flatMap(values));
  const isNullLeft = gone.type !== "null" && others.every(({ type }) => type === "null");
  return !isSent(walk) && others.length > 0 && (isNullLeft || values(gone).some((value) => !left.has(value)));
}

/** An alternative in few words: the name of its schema, or its type. */
function called({ type, pointers }: Alternative, place: string): string {
  const pointer = pointers.at(-1) ?? place;
  const name = pointer === place || type === "null" ? undefined : schemaName(pointer);
  return `\`${name ?? type ?? "any value"}\``;
}

/** What changes in the components that are parts of both schemas, but for the whole: each has an exported type of its own. */
function compareParts(
  walk: Walk,
  from: readonly Alternative[],
  to: readonly Alternative[],
  whole: string | undefined,
): readonly Change[] {
  const [before, after] = [from, to].map((all) => new Set(all.flatMap(({ pointers }) => pointers)));
  for (const { pointer } of from.flatMap(({ stated }) => stated.get("known") ?? [])) walk.met.add(pointer);
  const shared = [...(before ?? [])].filter((pointer) => after?.has(pointer) && schemaName(pointer) !== undefined);
  return shared.flatMap((pointer) => {
    walk.met.add(pointer);
    const part = [{ value: { $ref: pointer }, pointer }];
    return pointer === whole ? [] : compareSchemas(walk, part, part);
  });
}

/** What tells the members of a choice apart. The generated types take its values in place of what the members say themselves. */
function* compareDiscriminators(walk: Walk, before: Conjunction, after: Conjunction, place: string): Generator<Change> {
  const [from, to] = [choiceIn(walk.base, before), choiceIn(walk.revision, after)];
  const [was, is] = [from.discriminator, to.discriminator];
  if (isDeepStrictEqual(was, is)) return;
  const property = is?.propertyName ?? was?.propertyName ?? "";
  const isSame =
    (was?.propertyName ?? property) === property &&
    isDeepStrictEqual(kinds(walk.base, from, property), kinds(walk.revision, to, property));
  const level = isSame ? "patch" : "major";
  if (was?.propertyName !== is?.propertyName)
    yield tellKeyword(walk, level, place, "discriminator", was?.propertyName, is?.propertyName);
  else yield tellKeyword(walk, level, place, "mapping", mapped(was), mapped(is));
}

const mapped = (discriminator: Choice["discriminator"]): string[] =>
  Object.entries(discriminator?.mapping ?? {}).map(([value, schema]) => `${value}: ${keysOf(schema).at(-1)}`);

interface Choice {
  readonly members: readonly Schema[];
  readonly discriminator?: { readonly propertyName?: string; readonly mapping?: Readonly<Record<string, string>> };
}

function choiceIn(document: Document, schemas: Conjunction): Choice {
  const parts = schemas.flatMap(({ value, pointer }) => allOfParts(document, value, pointer));
  const { value = {} } = parts.find((part) => part.value.discriminator ?? membersOf(part.value)) ?? {};
  return { members: membersOf(value)?.members ?? [], ...(value as Pick<Choice, "discriminator">) };
}

/** Of each member the values of the property that tells it apart: those of the discriminator, or its own. */
function kinds(document: Document, { members, discriminator }: Choice, property: string): unknown[] {
  return members.map((member) => {
    const name = schemaName(member);
    if (discriminator !== undefined) {
      const ofMember = Object.entries(discriminator.mapping ?? {}).filter(([, to]) => keysOf(to).at(-1) === name);
      return ofMember.length > 0 ? ofMember.map(([value]) => value) : [name];
    }
    const own = alternativesOf(document, [{ value: member, pointer: "#" }]).flatMap(({ stated }) =>
      demandedIn(stated).has(property) ? alternativesOf(document, fieldsIn(stated).get(property) ?? []) : [],
    );
    return own.flatMap(({ stated }) => valuesOf(listedIn(stated, "enum")) ?? []);
  });
}

// ---- Values of one type --------------------------------------------------------------------------------------------------------

function* compareAlternative(walk: Walk, a: Alternative, b: Alternative, place: string): Generator<Change> {
  const [was, is] = [a.type, b.type];
  if (was !== is) {
    const isWider = is === undefined || (was === "integer" && is === "number");
    const isNarrower = was === undefined || (was === "number" && is === "integer");
    const shift = isWider ? "wider" : isNarrower ? "narrower" : "other";
    yield tellKeyword(walk, levelOf(walk, shift, was === undefined || is === undefined), place, "type", was, is);
  }
  if (kindOf(a) !== kindOf(b)) return;
  yield* compareValues(walk, a.stated, b.stated, place);
  yield* compareFields(walk, a.stated, b.stated);
  yield* compareOtherFields(walk, a.stated, b.stated);
  for (const keyword of new Set([...a.stated.keys(), ...b.stated.keys()]))
    if (!COMPARED.has(keyword))
      yield* compareKeyword(walk, keyword, a.stated.get(keyword) ?? [], b.stated.get(keyword) ?? []);
}

/** Keywords that have a function of their own. */
const COMPARED = new Set(["additionalProperties", "enum", "known", "properties", "required"]);

/** The values that are listed, and whether others may come. */
function* compareValues(walk: Walk, a: Stated, b: Stated, place: string): Generator<Change> {
  const [wasOpen, isOpen] = [a.has("known"), b.has("known")];
  if (wasOpen !== isOpen) {
    yield tell(walk, ...openedOrClosed(walk, isOpen, a.has("enum") || b.has("enum"), place));
    return;
  }
  const keyword = isOpen ? "known" : "enum";
  const [was, is] = [listedIn(a, keyword), listedIn(b, keyword)];
  const shift = was && is ? shiftOfSets(was, is) : was === is ? undefined : was ? "wider" : "narrower";
  if (shift === undefined) return;
  const pointer = (b.get(keyword) ?? a.get(keyword))?.at(-1)?.pointer || place;
  // Of a list that may grow, code needs the names that the list has: another list has its own.
  const isAnotherList = a.get(keyword)?.at(-1)?.pointer !== pointer;
  const levelOfKnown = shift === "wider" || isAnotherList ? "minor" : "major";
  // Code that reads handles each value of a list that may not grow, and compares with it.
  const level = isOpen ? levelOfKnown : isSent(walk) ? levelOf(walk, shift) : "major";
  yield tellKeyword(walk, level, pointer, "enum", valuesOf(was), valuesOf(is));
}

function openedOrClosed(walk: Walk, isOpen: boolean, isListed: boolean, place: string) {
  const words = isListed
    ? `may now ${isOpen ? "be a value that is not listed" : "only be one of the values that are listed"}`
    : `may be any text, and ${isOpen ? "now" : "no longer"} refers to a list of known values`;
  const level = !isListed || (isSent(walk) && isOpen) ? "minor" : "major";
  return [level, place, "anyOf", words] as const;
}

/** What changes of a keyword, by its rule. */
export function* compareKeyword(
  walk: Walk,
  keyword: string,
  from: readonly Statement[],
  to: readonly Statement[],
): Generator<Change> {
  const { allows, holds, level } = ruleOf(keyword);
  const strictest = (stated: readonly Statement[]): Statement | undefined =>
    allows ? stated.reduce((a, b) => (allows(a, b) ? b : a), stated[0] as Statement) : stated.at(-1);
  const [was, is] = [strictest(from), strictest(to)];
  const { pointer, keyword: written } = (is ?? was) as Statement;
  if (holds === "named schemas") yield* compareNamed(walk, was, is);
  else if (holds === "a schema" && ((was && is) || keyword === "items")) {
    const [before, after] = [from, to].map((stated) => stated.map((each) => inside(each)));
    yield* compareSchemas(walk, before ?? [], after ?? []);
  } else {
    const shift = shiftOf(from, to, allows);
    // Whether a field that is read is readOnly, the field itself says.
    if (shift === undefined || (keyword === "readOnly" && !isSent(walk))) return;
    // What is stored may be too narrow for a value that comes, but code compiles and runs.
    const isLessStrict = allows !== undefined && was !== undefined && is !== undefined && shift === "wider";
    const usual = isLessStrict ? "minor" : levelOf(walk, shift, false);
    const own = level?.(isSent(walk), was?.value, is?.value);
    yield tellKeyword(walk, own ?? usual, pointer, written, was?.value, is?.value);
  }
}

function shiftOf(
  from: readonly Statement[],
  to: readonly Statement[],
  allows: ReturnType<typeof ruleOf>["allows"],
): Shift | undefined {
  if (allows === undefined || from.length === 0 || to.length === 0) {
    const [before, after] = [from, to].map((all) => new Set(all.map(({ value }) => canonicalJson(value))));
    // More that is demanded allows less.
    return shiftOfSets(after ?? new Set(), before ?? new Set());
  }
  const allowsAll = (some: readonly Statement[], others: readonly Statement[]): boolean =>
    some.every((one) => others.some((other) => allows(one, other)));
  const [isWider, isNarrower] = [allowsAll(to, from), allowsAll(from, to)];
  return isWider ? (isNarrower ? undefined : "wider") : isNarrower ? "narrower" : "other";
}

/** The schemas of a map or a list, one by one. */
function* compareNamed(walk: Walk, was: Statement | undefined, is: Statement | undefined): Generator<Change> {
  const { pointer, keyword } = (is ?? was) as Statement;
  const [from, to] = [was, is].map((each) => new Set(Object.keys(each?.value ?? {}))) as [Set<string>, Set<string>];
  for (const key of from.union(to)) {
    if (was && is && from.has(key) && to.has(key)) {
      yield* compareSchemas(walk, [inside(was, key)], [inside(is, key)]);
      continue;
    }
    const isNew = to.has(key);
    const level = ruleOf(keyword).level?.(isSent(walk), undefined, undefined);
    const text = `\`${keyword}\` of ${nameAt(walk, pointer)} ${isNew ? "gains" : "loses"} \`${key}\`.`;
    yield tellSentence(walk, level ?? levelOf(walk, isNew ? "narrower" : "wider", false), pointer, keyword, text);
  }
}

// ---- Objects -------------------------------------------------------------------------------------------------------------------

function* compareFields(walk: Walk, a: Stated, b: Stated): Generator<Change> {
  const [from, to] = [fieldsIn(a), fieldsIn(b)];
  const [demanded, demands] = [demandedIn(a), demandedIn(b)];
  for (const name of demanded.symmetricDifference(demands))
    if (from.has(name) === to.has(name)) yield tellRequired(walk, name, demands.has(name), demands.has(name) ? b : a);
  for (const [name, before] of from) {
    const after = to.get(name);
    if (after === undefined) continue;
    yield* compareAssignment(walk, before, after, isSent(walk) && demands.has(name));
    yield* compareSchemas(walk, before, after);
  }

  const gone = [...from].filter(([name]) => !to.has(name));
  const added = [...to].filter(([name]) => !from.has(name));
  const [[, old], [, now]] = [gone[0] ?? [], added[0] ?? []];
  if (
    gone.length === 1 &&
    added.length === 1 &&
    isDeepStrictEqual(
      old?.map(({ value }) => value),
      now?.map(({ value }) => value),
    )
  ) {
    const text = `${nameAt(walk, pointerOf(old))} is now called \`${added[0]?.[0]}\`.`;
    yield tellSentence(walk, "major", pointerOf(now), "properties", text);
    return;
  }
  for (const [, field] of gone) yield tell(walk, "major", pointerOf(field), "properties", "is gone");
  for (const [name, field] of added) {
    const isDemanded = isSent(walk) && demands.has(name);
    const words = `is new${isDemanded ? ", and required" : ""}`;
    yield tell(walk, isDemanded ? "major" : "minor", pointerOf(field), "properties", words);
  }
}

const pointerOf = (schemas: Conjunction | undefined): string => schemas?.at(-1)?.pointer ?? "#";

const demandedIn = (stated: Stated): ReadonlySet<string> =>
  new Set(stated.get("required")?.flatMap(({ value }) => value as string[]));

/** A field is called by its name where its own schema requires it, and not where another part of an `allOf` does. */
function tellRequired(walk: Walk, name: string, isRequired: boolean, stated: Stated): Change {
  const owner = stated.get("required")?.findLast(({ value }) => (value as string[]).includes(name))?.pointer ?? "#";
  const fields = fieldsIn(stated).get(name) ?? [];
  const field = fields.find(({ pointer }) => pointer.startsWith(`${owner}/`));
  const text = field
    ? `${nameAt(walk, field.pointer)} is now ${isRequired ? "required" : "optional"}.`
    : `\`required\` of ${nameAt(walk, owner)} ${isRequired ? "gains" : "loses"} \`${name}\`.`;
  const level = isSent(walk) === isRequired ? "major" : "minor";
  return tellSentence(walk, level, `${owner}/required`, "required", text);
}

/**
 * Whether users may assign to a field. The generated type says so where the field itself does, and nowhere else. A type to send
 * lacks a read-only field: one that is read-only no longer, and is demanded, must be sent from now on.
 */
function* compareAssignment(
  walk: Walk,
  before: Conjunction,
  after: Conjunction,
  isDemanded: boolean,
): Generator<Change> {
  const [was, is] = [before, after].map((field) =>
    field.every(({ value }) => isObject(value) && value.readOnly === true),
  );
  if (was !== is) yield tellKeyword(walk, is || isDemanded ? "major" : "minor", pointerOf(after), "readOnly", was, is);
}

/** The fields that are not named: how many are allowed, and how many the type shows. */
function* compareOtherFields(walk: Walk, a: Stated, b: Stated): Generator<Change> {
  const [from, to] = [a.get("additionalProperties") ?? [], b.get("additionalProperties") ?? []];
  const [was, is] = [from.at(-1), to.at(-1)];
  if (was && is && from.concat(to).every(({ value }) => value !== false)) {
    yield* compareSchemas(walk, [inside(was)], [inside(is)]);
    return;
  }
  // 0 for none, 1 for those of a schema, 2 for any. Without the keyword any are allowed, and the type shows none.
  const ranks = (stated: readonly Located[]) =>
    stated.map(({ value }) => (value === false ? 0 : isAnything(value) ? 2 : 1));
  const [allowed, allows] = [Math.min(2, ...ranks(from)), Math.min(2, ...ranks(to))];
  const [shown, shows] = [Math.max(0, ...ranks(from)), Math.max(0, ...ranks(to))];
  if (allowed === allows && shown === shows) return;
  // What comes has to stay open: once closed, a field that the server adds would be refused.
  const isClosed = allows === 0 && allowed > 0;
  const isLess = shows < shown || (isSent(walk) ? allows < allowed : isClosed);
  const isFewer = allows < allowed || (allows === allowed && shows < shown);
  const words =
    shows === shown
      ? `may ${isFewer ? "no longer" : "now"} have fields that it does not name`
      : `${isFewer ? "no longer has" : "may now have"} fields of any name`;
  yield tell(walk, isLess ? "major" : "minor", (is ?? was)?.pointer ?? "#", "additionalProperties", words);
}
