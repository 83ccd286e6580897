import {
  allOfParts,
  below,
  childrenOf,
  type Document,
  exchangesOf,
  keysOf,
  type Located,
  pointerOf,
  rootsOf,
  type Schema,
  type SchemaObject,
  schemaName,
  valueAt,
} from "@mindbridge-sdk/openapi";

/** A problem of the document as a whole. */
export interface Finding {
  readonly rule: string;
  /** Set if the document is accepted nevertheless. Otherwise the problem is an error. */
  readonly severity?: "warning";
  readonly message: string;
  /** The pointer of the place. */
  readonly pointer: string;
}

/** The keywords whose schemas apply to the value itself. */
export const IN_PLACE: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "dependentSchemas",
]);

/** Finds the schemas that no validator can be made of. */
export function checkSchemas(document: Document): Finding[] {
  const findings: Finding[] = [];
  const composed: Located<SchemaObject>[] = [];
  /** For each schema those that apply to the same value. */
  const inPlace: References = new Map();
  /** For each schema those that stand inside it once what it refers to, other than components, is put in place. */
  const inside: References = new Map();

  const visit = ({ value: schema, pointer }: Located<Schema>): void => {
    if (typeof schema === "boolean" || inPlace.has(pointer)) return;
    const referred = schema.$ref === undefined ? undefined : placeOf(document, schema.$ref);
    findings.push(
      ...checkAddresses(schema, pointer, referred),
      ...checkPatterns(schema, pointer),
      ...checkLimits(schema, pointer),
    );
    if (schema.allOf) composed.push({ value: schema, pointer });
    const children = changesBase(schema, pointer) ? [] : childrenOf({ value: schema, pointer });
    const applied = [...children.filter(({ keyword }) => IN_PLACE.has(keyword)), ...(referred ? [referred] : [])];
    const isComponent = referred !== undefined && schemaName(referred.pointer) !== undefined;
    inPlace.set(pointer, pointersOf(applied));
    inside.set(pointer, pointersOf(referred && !isComponent ? [...children, referred] : children));
    for (const each of [...children, ...applied]) visit(each);
  };

  for (const operation of exchangesOf(document)) {
    for (const { schema } of rootsOf(document, operation)) visit(schema);
  }
  const endless = loopsIn(inPlace);
  return [
    ...findings,
    // Where a reference leads nowhere, nobody knows the parts.
    ...(findings.length === 0 ? composed.flatMap((each) => checkClosedParts(document, each)) : []),
    ...endless.map((pointer) => ({
      rule: "schema-recursion",
      message: "The schema applies itself to the same value, again and again. Put it below a property or an item.",
      pointer,
    })),
    ...loopsIn(inside)
      .filter((pointer) => !endless.includes(pointer))
      .map((pointer) => ({
        rule: "schema-recursion",
        message: "The schema holds itself, and has no name. Make it a component, and refer to that.",
        pointer,
      })),
  ];
}

/** Pointers of schemas by that of the schema that has to do with them. */
type References = Map<string, readonly string[]>;

function pointersOf(schemas: readonly Located[]): string[] {
  return schemas.map(({ pointer }) => pointer);
}

/** What a `$ref` leads to, if it is a JSON Pointer to something. */
export function placeOf(document: Document, $ref: string): Located<Schema> | undefined {
  if (!$ref.startsWith("#/")) return undefined;
  const pointer = pointerOf(keysOf($ref).map(decodeURIComponent));
  const value = valueAt(document, pointer);
  return value === undefined ? undefined : { value: value as Schema, pointer };
}

/** Whether references start from a schema, and not from the document. A component may have an `$id`, to which none then leads. */
function changesBase(schema: SchemaObject, pointer: string): boolean {
  return "$id" in schema && schemaName(pointer) === undefined;
}

function checkAddresses(schema: SchemaObject, pointer: string, referred: Located | undefined): Finding[] {
  const unfollowed = {
    $id: changesBase(schema, pointer),
    $ref: schema.$ref !== undefined && referred === undefined,
    $dynamicRef: "$dynamicRef" in schema,
  };
  const keywords = Object.entries(unfollowed).flatMap(([keyword, isUnfollowed]) => (isUnfollowed ? [keyword] : []));
  return keywords.map((keyword) => ({
    rule: "schema-reference",
    message: `The generator does not follow \`${keyword}: ${schema[keyword]}\`. Refer to a schema by its place, such as \`#/components/schemas/Webhook\`.`,
    pointer: `${pointer}/${keyword}`,
  }));
}

/** No part of an `allOf` refuses the properties that another part names. */
function checkClosedParts(document: Document, { value: schema, pointer }: Located<SchemaObject>): Finding[] {
  const parts = allOfParts(document, schema, pointer).map(({ value }) => value);
  const names = new Set(
    parts.flatMap(({ properties = {}, required = [] }) => [...Object.keys(properties), ...required]),
  );
  const closed = parts.filter((part) => part.additionalProperties === false && !part.patternProperties);
  const refused = new Set(
    closed.flatMap(({ properties = {} }) => [...names].filter((name) => !Object.hasOwn(properties, name))),
  );
  if (refused.size === 0) return [];
  const message = `One part of the \`allOf\` has \`additionalProperties: false\`, and so refuses what another part names: ${[...refused].map((name) => `\`${name}\``).join(", ")}. Leave the parts open, and put \`unevaluatedProperties: false\` beside the \`allOf\`.`;
  return [{ rule: "closed-parts", message, pointer: `${pointer}/allOf` }];
}

function checkPatterns(schema: SchemaObject, pointer: string): Finding[] {
  const at = { value: schema, pointer };
  const named = below(at, "patternProperties");
  const patterns = [
    ...(schema.pattern === undefined ? [] : [below(at, "pattern")]),
    ...Object.keys(schema.patternProperties ?? {}).map((pattern) => ({ ...below(named, pattern), value: pattern })),
  ];
  return patterns.flatMap(({ value, pointer: place }) => {
    try {
      new RegExp(String(value), "u").test("");
      return [];
    } catch (error) {
      const message = `${(error as Error).message}. Write the pattern as ECMA-262 does, in its Unicode mode.`;
      return [{ rule: "schema-pattern", message, pointer: place }];
    }
  });
}

/** Lower and upper limits, and whether a value may have both as they stand. */
const LIMITS = [
  ["minimum", "maximum", true],
  ["minimum", "exclusiveMaximum", false],
  ["exclusiveMinimum", "maximum", false],
  ["exclusiveMinimum", "exclusiveMaximum", false],
  ["minLength", "maxLength", true],
  ["minItems", "maxItems", true],
  ["minContains", "maxContains", true],
  ["minProperties", "maxProperties", true],
] as const;

/** A value can be between the limits. */
function checkLimits(schema: SchemaObject, pointer: string): Finding[] {
  return LIMITS.flatMap(([least, most, mayBeEqual]): Finding[] => {
    const [lower, upper] = [schema[least], schema[most]];
    if (lower === undefined || upper === undefined || lower < upper || (mayBeEqual && lower === upper)) return [];
    const message = `No value has both: \`${least}: ${lower}\`, \`${most}: ${upper}\`. Correct one of them.`;
    return [{ rule: "schema-limits", message, pointer: `${pointer}/${least}` }];
  });
}

/** The schemas that lead back to themselves. */
function loopsIn(references: References): string[] {
  const loops = new Set<string>();
  const done = new Set<string>();
  const around = new Set<string>();
  const visit = (pointer: string): void => {
    if (around.has(pointer)) loops.add(pointer);
    if (done.has(pointer)) return;
    done.add(pointer);
    around.add(pointer);
    for (const each of references.get(pointer) ?? []) visit(each);
    around.delete(pointer);
  };
  for (const pointer of references.keys()) visit(pointer);
  return [...loops];
}
