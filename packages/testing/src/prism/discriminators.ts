import { isRecord } from "../overrides.ts";

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly discriminator?: { readonly propertyName?: unknown; readonly mapping?: Readonly<Record<string, string>> };
}

type Schemas = Record<string, Schema>;

/** What a discriminator says: with this value of the property, an object has the schema of this name. */
interface Choice {
  readonly name: string;
  readonly property: string;
  readonly value: string;
}

/** Has each schema of a document that a discriminator leads to state its value of the property, and require the property. */
export function stateDiscriminators(document: unknown): void {
  const schemas = (document as { readonly components?: { readonly schemas?: Schemas } }).components?.schemas ?? {};
  for (const [name, choices] of groupBy(choicesIn(document, schemas), (choice) => choice.name)) {
    const schema = schemas[name];
    if (isRecord(schema)) schemas[name] = withValues(schema, choices);
  }
}

function choicesIn(document: unknown, schemas: Schemas): Choice[] {
  const choices: Choice[] = [];
  /** @param name That of a schema in `components/schemas`. */
  const visit = (part: unknown, name?: string): void => {
    if (typeof part !== "object" || part === null) return;
    choices.push(...choicesOf(part, name, schemas));
    for (const [key, inner] of Object.entries(part)) visit(inner, part === schemas ? key : undefined);
  };
  visit(document);
  return choices;
}

function choicesOf(schema: Schema, name: string | undefined, schemas: Schemas): Choice[] {
  const { propertyName: property, mapping = {} } = schema.discriminator ?? {};
  if (typeof property !== "string") return [];
  const mapped = Object.entries(mapping).map(([value, to]) => ({ name: nameIn(to), property, value }));
  const members = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  // OpenAPI: without a mapping, the value is the name of the schema.
  const unmapped = (members.length > 0 ? members.flatMap(namesOf) : heirsOf(name, schemas)).filter(
    (each) => !mapped.some((choice) => choice.name === each) && !states(schemas[each], property, schemas),
  );
  return [...mapped, ...unmapped.map((each) => ({ name: each, property, value: each }))];
}

function nameIn(reference: string): string {
  return reference.replace("#/components/schemas/", "");
}

/** The name of the schema that this one refers to, if it does. */
function namesOf({ $ref }: Schema): string[] {
  return $ref === undefined ? [] : [nameIn($ref)];
}

/** The schemas that extend the one of this name. */
function heirsOf(name: string | undefined, schemas: Schemas): string[] {
  if (name === undefined) return [];
  return Object.keys(schemas).filter((each) => schemas[each]?.allOf?.flatMap(namesOf).includes(name));
}

/** Whether a schema already says which values the property has. */
function states(schema: Schema | undefined, property: string, schemas: Schemas): boolean {
  const { const: constant, enum: listed } = schema?.properties?.[property] ?? {};
  if (constant !== undefined || listed !== undefined) return true;
  return (schema?.allOf ?? []).some((part) => {
    const [name] = namesOf(part);
    return states(name === undefined ? part : schemas[name], property, schemas);
  });
}

function withValues(schema: Schema, choices: readonly Choice[]): Schema {
  const stated = [...groupBy(choices, ({ property }) => property)].map(([property, ofProperty]) => {
    const { $ref: _ref, enum: _enum, ...keywords } = schema.properties?.[property] ?? {};
    const values = [...new Set(ofProperty.map(({ value }) => value))];
    return [property, values.length > 1 ? { ...keywords, enum: values } : { ...keywords, const: values[0] }] as const;
  });
  const properties = Object.fromEntries(stated);
  const required = Object.keys(properties);
  // What stands in a file of its own is not changed.
  if (schema.$ref !== undefined) return { allOf: [schema, { properties, required }] };
  return {
    ...schema,
    properties: { ...schema.properties, ...properties },
    required: [...new Set([...(schema.required ?? []), ...required])],
  };
}

/** `Map.groupBy`, which the target of this package lacks. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
