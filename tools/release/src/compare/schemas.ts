import { isDeepStrictEqual } from "node:util";
import {
  allOfParts,
  below,
  canonicalJson,
  type Document,
  isObject,
  keysOf,
  type Located,
  type Schema,
  schemaName,
  target,
  valueAt,
} from "@mindbridge-sdk/openapi";
import { type Alternative, alternativesOf, type Conjunction, isAnything, membersOf } from "./alternatives.ts";
import { type Change, type Direction, highest, LEVELS, type Rating } from "./change.ts";
import { describeKeyword, sentence, wordsFor } from "./words.ts";

/** How a schema is used where it is compared. */
export interface Use {
  readonly direction: Direction;
  /** Whether users write the values; otherwise they read them. */
  readonly isSent: boolean;
  /** The operation or the type of delivery; nothing for a component that none uses. */
  readonly operation: string | undefined;
}

export interface Documents {
  readonly base: Document;
  readonly revision: Document;
  /** The pointers of the components that have been compared with themselves. */
  readonly met: Set<string>;
  /** Whether what a `$ref` leads to is written alike in both documents. */
  readonly same: Map<string, boolean>;
}

/** Two documents, and one use of their schemas. */
export interface Context extends Documents {
  readonly use: Use;
  /** What was found of two schemas, by their pointers: schemas are shared, and hold themselves. */
  readonly found: Map<string, readonly Change[]>;
}

/**
 * How a change moves what is allowed: `wider` allows all that was allowed and more, `narrower` less, and `other` takes something
 * away and lets something else in, or cannot be told.
 */
type Shift = "wider" | "narrower" | "other";

/** Whether TypeScript shows the keyword. A limit and a format are no part of a type. */
type Visibility = "typed" | "untyped";

const SENT: Readonly<Record<Shift, Rating>> = {
  wider: { level: "minor", reason: "More may be sent than before, and what was sent stays valid." },
  narrower: { level: "major", reason: "What was sent before may be refused, or no longer compiles." },
  other: { level: "major", reason: "What was sent before may be refused, or means something else." },
};
const READ: Readonly<Record<Shift, Rating>> = {
  wider: { level: "major", reason: "Something may come that could not come before, and code does not expect it." },
  narrower: { level: "minor", reason: "More is promised than before, and code can rely on it." },
  other: { level: "major", reason: "Something else may come than before." },
};
const PROMISED: Rating = { level: "patch", reason: "More is promised than before, in a way that no type shows." };
const LESS_STRICT: Rating = {
  level: "minor",
  reason:
    "The limit stays one, and no type shows it: code compiles and runs, and only who relies on the limit has to look.",
};

export function rate({ isSent }: Use, shift: Shift, visibility: Visibility = "typed"): Rating {
  if (isSent) return SENT[shift];
  return shift === "narrower" && visibility === "untyped" ? PROMISED : READ[shift];
}

/** Deprecating is a minor change by Semantic Versioning 2.0.0, item 7. */
export function rateDeprecation(isDeprecated: boolean): Rating {
  return isDeprecated
    ? { level: "minor", reason: "It is deprecated: users have to learn that before it goes." }
    : { level: "patch", reason: "It is no longer deprecated." };
}

/** What changes between two schemas at the same place, in one use of them. */
export function compareSchemas(context: Context, before: Conjunction, after: Conjunction): readonly Change[] {
  const [from, to] = [
    before.map((each) => entered(context.base, each)),
    after.map((each) => entered(context.revision, each)),
  ];
  const key = [from, to].map((each) => each.map(({ pointer }) => pointer).join()).join(" ");
  const known = context.found.get(key);
  if (known !== undefined) return known;
  context.found.set(key, []);
  if (from.length === to.length && from.every((schema, index) => isUntouched(context, schema, to[index]))) return [];
  const place = pointerOfPlace(before, after, from, to);
  const found = [...new Set(compareWhole(context, from, to, place))];
  const changes = replaced(context, found, from, to, place);
  context.found.set(key, changes);
  return changes;
}

/** Whether two schemas are written alike, with all that they refer to. */
function isUntouched(documents: Documents, before: Located<Schema>, after: Located<Schema> | undefined): boolean {
  if (after === undefined || !isDeepStrictEqual(before.value, after.value)) return false;
  const reached = new Set(referencesIn(before.value));
  for (const $ref of reached) {
    if (!isSameComponent(documents, $ref)) return false;
    for (const further of referencesIn(target(documents.base, $ref).value)) reached.add(further);
  }
  return true;
}

function isSameComponent({ base, revision, same }: Documents, $ref: string): boolean {
  const known =
    same.get($ref) ?? isDeepStrictEqual(target(base, $ref).value, valueAt(revision, target(base, $ref).pointer));
  same.set($ref, known);
  return known;
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === "$ref" && typeof each === "string" ? [each] : referencesIn(each),
  );
}

/** What a `$ref` with nothing beside it leads to. */
function entered(document: Document, schema: Located<Schema>): Located<Schema> {
  const { $ref, ...beside } = isObject(schema.value) ? schema.value : {};
  return typeof $ref === "string" && Object.keys(beside).length === 0
    ? entered(document, target(document, $ref) as Located<Schema>)
    : schema;
}

/** A shared schema that both lead to, or else the place that leads there. */
function pointerOfPlace(...[, after, from, to]: readonly Conjunction[]): string {
  const [was, is] = [from?.at(-1)?.pointer, to?.at(-1)?.pointer];
  return (was === is ? is : after?.at(-1)?.pointer) ?? "#";
}

/** One change in place of many where a `$ref` leads to another schema than before: neither of the two has changed. */
function replaced(
  context: Context,
  found: readonly Change[],
  from: Conjunction,
  to: Conjunction,
  place: string,
): readonly Change[] {
  const only = (some: Conjunction, others: Conjunction): Conjunction =>
    some.filter(({ pointer }) => others.every((other) => other.pointer !== pointer));
  const [left, right] = [only(from, to), only(to, from)];
  if (left.length !== 1 || right.length !== 1) return found;
  const [was, is] = [left, right].map(([first]) => schemaName(first?.pointer ?? ""));
  const isRenamed = was !== undefined && is !== undefined && !has(context.revision, was) && !has(context.base, is);
  const isElsewhere = found.some(({ pointer }) => !pointer.startsWith(place));
  if (was === is || isRenamed || !isElsewhere) return found;
  const called = (name: string | undefined): string => (name === undefined ? "written in place" : `\`${name}\``);
  const level = highest(found.map((each) => each.level));
  const { reason = "" } = found.find((each) => each.level === level) ?? {};
  return [
    tell(
      context,
      { level, reason },
      place,
      "$ref",
      `${wordsFor(context.revision, place)} is now ${called(is)}; it was ${called(was)}.`,
    ),
  ];
}

const has = ({ components }: Document, name: string): boolean => Object.hasOwn(components?.schemas ?? {}, name);

export function tell({ use }: Context, rating: Rating, pointer: string, keyword: string, what: string): Change {
  const operations = use.operation === undefined ? [] : [use.operation];
  return { ...rating, directions: [use.direction], operations, pointer, keyword, what: sentence(what) };
}

// ---- A schema as a whole -------------------------------------------------------------------------------------------------------

/** What changes between two schemas, whatever they are called. */
export function compareWhole(context: Context, before: Conjunction, after: Conjunction, place: string): Change[] {
  const [from, to] = [alternativesOf(context.base, before), alternativesOf(context.revision, after)];
  const { changes, gone, added } = pairAlternatives(context, from, to, place);
  changes.push(...compareParts(context, from, to, place));
  const name = wordsFor(context.revision, place);
  const back: Context = { ...context, base: context.revision, revision: context.base };
  for (const each of added.filter((one) => !isCovered(back, one, from))) {
    changes.push(
      tell(context, rate(context.use, "wider"), place, "oneOf", `${name} may now be ${describeSchema(each, place)}.`),
    );
  }
  for (const each of gone.filter((one) => !isCovered(context, one, to))) {
    const rating = isNamedGone(context, each, to) ? VALUE_GONE : rate(context.use, "narrower");
    changes.push(tell(context, rating, place, "oneOf", `${name} can no longer be ${describeSchema(each, place)}.`));
  }
  return changes.length > 0 ? changes : compareDiscriminators(context, before, after, place);
}

/** Whether another alternative allows all that one does. */
function isCovered(context: Context, one: Alternative, others: readonly Alternative[]): boolean {
  const sent: Context = { ...context, use: { ...context.use, isSent: true }, found: new Map(), met: new Set() };
  return others.some((other) => compareAlternative(sent, one, other, "#").every(({ level }) => level !== "major"));
}

/** Whether users read an object by a constant that no other alternative has. */
function isNamedGone({ use }: Context, gone: Alternative, others: readonly Alternative[]): boolean {
  const names = new Set(others.flatMap(namesValueOf));
  return !use.isSent && others.length > 0 && namesValueOf(gone).some((value) => !names.has(value));
}

/** What changes in the components that are parts of both schemas: each has an exported type of its own. */
function compareParts(
  context: Context,
  from: readonly Alternative[],
  to: readonly Alternative[],
  place: string,
): Change[] {
  const [before, after] = [from, to].map((all) => new Set(all.flatMap(({ pointers }) => pointers)));
  for (const { pointer } of from.flatMap(({ stated }) => stated.get("known") ?? [])) context.met.add(pointer);
  return [...(before ?? [])].flatMap((pointer): readonly Change[] => {
    if (!after?.has(pointer) || schemaName(pointer) === undefined) return [];
    context.met.add(pointer);
    return pointer === place
      ? []
      : compareSchemas(context, [{ value: { $ref: pointer }, pointer }], [{ value: { $ref: pointer }, pointer }]);
  });
}

/** What tells the members of a choice apart. The generated types take its values in place of what the members say themselves. */
function compareDiscriminators(context: Context, before: Conjunction, after: Conjunction, place: string): Change[] {
  const [from, to] = [discriminated(context.base, before), discriminated(context.revision, after)];
  if (canonicalJson(from?.discriminator) === canonicalJson(to?.discriminator)) return [];
  const property = to?.discriminator?.propertyName ?? from?.discriminator?.propertyName ?? "";
  const isSame =
    (from?.discriminator?.propertyName ?? property) === property &&
    canonicalJson(kinds(context.base, from, property)) === canonicalJson(kinds(context.revision, to, property));
  const rating: Rating = isSame
    ? { level: "patch", reason: "The members say the same themselves." }
    : rate(context.use, "other");
  return [
    tell(
      context,
      rating,
      place,
      "discriminator",
      describeKeyword(wordsFor(context.revision, place), "discriminator", from?.discriminator, to?.discriminator),
    ),
  ];
}

interface Choice {
  readonly members: readonly Schema[];
  readonly discriminator:
    | { readonly propertyName?: string; readonly mapping?: Readonly<Record<string, string>> }
    | undefined;
}

function discriminated(document: Document, schemas: Conjunction): Choice | undefined {
  const part = schemas
    .flatMap((schema) => allOfParts(document, schema.value, schema.pointer))
    .find(({ value: { discriminator, oneOf, anyOf } }) => discriminator ?? oneOf ?? anyOf);
  return (
    part && {
      members: membersOf(part.value)?.members ?? [],
      discriminator: part.value.discriminator as Choice["discriminator"],
    }
  );
}

/** Of each member the values of the property that tells it apart: those of the discriminator, or its own. */
function kinds(document: Document, choice: Choice | undefined, property: string): unknown[] {
  const mapping = choice?.discriminator && Object.entries(choice.discriminator.mapping ?? {});
  return (choice?.members ?? []).map((member) => {
    const name = schemaName(member);
    if (mapping === undefined)
      return alternativesOf(document, [{ value: member, pointer: "#" }]).map(({ stated }) =>
        requiredIn(stated).has(property)
          ? fieldsIn(stated)
              .get(property)
              ?.flatMap(({ value }) => (isObject(value) ? [value.const ?? value.enum] : []))
          : [],
      );
    const mapped = mapping.filter(([, schema]) => keysOf(schema).at(-1) === name).map(([value]) => value);
    return [mapped.length > 0 ? mapped : [name]];
  });
}

/** An alternative in few words: the name of its schema, or its type. */
function describeSchema({ type, pointers }: Alternative, place: string): string {
  const pointer = pointers.at(-1) ?? place;
  const name = pointer === place || type === "null" ? undefined : schemaName(pointer);
  return `\`${name ?? type ?? "any value"}\``;
}

const VALUE_GONE: Rating = { level: "major", reason: "Code that handles a value that is gone no longer compiles." };

/** The values by which code tells an alternative from others: its own, and those of its constant fields. */
function namesValueOf({ stated }: Alternative): string[] {
  const own = [...(commonValues(stated.get("enum")) ?? [])];
  const constants = [...fieldsIn(stated)].flatMap(([name, schemas]) =>
    schemas.flatMap(({ value }) => (isObject(value) && "const" in value ? [canonicalJson([name, value.const])] : [])),
  );
  return [...own, ...constants];
}

/** Compares the alternatives that belong together: those that are equal, then those of one type that differ the least. */
function pairAlternatives(context: Context, from: readonly Alternative[], to: readonly Alternative[], place: string) {
  const changes: Change[] = [];
  const [gone, added] = [[...from], [...to]];
  const pair = (a: Alternative, b: Alternative, found: readonly Change[]): void => {
    gone.splice(gone.indexOf(a), 1);
    added.splice(added.indexOf(b), 1);
    changes.push(...found);
  };
  for (const most of [0, Number.POSITIVE_INFINITY]) {
    for (const a of from.filter((each) => gone.includes(each))) {
      const compared = added
        .filter((b) => kindOf(a) === kindOf(b))
        .map((b) => ({ b, found: compareAlternative(context, a, b, place) }))
        .toSorted((x, y) => weight(x.found) - weight(y.found));
      const [closest] = compared;
      if (closest && closest.found.length <= most) pair(a, closest.b, closest.found);
    }
  }
  const [a, b] = [gone[0], added[0]];
  if (a && b && gone.length === 1 && added.length === 1) pair(a, b, compareAlternative(context, a, b, place));
  return { changes, gone, added };
}

/** The level counts first, then the number. */
const weight = (found: readonly Change[]): number =>
  LEVELS.indexOf(highest(found.map(({ level }) => level))) * 1000 + found.length;

const kindOf = ({ type }: Alternative): string => (type === "integer" ? "number" : String(type));

// ---- Values of one type --------------------------------------------------------------------------------------------------------

function compareAlternative(context: Context, a: Alternative, b: Alternative, place: string): Change[] {
  if (kindOf(a) !== kindOf(b)) return compareTypes(context, a, b, place);
  const keywords = new Set([...a.stated.keys(), ...b.stated.keys()]);
  return [
    ...compareTypes(context, a, b, place),
    ...compareValues(context, a, b, place),
    ...compareLimits(context, a, b),
    ...compareFields(context, a, b),
    ...compareOtherFields(context, a, b),
    ...[...keywords].flatMap((keyword) =>
      compareKeyword(context, keyword, a.stated.get(keyword) ?? [], b.stated.get(keyword) ?? []),
    ),
  ];
}

function compareTypes(
  context: Context,
  { type: was }: Alternative,
  { type: is }: Alternative,
  place: string,
): Change[] {
  if (was === is) return [];
  const shift =
    is === undefined || (was === "integer" && is === "number")
      ? "wider"
      : was === undefined || (was === "number" && is === "integer")
        ? "narrower"
        : "other";
  const rating = rate(
    context.use,
    shift,
    was !== undefined && is !== undefined && shift !== "other" ? "untyped" : "typed",
  );
  return [tell(context, rating, place, "type", describeKeyword(wordsFor(context.revision, place), "type", was, is))];
}

/** The values that are listed, and whether others may come. */
function compareValues(context: Context, a: Alternative, b: Alternative, place: string): Change[] {
  const { use } = context;
  const [from, to] = [a.stated.get("known"), b.stated.get("known")];
  const [listed, lists] = [a.stated.get("enum"), b.stated.get("enum")];
  const name = wordsFor(context.revision, place);
  if (from === undefined && to === undefined) {
    const [was, is] = [commonValues(listed), commonValues(lists)];
    const shift = shiftOfSets(was, is);
    if (shift === undefined) return [];
    const pointer = (lists ?? listed)?.at(-1)?.pointer ?? place;
    const what = describeKeyword(wordsFor(context.revision, pointer), "enum", values(was), values(is));
    return [tell(context, use.isSent ? rate(use, shift) : rateReadValues(shift), pointer, "enum", what)];
  }
  if (from !== undefined && to !== undefined) return compareKnown(context, from, to);
  if (listed === undefined && lists === undefined) {
    const reason = "Any text was and is allowed; what changes is which values editors complete.";
    return [
      tell(
        context,
        { level: "minor", reason },
        place,
        "anyOf",
        `${name} may be any text, and ${to ? "now" : "no longer"} refers to a list of known values.`,
      ),
    ];
  }
  return to !== undefined
    ? [
        tell(
          context,
          use.isSent ? rate(use, "wider") : OPENED,
          place,
          "anyOf",
          `${name} may now be a value that is not listed.`,
        ),
      ]
    : [
        tell(
          context,
          use.isSent ? rate(use, "narrower") : CLOSED,
          place,
          "anyOf",
          `${name} may now only be one of the values that are listed.`,
        ),
      ];
}

const OPENED: Rating = {
  level: "major",
  reason: "A value may come that is not listed, and code that handles every listed one no longer compiles.",
};
const CLOSED: Rating = {
  level: "major",
  reason:
    "The list is closed: a newer value of the server is refused, and code that compares with one no longer compiles.",
};

const rateReadValues = (shift: Shift): Rating =>
  shift === "wider"
    ? { level: "major", reason: "A value may come that code, which handles all that were listed, does not expect." }
    : VALUE_GONE;

/** The values that are known of a list that may grow. */
function compareKnown(context: Context, from: readonly Located[], to: readonly Located[]): Change[] {
  const [was, is] = [commonValues(from), commonValues(to)];
  const shift = shiftOfSets(was, is);
  const pointer = to.at(-1)?.pointer ?? "#";
  if (shift === undefined) return [];
  const rating: Rating =
    shift === "wider"
      ? { level: "minor", reason: "The list may grow, and code had to expect values that are not in it." }
      : VALUE_GONE;
  return [
    tell(
      context,
      rating,
      pointer,
      "enum",
      describeKeyword(wordsFor(context.revision, pointer), "enum", values(was), values(is)),
    ),
  ];
}

const values = (set: ReadonlySet<string> | undefined): unknown[] | undefined =>
  set && [...set].map((text) => JSON.parse(text));

function commonValues(lists: readonly Located[] | undefined): ReadonlySet<string> | undefined {
  return lists
    ?.map(({ value }) => new Set((value as unknown[]).map(canonicalJson)))
    .reduce((a, b) => a.intersection(b));
}

/** From sets of what is allowed; nothing stands for anything. */
function shiftOfSets(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): Shift | undefined {
  if (before === undefined || after === undefined)
    return before === after ? undefined : before === undefined ? "narrower" : "wider";
  const [keeps, adds] = [before.isSubsetOf(after), !after.isSubsetOf(before)];
  return keeps ? (adds ? "wider" : undefined) : adds ? "other" : "narrower";
}

/** Each limit with the keyword that rules out the limit itself, and whether a greater one allows less. */
const LIMITS = [
  ["minLength", undefined, 1],
  ["minItems", undefined, 1],
  ["minProperties", undefined, 1],
  ["minContains", undefined, 1],
  ["minimum", "exclusiveMinimum", 1],
  ["maxLength", undefined, -1],
  ["maxItems", undefined, -1],
  ["maxProperties", undefined, -1],
  ["maxContains", undefined, -1],
  ["maximum", "exclusiveMaximum", -1],
] as const;
const LIMIT_KEYWORDS = new Set(LIMITS.flat());

function compareLimits(context: Context, a: Alternative, b: Alternative): Change[] {
  return LIMITS.flatMap(([keyword, exclusive, sign]) => {
    const strictest = ({ stated }: Alternative) =>
      [keyword, exclusive]
        .flatMap((each) => (each === undefined ? [] : (stated.get(each) ?? []).map((at) => ({ ...at, keyword: each }))))
        .filter(({ value }) => typeof value === "number")
        .toSorted(
          (x, y) =>
            sign * (Number(x.value) - Number(y.value)) ||
            Number(x.keyword === exclusive) - Number(y.keyword === exclusive),
        )
        .at(-1);
    const [was, is] = [strictest(a), strictest(b)];
    if (was?.value === is?.value && was?.keyword === is?.keyword) return [];
    const strictness = (at: typeof was): number =>
      at === undefined ? Number.NEGATIVE_INFINITY : sign * Number(at.value);
    const isStricter =
      strictness(is) - strictness(was) || Number(is?.keyword === exclusive) - Number(was?.keyword === exclusive);
    const at = is ?? was;
    return at === undefined ? [] : [limitChange(context, at.keyword, was, is, isStricter > 0 ? "narrower" : "wider")];
  });
}

/** A limit or a format that is set, gone or another. In what comes, one that stays a limit may allow more. */
function limitChange(
  context: Context,
  keyword: string,
  was: Located | undefined,
  is: Located | undefined,
  shift: Shift,
): Change {
  const pointer = (is ?? was)?.pointer ?? "#";
  const isLessStrict = !context.use.isSent && shift === "wider" && was !== undefined && is !== undefined;
  const what = describeKeyword(wordsFor(context.revision, pointer), keyword, was?.value, is?.value);
  return tell(context, isLessStrict ? LESS_STRICT : rate(context.use, shift, "untyped"), pointer, keyword, what);
}

// ---- Objects -------------------------------------------------------------------------------------------------------------------

/** The schema that stands below a keyword, or below a key of it. */
const inside = ({ value, pointer }: Located, keyword: string, ...keys: readonly string[]): Located<Schema> =>
  below({ value: { [keyword]: value }, pointer }, keyword, ...keys) as Located<Schema>;

/** The fields that are named, each with all that is said of it. */
function fieldsIn(stated: Alternative["stated"]): ReadonlyMap<string, Conjunction> {
  const named = (stated.get("properties") ?? []).flatMap((properties) =>
    Object.keys(properties.value as object).map((name) => [name, inside(properties, "properties", name)] as const),
  );
  // A field that may have no value is none.
  const grouped = Map.groupBy(
    named.filter(([, { value }]) => value !== false),
    ([name]) => name,
  );
  return new Map([...grouped].map(([name, all]) => [name, all.map(([, schema]) => schema)]));
}

/** The places that describe a field of a schema. */
export function pointersOfField(document: Document, schemas: Conjunction, name: string): string[] {
  return alternativesOf(document, schemas).flatMap(({ stated }) =>
    alternativesOf(document, fieldsIn(stated).get(name) ?? []).flatMap((field) =>
      (field.stated.get("enum") ?? []).map(({ pointer }) => pointer),
    ),
  );
}

function requiredIn(stated: Alternative["stated"]): ReadonlySet<string> {
  return new Set((stated.get("required") ?? []).flatMap(({ value }) => value as string[]));
}

function compareFields(context: Context, a: Alternative, b: Alternative): Change[] {
  const [from, to] = [fieldsIn(a.stated), fieldsIn(b.stated)];
  const [demanded, demands] = [requiredIn(a.stated), requiredIn(b.stated)];
  const gone = [...from.keys()].filter((name) => !to.has(name));
  const added = [...to.keys()].filter((name) => !from.has(name));
  const renamed = renamedField(from, to, gone, added);
  if (renamed !== undefined) {
    const [was, is] = renamed;
    const reason = "Code that names the field no longer compiles, or finds nothing there.";
    const what = `${wordsFor(context.base, was)} is now called \`${added[0] ?? ""}\`.`;
    return [...fieldsInBoth(), tell(context, { level: "major", reason }, is, "properties", what)];
  }
  return [
    ...fieldsInBoth(),
    ...gone.map((name) => fieldChange(context, name, from, { isNew: false, isRequired: false })),
    ...added.map((name) => fieldChange(context, name, to, { isNew: true, isRequired: demands.has(name) })),
  ];

  function fieldsInBoth(): Change[] {
    const unnamed = [...demanded.union(demands)].filter((name) => !from.has(name) && !to.has(name));
    const both = [...from.keys()].filter((name) => to.has(name));
    return [
      ...[...both, ...unnamed].flatMap((name) =>
        demanded.has(name) === demands.has(name) ? [] : [requiredChange(context, name, a, b)],
      ),
      ...both.flatMap((name) => [
        ...assignmentChange(context, from.get(name) ?? [], to.get(name) ?? []),
        ...compareSchemas(context, from.get(name) ?? [], to.get(name) ?? []),
      ]),
    ];
  }
}

/** The pointers of a field that has another name, and is the same otherwise. */
function renamedField(
  from: ReturnType<typeof fieldsIn>,
  to: typeof from,
  gone: readonly string[],
  added: readonly string[],
): readonly [string, string] | undefined {
  if (gone.length !== 1 || added.length !== 1) return undefined;
  const [was, is] = [from.get(gone[0] ?? "")?.at(-1), to.get(added[0] ?? "")?.at(-1)];
  return was && is && canonicalJson(was.value) === canonicalJson(is.value) ? [was.pointer, is.pointer] : undefined;
}

function fieldChange(
  context: Context,
  name: string,
  fields: ReadonlyMap<string, Conjunction>,
  { isNew, isRequired }: { isNew: boolean; isRequired: boolean },
): Change {
  const { isSent } = context.use;
  const pointer = fields.get(name)?.at(-1)?.pointer ?? "#";
  const rating: Rating = !isNew
    ? { level: "major", reason: `Code that ${isSent ? "sends" : "reads"} the field no longer compiles.` }
    : isSent && isRequired
      ? { level: "major", reason: "Calls without the field are refused, and no longer compile." }
      : { level: "minor", reason: isSent ? "A new field may be sent." : "A new field comes." };
  const field = wordsFor(isNew ? context.revision : context.base, pointer);
  return tell(
    context,
    rating,
    pointer,
    "properties",
    `${field} is ${isNew ? `new${isRequired && isSent ? ", and required" : ""}` : "gone"}.`,
  );
}

function requiredChange(context: Context, name: string, a: Alternative, b: Alternative): Change {
  const isRequired = requiredIn(b.stated).has(name);
  const at = ((isRequired ? b : a).stated.get("required") ?? []).findLast(({ value }) =>
    (value as string[]).includes(name),
  );
  const owner = at?.pointer ?? "#";
  const field = fieldsIn(b.stated)
    .get(name)
    ?.find(({ pointer }) => pointer.startsWith(`${owner}/`))?.pointer;
  const what =
    field === undefined
      ? `\`required\` of ${wordsFor(context.revision, owner)} ${isRequired ? "gains" : "loses"} \`${name}\`.`
      : `${wordsFor(context.revision, field)} is now ${isRequired ? "required" : "optional"}.`;
  return tell(context, rateRequired(context.use, isRequired), `${owner}/required`, "required", what);
}

/** Whether users may assign to a field that they read. The generated type says so where the field itself does, and nowhere else. */
function assignmentChange(context: Context, before: Conjunction, after: Conjunction): Change[] {
  const [was, is] = [before, after].map((field) =>
    field.every(({ value }) => isObject(value) && value.readOnly === true),
  ) as [boolean, boolean];
  if (was === is || context.use.isSent) return [];
  const pointer = after.at(-1)?.pointer ?? "#";
  return [
    tell(
      context,
      rateAccess(is, false),
      pointer,
      "readOnly",
      describeKeyword(wordsFor(context.revision, pointer), "readOnly", was, is),
    ),
  ];
}

export function rateRequired({ isSent }: Use, isRequired: boolean): Rating {
  if (isSent) {
    return isRequired
      ? { level: "major", reason: "Calls without it are refused, and no longer compile." }
      : { level: "minor", reason: "It may be left out, which is new." };
  }
  return isRequired
    ? { level: "minor", reason: "It always comes, and code can rely on it." }
    : { level: "major", reason: "It may be missing, which code does not expect." };
}

/** The fields that are not named: how many are allowed, and how many the type shows. */
function compareOtherFields(context: Context, a: Alternative, b: Alternative): Change[] {
  const [from, to] = [a.stated.get("additionalProperties") ?? [], b.stated.get("additionalProperties") ?? []];
  const [was, is] = [from.at(-1), to.at(-1)];
  if (was && is && was.value !== false && is.value !== false)
    return [...compareSchemas(context, [inside(was, "additionalProperties")], [inside(is, "additionalProperties")])];
  const [allowed, allows] = [allowedFields(from), allowedFields(to)];
  const [typed, types] = [typedFields(a), typedFields(b)];
  if (allowed === allows && typed === types) return [];
  const pointer = (is ?? was)?.pointer ?? "#";
  const rating = rateOtherFields(context.use, {
    isLess: allows < allowed,
    isTypedLess: types < typed,
    isClosed: allows === 0 && allowed > 0,
  });
  const what = `${wordsFor(context.revision, pointer)} ${types > typed ? "may now have fields of any name" : types < typed ? "no longer has fields of any name" : `may ${allows < allowed ? "no longer" : "now"} have fields that it does not name`}.`;
  return [tell(context, rating, pointer, "additionalProperties", what)];
}

/** 0 for none, 1 for those of a schema, 2 for any. */
function allowedFields(stated: readonly Located[]): number {
  return Math.min(2, ...stated.map(({ value }) => (value === false ? 0 : isAnything(value) ? 2 : 1)));
}

/** The same of the type in TypeScript, which shows none where the keyword is missing. */
function typedFields({ stated }: Alternative): number {
  return Math.max(
    0,
    ...(stated.get("additionalProperties") ?? []).map(({ value }) => (value === false ? 0 : isAnything(value) ? 2 : 1)),
  );
}

function rateOtherFields(
  use: Use,
  { isLess, isTypedLess, isClosed }: { isLess: boolean; isTypedLess: boolean; isClosed: boolean },
): Rating {
  if (use.isSent) return rate(use, isLess || isTypedLess ? "narrower" : "wider");
  if (isTypedLess) return { level: "major", reason: "Code that reads a field by any name no longer compiles." };
  if (isClosed)
    return {
      level: "major",
      reason: "A field that the server adds tomorrow would be refused: what comes has to stay open.",
    };
  return { level: "minor", reason: "More fields may come, and code that reads the known ones stays as it is." };
}

// ---- Every other keyword -------------------------------------------------------------------------------------------------------

/** Keywords that the functions above compare. */
const COMPARED = new Set([...LIMIT_KEYWORDS, "additionalProperties", "enum", "known", "properties", "required"]);
/** Keywords whose schemas allow more as the whole does. */
const INNER = new Set(["contains", "contentSchema", "else", "items", "propertyNames", "then", "unevaluatedItems"]);
const INNER_MAPS = new Set(["dependentSchemas", "patternProperties"]);

function compareKeyword(
  context: Context,
  keyword: string,
  from: readonly Located[],
  to: readonly Located[],
): readonly Change[] {
  const [was, is] = [from.at(-1), to.at(-1)];
  if (COMPARED.has(keyword)) return [];
  if (keyword === "items" || (INNER.has(keyword) && was && is)) {
    return compareSchemas(
      context,
      from.map((each) => inside(each, keyword)),
      to.map((each) => inside(each, keyword)),
    );
  }
  if (INNER_MAPS.has(keyword) || keyword === "prefixItems") return compareInner(context, keyword, was, is);
  const [before, after] = [from, to].map((all) => new Set(all.map(({ value }) => canonicalJson(value))));
  // More that is demanded allows less.
  const shift = shiftOfSets(after, before);
  if (shift === undefined || (keyword === "readOnly" && !context.use.isSent)) return [];
  const at = (is ?? was)?.pointer ?? "#";
  const what = describeKeyword(wordsFor(context.revision, at), keyword, was?.value, is?.value);
  if (keyword === "format" || keyword === "multipleOf") {
    return [limitChange(context, keyword, was, is, was && is ? moved(keyword, was.value, is.value) : shift)];
  }
  const rating = rateRemark(context.use, keyword, was?.value, is?.value) ?? rate(context.use, shift, "untyped");
  return [tell(context, rating, at, keyword, what)];
}

const WIDER_FORMATS: Readonly<Record<string, string>> = { int32: "int64", float: "double" };

function moved(keyword: string, from: unknown, to: unknown): Shift {
  const isWithin = (a: unknown, b: unknown): boolean =>
    keyword === "format" ? WIDER_FORMATS[String(a)] === b : isMultiple(Number(a), Number(b));
  return isWithin(from, to) ? "wider" : isWithin(to, from) ? "narrower" : "other";
}

/** By the quotient, since the remainder of fractions is not exact. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9;
}

/** What is said of a value without allowing more or less of them. */
function rateRemark({ isSent }: Use, keyword: string, from: unknown, to: unknown): Rating | undefined {
  switch (keyword) {
    case "deprecated":
      return rateDeprecation(to === true);
    case "default":
      if (!isSent)
        return { level: "patch", reason: "Nothing that comes is filled in: a default is documentation there." };
      return from === undefined
        ? { level: "minor", reason: "What the server takes where nothing is sent is now known." }
        : { level: "major", reason: "A call that leaves the value out does something else from now on." };
    case "readOnly":
      return rateAccess(to === true, true);
    case "writeOnly":
      return isSent ? { level: "patch", reason: "The field is sent as before." } : rateAccess(to === true, true);
    default:
      return undefined;
  }
}

/** With `readOnly` a field is gone from what users send, with `writeOnly` from what they read; `readOnly` marks it in the type of the other. */
function rateAccess(isRestricted: boolean, isGone: boolean): Rating {
  if (isGone) {
    return isRestricted
      ? { level: "major", reason: "The field is no longer there in this direction." }
      : { level: "minor", reason: "The field is there in this direction as well." };
  }
  return isRestricted
    ? { level: "major", reason: "Code that assigns to the field no longer compiles." }
    : { level: "minor", reason: "Code may assign to the field." };
}

/** The schemas of a map or a list, one by one. */
function compareInner(context: Context, keyword: string, was: Located | undefined, is: Located | undefined): Change[] {
  const [from, to] = [was, is].map((each) => Object.keys(each?.value ?? {}));
  const keys = new Set([...(from ?? []), ...(to ?? [])]);
  return [...keys].flatMap((key): readonly Change[] => {
    const [before, after] = [from?.includes(key), to?.includes(key)];
    if (was && is && before && after)
      return compareSchemas(context, [inside(was, keyword, key)], [inside(is, keyword, key)]);
    const shift = keyword !== "dependentSchemas" ? "other" : after ? "narrower" : "wider";
    const at = (is ?? was)?.pointer ?? "#";
    const what = `\`${keyword}\` of ${wordsFor(context.revision, at)} ${after ? "gains" : "loses"} \`${key}\`.`;
    return [
      tell(context, rate(context.use, shift, keyword === "dependentSchemas" ? "untyped" : "typed"), at, keyword, what),
    ];
  });
}
