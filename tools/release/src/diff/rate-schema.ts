import { type Document, SCHEMA_LISTS } from "@mindbridge-sdk/openapi";
import type { Change, Rating } from "./change.ts";
import type { Compared } from "./compared.ts";
import { describeKeyword, quoted, schemaText, sentence } from "./describe.ts";
import { type Difference, nodeKeys, pointerOfDifference } from "./difference.ts";
import { rateDiscriminator } from "./discriminator.ts";
import { holdsNames, isObject, type JsonObject, keysOf, pointerOf, reach, valueAt } from "./json.ts";
import { unwrap } from "./meaning.ts";
import { nameAt, nodeName } from "./place.ts";
import { documented, isSent, rateAll, usesOfDifference } from "./rated.ts";
import { rateKeyword, rateSubschema, type SchemaUse } from "./schema-rules.ts";
import type { Use } from "./uses.ts";
import { wholeChange } from "./whole-schema.ts";

/** Kinds of node that are parts of a schema: of each, how many keys lead to it from the schema. */
const PARTS: Readonly<Record<string, number>> = {
  SchemaProperties: 1,
  SchemaList: 1,
  SchemaMap: 1,
  PatternProperties: 1,
  AllOf: 1,
  AnyOf: 1,
  OneOf: 1,
  DependentRequired: 1,
  Discriminator: 1,
  DiscriminatorMapping: 2,
  NamedSchemas: 1,
};

export function isOfSchema({ typeName }: Difference): boolean {
  return typeName === "Schema" || typeName in PARTS;
}

/** What has changed of a schema. Nothing where that is told elsewhere. */
export function rateSchema(difference: Difference, compared: Compared): Change | undefined {
  if (isRenamedField(difference)) return rateRenaming(difference, compared);
  const { base, revision } = compared;
  const owner = ownerOf(difference, compared);
  const [before, after] = [unwrap(base, owner.before), unwrap(revision, owner.after)];
  const whole = before && after && wholeChange([base, revision], { before, after });
  const told = sentence(`${nameAt(owner.keys, difference, compared)} ${whole?.what ?? ""}.`);
  if (whole && !whole.rate) {
    return documented(pointerOf(owner.keys), told, {
      level: "patch",
      reason: "It means the same, and types may be spelt in another way.",
    });
  }
  const all = usesOfDifference(difference, compared);
  const uses = all.filter((use) => !isDeliveryType(use, difference));
  if (all.length > 0 && uses.length === 0) return undefined;
  const { rate } = whole ?? {};
  if (rate) return rateAll(pointerOf(owner.keys), uses, told, (use) => rate(useOf(use).isSent));
  return ratePart(difference, compared, uses, { ...owner, before, after });
}

/** What has changed of one keyword, or of what stands below it. */
function ratePart(
  difference: Difference,
  compared: Compared,
  uses: readonly Use[],
  { keys, before, after }: Owner<JsonObject | undefined>,
): Change | undefined {
  const { kind, property = "", typeName } = difference;
  // That a schema stands there now, or no longer does, is a difference of its own.
  if (kind === "modified" && [before, after].some((schema) => isObject(schema?.[property]))) return undefined;
  const pair = before && after && { before, after };
  const keyword = keywordOf(difference);
  const [from, to] = [difference.base?.value, difference.revision?.value];
  const isKeyword = kind === "modified" && (typeName === "Schema" || (from !== undefined && to !== undefined));
  const comes = kind === "modified" ? (from === undefined ? "added" : "removed") : kind;
  const rate = (use: Use | undefined): Rating => {
    if (keyword === "discriminator" && pair) {
      return rateDiscriminator([compared.base, compared.revision], pair, useOf(use).isSent);
    }
    return isKeyword && pair
      ? rateKeyword(keyword, pair, useOf(use))
      : rateSubschema(keyword, comes, { before, after }, useOf(use));
  };
  const name = nameAt(keys, difference, compared);
  const what =
    kind === "modified"
      ? describeKeyword(name, typeName === "Schema" ? property : `${keyword}.${property}`, difference)
      : describeSubschema(difference, keyword, name, compared);
  return rateAll(pointerOfDifference(difference), uses, what, rate);
}

function useOf(use: Use | undefined): SchemaUse {
  return { isSent: use !== undefined && isSent(use.direction), isOpen: use?.isOpen ?? false };
}

function isRenamedField({ property, base, revision }: Difference): boolean {
  const [from, to] = [keysOf(base?.pointer ?? ""), keysOf(revision?.pointer ?? "")];
  return property === "key" && from.at(-2) === "properties" && from.at(-1) !== to.at(-1);
}

function rateRenaming(difference: Difference, compared: Compared): Change {
  const pointer = pointerOfDifference(difference);
  const uses = usesOfDifference(difference, compared);
  const was = sentence(nodeName({ ...difference, revision: undefined }, compared));
  return rateAll(pointer, uses, `${was} is now called \`${keysOf(pointer).at(-1) ?? ""}\`.`, () => ({
    level: "major",
    reason: "Code that names the field no longer compiles, or finds nothing there.",
  }));
}

/** The type of a delivery: which there are is told with the deliveries. */
function isDeliveryType({ direction, site }: Use, { property }: Difference): boolean {
  return (
    direction === "delivery" &&
    (property === "const" || property === "enum") &&
    /\/schema(\/allOf\/\d+)*\/properties\/type$/.test(site)
  );
}

interface Owner<T> {
  /** In the document that the difference leads into. */
  readonly keys: readonly string[];
  readonly before: T;
  readonly after: T;
}

/** The schema around what has changed, in each document. */
function ownerOf(difference: Difference, compared: Compared): Owner<unknown> {
  const { kind, typeName, path, base, revision } = difference;
  const around = (keys: readonly string[]): string[] =>
    keys.slice(0, keys.length - (PARTS[typeName] ?? (kind === "modified" ? 0 : isOneOfSeveral(keys) ? 2 : 1)));
  const keysOn = (side: typeof base): string[] => (side === undefined ? [] : around(nodeKeys(difference, side)));
  const keys = keysOn(revision ?? base);
  if (kind === "modified") {
    const owner = (document: Document, side: typeof base) => side && valueAt(document, pointerOf(keysOn(side)));
    return { keys, before: owner(compared.base, base), after: owner(compared.revision, revision) };
  }
  // Where a `$ref` leads to another schema than before, the owners stand at two pointers, and at one path.
  const owner = (document: Document): unknown =>
    reach(document, pointerOf(around(keysOf(path)))) ?? valueAt(document, pointerOf(keys));
  return { keys, before: owner(compared.base), after: owner(compared.revision) };
}

/** Whether the schema at these keys is one of several below a keyword, as a field is. */
function isOneOfSeveral(keys: readonly string[]): boolean {
  return holdsNames(keys.slice(0, -1)) || (SCHEMA_LISTS.has(keys.at(-2) ?? "") && !holdsNames(keys.slice(0, -2)));
}

function keywordOf(difference: Difference): string {
  const { kind, typeName, property = "", base, revision } = difference;
  if (typeName.startsWith("Discriminator")) return "discriminator";
  if (kind === "modified" && typeName === "Schema") return property;
  const side = revision ?? base;
  const keys = side === undefined ? [] : nodeKeys(difference, side);
  const [parent = "", own = ""] = keys.slice(-2);
  return typeName === "Schema" && isOneOfSeveral(keys) ? parent : own;
}

function describeSubschema(difference: Difference, keyword: string, name: string, compared: Compared): string {
  const { kind, typeName, base, revision } = difference;
  const isAdded = kind === "added";
  const document = isAdded ? compared.revision : compared.base;
  const value = (revision ?? base)?.value;
  const isOne = typeName === "Schema";
  if (keyword === "properties") {
    return isOne
      ? sentence(`${nodeName(difference, compared)} is ${isAdded ? "new" : "gone"}.`)
      : sentence(`${name} ${isAdded ? "names its fields now" : "no longer names its fields"}.`);
  }
  if (isOne && SCHEMA_LISTS.has(keyword)) {
    const raw = valueAt(document, pointerOfDifference(difference));
    return sentence(`\`${keyword}\` of ${name} ${isAdded ? "gains" : "loses"} ${schemaText(raw)}.`);
  }
  const fields = keyword === "allOf" ? fieldsOf(document, value) : [];
  const withFields = fields.length > 0 ? `, with ${quoted(fields)}` : "";
  return sentence(`\`${keyword}\` of ${name} is ${isAdded ? "new" : "gone"}${withFields}.`);
}

/** The fields that some schemas name, each for itself. */
function fieldsOf(document: Document, schemas: unknown): string[] {
  const found: (JsonObject | undefined)[] = Array.isArray(schemas) ? schemas.map((each) => unwrap(document, each)) : [];
  return [...new Set(found.flatMap((schema) => Object.keys(schema?.properties ?? {})))];
}
