import type { Document } from "@mindbridge-sdk/generator/document";
import type { Change, Direction, Rating } from "./change.ts";
import { isEqual, isObject, keysOf, pointerOf, reach, valueAt } from "./json.ts";
import { LEVELS } from "./level.ts";
import { operationAt, placeName } from "./place.ts";
import type { Difference } from "./redocly.ts";
import {
  isAnnotation,
  meaning,
  rateAlternatives,
  rateDeprecation,
  rateKeyword,
  rateOpening,
  rateSubschema,
  type SchemaUse,
  unwrap,
} from "./schema-rules.ts";
import { newStatusIsTyped } from "./status.ts";
import { type Use, type Uses, usesAt } from "./uses.ts";

/** Both documents, and how the nodes of each are used. */
export interface Compared {
  readonly base: Document;
  readonly revision: Document;
  readonly baseUses: Uses;
  readonly revisionUses: Uses;
  /** The places in each that are used. */
  readonly baseSites: ReadonlySet<string>;
  readonly revisionSites: ReadonlySet<string>;
}

/** Kinds of node whose changes are read from the documents themselves (surface.ts, security.ts). */
const ELSEWHERE = new Set([
  "PathItem",
  "Paths",
  "PathsMap",
  "WebhooksMap",
  "Webhooks",
  "Operation",
  "Parameter",
  "ParameterList",
  "SecurityScheme",
  "SecurityRequirement",
  "SecurityRequirementList",
]);
const READ_BY_PEOPLE = new Set([
  "Info",
  "Contact",
  "License",
  "Tag",
  "TagList",
  "ExternalDocs",
  "Xml",
  "Example",
  "ExamplesMap",
  "Logo",
]);
/** Lists of schemas by name or index, which come and go as a whole. */
const SCHEMA_LISTS: Readonly<Record<string, string>> = {
  SchemaProperties: "properties",
  PatternProperties: "patternProperties",
  AllOf: "allOf",
  AnyOf: "anyOf",
  OneOf: "oneOf",
  DependentRequired: "dependentRequired",
  Discriminator: "discriminator",
  DiscriminatorMapping: "discriminator",
  NamedSchemas: "$defs",
};

const DOCUMENTATION: Rating = {
  level: "patch",
  reason: "Descriptions and examples are published with the packages, and nothing else changes.",
};

/** What one of Redocly's differences means for users. Nothing where that is told elsewhere. */
export function rateDifference(difference: Difference, compared: Compared): Change | undefined {
  const { typeName, kind, property = "" } = difference;
  const pointer = (difference.revision ?? difference.base)?.pointer ?? difference.path;
  // A pattern for a variable of the server is one of ours, and code.
  if (property.startsWith("x-") && property !== "x-pattern") {
    return change(pointer, "documentation", `\`${property}\` has changed.`, {
      level: "none",
      reason: "It says nothing by itself: where it shows in what is generated, that is compared.",
    });
  }
  if (typeName === "Info" && property === "version") {
    return change(pointer, "documentation", "The version has changed.", {
      level: "none",
      reason: "The release itself sets it.",
    });
  }
  if (typeName === "Root" && property === "openapi") {
    return change(pointer, "documentation", "The document is written for another version of OpenAPI.", DOCUMENTATION);
  }
  const isNode = kind !== "modified" || property === "key";
  const isText = !isNode && (isAnnotation(property) || property === "tags");
  if ((isText && property !== "x-pattern") || READ_BY_PEOPLE.has(typeName)) {
    const name = nameOf(difference, compared, nodePointer(difference, pointer));
    return change(pointer, "documentation", `The documentation of ${name} has changed.`, DOCUMENTATION);
  }
  if (property === "deprecated" && typeName !== "Schema") return rateDeprecated(difference, compared, pointer);
  if (typeName.startsWith("Server")) return rateServer(difference, pointer);
  if (ELSEWHERE.has(typeName)) return rateParameterStyle(difference, compared, pointer);
  if (typeName === "Schema" || typeName in SCHEMA_LISTS) return rateSchema(difference, compared, pointer);
  // The names of components are told with the other names.
  if (kind !== "modified" && keysOf(pointer)[0] === "components" && keysOf(pointer).length <= 3) return undefined;
  return rateOther(difference, compared, pointer);
}

function rateSchema(difference: Difference, compared: Compared, pointer: string): Change | undefined {
  const { base, revision } = compared;
  const { kind, property = "", typeName } = difference;
  const uses = usesOfDifference(difference, compared);
  const keys = keysOf(pointer);
  if (kind !== "modified" && keys[0] === "components" && keys.length <= 3) return undefined;

  const [oldName, newName] = [difference.base, difference.revision].map((side) =>
    keysOf(side?.pointer ?? "").slice(-2),
  );
  if (property === "key" && oldName?.[0] === "properties" && oldName[1] !== newName?.[1]) {
    const was = sentence(placeName(base, difference.base?.pointer ?? pointer, operationsOf(uses)));
    return rateAll(pointer, uses, `${was} is now called \`${newName?.[1] ?? ""}\`.`, () => ({
      level: "major",
      reason: "Code that names the field no longer compiles, or finds nothing there.",
    }));
  }

  const owners = ownersOf(difference, keys, compared);
  const [ownerBefore, ownerAfter] = [unwrap(base, owners.before), unwrap(revision, owners.after)];
  if (ownerBefore && ownerAfter && isEqual(meaning(base, ownerBefore), meaning(revision, ownerAfter))) {
    return change(
      pointer,
      "documentation",
      `${sentence(nameOf(difference, compared, pointer))} is written in another way.`,
      {
        level: "patch",
        reason: "It means the same, and types may be spelt in another way.",
      },
    );
  }
  const opening = (sent: boolean): Rating | undefined => {
    if (!ownerBefore || !ownerAfter) return undefined;
    const pair = { before: ownerBefore, after: ownerAfter };
    return rateOpening([base, revision], pair, sent) ?? rateAlternatives([base, revision], pair, sent);
  };

  const keyword = schemaKeyword(difference, keys);
  const rateUse = (use: SchemaUse): Rating => {
    const opened = opening(use.isSent);
    if (opened) return opened;
    if (kind === "modified" && typeName === "Schema" && ownerBefore && ownerAfter) {
      return rateKeyword(property, { before: ownerBefore, after: ownerAfter }, use);
    }
    const comes = kind === "modified" ? (difference.base?.value === undefined ? "added" : "removed") : kind;
    return rateSubschema(keyword, comes, { before: ownerBefore, after: ownerAfter }, use);
  };
  const remaining = uses.filter(({ direction, site }) => !isDeliveryType(direction, site, property));
  if (uses.length > 0 && remaining.length === 0) return undefined;
  const name = nameOf(difference, compared, pointer);
  const what =
    kind === "modified"
      ? describeKeyword(name, property, difference)
      : FIELDS.has(keyword)
        ? `${sentence(name)} is ${kind === "added" ? "new" : "gone"}.`
        : NAMED_SUBSCHEMAS.has(keyword) && typeName === "Schema"
          ? `\`${keyword}\` of ${name} has one schema ${kind === "added" ? "more" : "less"}.`
          : `\`${keyword}\` of ${name} is ${kind === "added" ? "new" : "gone"}.`;
  return rateAll(pointer, remaining, what, (use) =>
    rateUse({ isSent: use === undefined ? false : isSent(use.direction), isOpen: use?.isOpen ?? false }),
  );
}

/** The type of a delivery: which there are is told with the deliveries. */
function isDeliveryType(direction: Direction, site: string, property: string): boolean {
  return (
    direction === "delivery" &&
    (property === "const" || property === "enum") &&
    /\/schema(\/allOf\/\d+)*\/properties\/type$/.test(site)
  );
}

/** The schemas around what has changed. */
function ownersOf(
  { kind, property, typeName, path, base, revision }: Difference,
  keys: readonly string[],
  compared: Compared,
): { readonly before: unknown; readonly after: unknown } {
  if (kind === "modified") {
    const owner = (document: Document, side: typeof base): unknown => {
      if (!side) return undefined;
      const own = keysOf(side.pointer);
      const isProperty = own.at(-1) === property && !(own.at(-2) === "properties" && side.value === undefined);
      const node = isProperty && property !== undefined && "value" in side ? own.slice(0, -1) : own;
      return valueAt(document, pointerOf(typeName === "Schema" ? node : node.slice(0, -1)));
    };
    return { before: owner(compared.base, base), after: owner(compared.revision, revision) };
  }
  // Where a `$ref` leads to another schema than before, the owners stand at two pointers, and at one path.
  const isNamed = typeName === "Schema" && NAMED_SUBSCHEMAS.has(keys.at(-2) ?? "");
  const around = (place: readonly string[]): string => pointerOf(place.slice(0, isNamed ? -2 : -1));
  const owner = (document: Document): unknown =>
    reach(document, around(keysOf(path))) ?? valueAt(document, around(keys));
  return { before: owner(compared.base), after: owner(compared.revision) };
}

/** Keywords below which a schema is a field, or an item, that users name. */
const FIELDS = new Set(["properties", "patternProperties", "items"]);
const NAMED_SUBSCHEMAS = new Set([
  "properties",
  "patternProperties",
  "allOf",
  "anyOf",
  "oneOf",
  "prefixItems",
  "dependentSchemas",
  "$defs",
]);

function schemaKeyword({ typeName, kind }: Difference, keys: readonly string[]): string {
  const list = SCHEMA_LISTS[typeName];
  if (list !== undefined) return list;
  const [parent = "", own = ""] = keys.slice(-2);
  return kind !== "modified" && NAMED_SUBSCHEMAS.has(parent) ? parent : own;
}

function rateOther(difference: Difference, compared: Compared, pointer: string): Change | undefined {
  const { typeName, kind, property = "" } = difference;
  const uses = usesOfDifference(difference, compared);
  const name = partOf(difference, compared, pointer);
  if (kind === "modified" && property !== "key") {
    if (property === "required") {
      const isRequired = difference.revision?.value === true;
      return rateAll(pointer, uses, `${sentence(name)} is now ${isRequired ? "required" : "optional"}.`, (use) =>
        use && isSent(use.direction)
          ? isRequired
            ? { level: "major", reason: "Calls without it are refused, and no longer compile." }
            : { level: "minor", reason: "It may be left out, which is new API." }
          : isRequired
            ? { level: "minor", reason: "It always comes, and code can rely on it." }
            : { level: "major", reason: "It may be missing, which code does not expect." },
      );
    }
    return rateAll(pointer, uses, `\`${property}\` of ${name} has changed.`, () => asRedocly(difference));
  }
  const now = kind === "added" ? "new" : kind === "removed" ? "gone" : `now \`${keysOf(pointer).at(-1) ?? ""}\``;
  return rateAll(pointer, uses, `${sentence(name)} is ${now}.`, (use) => {
    const sent = use === undefined ? false : isSent(use.direction);
    if (kind !== "added") {
      return { level: "major", reason: "Code that relies on it no longer compiles, or finds nothing there." };
    }
    if (typeName === "RequestBody" && sent) {
      const { value } = difference.revision ?? {};
      return isObject(value) && value.required === true
        ? { level: "major", reason: "Calls without it are refused, and no longer compile." }
        : { level: "minor", reason: "It may be sent, which is new API." };
    }
    if (typeName === "Response" && use && newStatusIsTyped(compared, use.operation, keysOf(use.site).at(-1) ?? "")) {
      return { level: "major", reason: "The method may give something that code does not expect." };
    }
    return { level: "minor", reason: "It is new API, and what was there stays." };
  });
}

/** What has a place by itself, or one below what is named: a media type of a response. */
function partOf(difference: Difference, compared: Compared, pointer: string): string {
  const { typeName, kind, base } = difference;
  // What has another key is called by the one that users know.
  const at =
    kind === "modified" && difference.property === "key"
      ? (base?.pointer ?? pointer)
      : nodePointer(difference, pointer);
  const name = nameOf(difference, compared, at);
  const key = keysOf(at).at(-1) ?? "";
  if (typeName === "RequestBody" || typeName === "Response") return name;
  if (typeName === "MediaType") return `the media type \`${key}\` of ${name}`;
  if (typeName === "Header" && keysOf(at)[0] !== "components") return `the header \`${key}\` of ${name}`;
  return typeName === "Header" ? name : `\`${key}\` of ${name}`;
}

function rateDeprecated(difference: Difference, compared: Compared, pointer: string): Change {
  const node = nodePointer(difference, pointer);
  const isDeprecated = difference.revision?.value === true;
  const what = `${sentence(nameOf(difference, compared, node))} is ${isDeprecated ? "deprecated" : "no longer deprecated"}.`;
  const rating = rateDeprecation(isDeprecated);
  if (difference.typeName === "Operation") {
    const direction = keysOf(node)[0] === "webhooks" ? "delivery" : "name";
    return change(pointer, direction, what, rating, operationsMet(difference, compared, node));
  }
  return rateAll(pointer, usesOfDifference(difference, compared), what, () => rating);
}

function rateServer({ kind, property, typeName, revision, base }: Difference, pointer: string): Change | undefined {
  // The address of the first server is told with the names.
  if (property === "url" || (typeName === "ServerVariable" && kind !== "modified")) return undefined;
  if (property === "default") {
    return change(pointer, "address", "The example of a server variable has changed.", DOCUMENTATION);
  }
  if (property === "x-pattern" || property === "enum") {
    const isWider = revision?.value === undefined || (property === "enum" && isSuperset(revision.value, base?.value));
    return change(
      pointer,
      "address",
      "What a variable of the address may be has changed.",
      isWider
        ? { level: "minor", reason: "More may be filled in than before." }
        : { level: "major", reason: "What was filled in before may be refused." },
    );
  }
  return change(pointer, "address", "The list of servers has changed.", {
    level: "patch",
    reason: "The packages use the first server, whose address is compared by itself.",
  });
}

function isSuperset(after: unknown, before: unknown): boolean {
  return Array.isArray(after) && Array.isArray(before) && before.every((value) => after.includes(value));
}

/** How a parameter is written on the wire, which the client does. */
function rateParameterStyle(difference: Difference, compared: Compared, pointer: string): Change | undefined {
  const { typeName, property = "", kind } = difference;
  if (typeName !== "Parameter" || kind !== "modified" || ["name", "in", "required", "key"].includes(property))
    return undefined;
  const name = nameOf(difference, compared, nodePointer(difference, pointer));
  return rateAll(pointer, usesOfDifference(difference, compared), `\`${property}\` of ${name} has changed.`, () => ({
    level: "patch",
    reason: "It changes how the client writes the parameter, and no code of users.",
  }));
}

/** Our own rules have no answer. */
function asRedocly({ impact, typeName }: Difference): Rating {
  return { level: impact, reason: `This is what Redocly's diff makes of a change of a ${typeName}.` };
}

/** The uses that have changed: those at the same place in both documents, where both have the node. */
function usesOfDifference({ kind, base, revision }: Difference, compared: Compared): readonly Use[] {
  const { baseUses, revisionUses } = compared;
  const [before, after] = [
    base ? usesAt(baseUses, base.pointer) : [],
    revision ? usesAt(revisionUses, revision.pointer) : [],
  ];
  if (kind === "added") return onlyHere(after, compared.baseSites);
  if (kind === "removed") return onlyHere(before, compared.revisionSites);
  const sites = new Set(before.map(({ site }) => site));
  const shared = after.filter(({ site }) => sites.has(site));
  return shared.length > 0 ? shared : [...before, ...after];
}

/** The uses whose place is not in the other document: a schema may be used in more places than the one that has changed. */
function onlyHere(uses: readonly Use[], others: ReadonlySet<string>): readonly Use[] {
  const own = uses.filter(({ site }) => !others.has(site));
  return own.length > 0 ? own : uses;
}

/** The highest of what each direction makes of a change. Where nothing uses the node, its type may still be read. */
function rateAll(pointer: string, uses: readonly Use[], what: string, rate: (use: Use | undefined) => Rating): Change {
  const ratings = uses.length === 0 ? [rate(undefined)] : uses.map(rate);
  const rating = ratings.reduce((a, b) => (LEVELS.indexOf(b.level) > LEVELS.indexOf(a.level) ? b : a));
  const directions = [...new Set(uses.map(({ direction }) => direction))];
  return {
    ...rating,
    directions: directions.length > 0 ? directions : ["name"],
    operations: operationsOf(uses),
    pointer,
    what,
  };
}

function change(
  pointer: string,
  direction: Direction,
  what: string,
  rating: Rating,
  operations: readonly string[] = [],
): Change {
  return { ...rating, directions: [direction], operations, pointer, what };
}

function nodePointer({ property }: Difference, pointer: string): string {
  const keys = keysOf(pointer);
  return pointerOf(property !== undefined && keys.at(-1) === property ? keys.slice(0, -1) : keys);
}

/** The operations, or deliveries, that a difference meets, or that it stands in. */
function operationsMet(difference: Difference, compared: Compared, pointer: string): string[] {
  const met = operationsOf(usesOfDifference(difference, compared));
  if (met.length > 0) return met;
  const own = operationAt(documentOf(difference, compared), keysOf(pointer));
  return own === undefined ? [] : [own];
}

function nameOf(difference: Difference, compared: Compared, pointer: string): string {
  return placeName(documentOf(difference, compared), pointer, operationsMet(difference, compared, pointer));
}

/** The document that the pointer of a difference leads into. */
function documentOf({ revision: side }: Difference, { base, revision }: Compared): Document {
  return side === undefined ? base : revision;
}

function operationsOf(uses: readonly Use[]): string[] {
  return [...new Set(uses.map(({ operation }) => operation))];
}

function isSent(direction: Direction): boolean {
  return direction === "request" || direction === "answer";
}

function describeKeyword(name: string, property: string, { base, revision }: Difference): string {
  const own = name.replace(new RegExp(`[.]?${property}\`$`), "`");
  const [from, to] = [base?.value, revision?.value];
  if (Array.isArray(from) && Array.isArray(to)) {
    const gone = from.filter((value) => !to.includes(value)).map(show);
    const added = to.filter((value) => !from.includes(value)).map(show);
    const parts = [
      ...(added.length > 0 ? [`gains ${added.join(", ")}`] : []),
      ...(gone.length > 0 ? [`loses ${gone.join(", ")}`] : []),
    ];
    return `\`${property}\` of ${own} ${parts.join(" and ") || "has another order"}.`;
  }
  if (from === undefined) return `\`${property}\` of ${own} is now ${show(to)}.`;
  if (to === undefined) return `\`${property}\` of ${own} is no longer ${show(from)}.`;
  return `\`${property}\` of ${own} is now ${show(to)}; it was ${show(from)}.`;
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
