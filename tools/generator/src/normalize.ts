import {
  allOfParts,
  type Document,
  edited,
  edits,
  exchangesOf,
  isAnnotation,
  isObject,
  keywordsOf,
  mapSubschemas,
  operationsOf,
  type Parameter,
  type PathItem,
  type Reference,
  resolve,
  type Schema,
  type SchemaObject,
  schemaName,
  target,
  valueAt,
  withoutExtensions,
} from "@mindbridge-sdk/openapi";
import { typeNameOf } from "./names.ts";

/** A document in the form that the emitters read, where each schema says all that its types and its validators need. */
export interface NormalizedDocument {
  readonly document: Document;
  /** The same before its schemas were divided by direction: they have the properties of both. */
  readonly undivided: Document;
  /** The schemas that are sent otherwise than they are read: the name of what is read, by the name of what is sent. */
  readonly readForms: ReadonlyMap<string, string>;
}

/**
 * Puts a document into the form that the emitters read:
 *
 * - Where an operation has no success but a `default`, that is its success, too: as `2XX`. Header parameters that OpenAPI ignores are left
 *   out.
 * - An `operationId` is the name of the client's method, and the name of a schema that of its type.
 * - A `$ref` leads to a component, and has no constraints beside it: they stand together in an `allOf`. There are no `$defs`.
 * - A `discriminator` has become the `const` of that property, in each schema that it leads to.
 * - Requests have no `readOnly` properties, and responses no `writeOnly` ones. A component that both use is there twice: `User` is
 *   what is read, `UserWritable` what is sent.
 */
export function normalize(document: Document): NormalizedDocument {
  const known = normalized.get(document);
  if (known !== undefined) return known;
  // Most documents have nothing of most kinds, and may have thousands of schemas to look at.
  const text = JSON.stringify(document);
  const plain = withTypeNames(withPlainReferences(withPlainOperations(document)));
  const told = text.includes('"discriminator":') ? withoutDiscriminators(plain) : plain;
  const hiding = (["sent", "read"] as const).filter((direction) => text.includes(`"${HIDDEN[direction]}":true`));
  const divided = hiding.length > 0 ? splitByDirection(told, hiding) : { document: told, readForms: new Map() };
  const made = { ...divided, undivided: told };
  normalized.set(document, made);
  return made;
}

/** The checks, the model and what compares documents all read one. */
const normalized = new WeakMap<Document, NormalizedDocument>();

/** Whether OpenAPI ignores a header parameter of this name: `security` and `content` describe it. */
export function isIgnoredHeader(name: string): boolean {
  return ["accept", "authorization", "content-type"].includes(name.toLowerCase());
}

/**
 * The `operationId` of each operation is the name of the client's method. Each has a success, if it has any response, and no parameter
 * that OpenAPI ignores. Responses have no extensions among them.
 */
function withPlainOperations(document: Document): Document {
  const isIgnored = (each: Parameter | Reference): boolean => {
    const { in: place, name } = resolve<Parameter>(document, each);
    return place === "header" && isIgnoredHeader(name);
  };
  /** By its pointer, since paths may share a path item. */
  const changes = new Map<string, unknown>();
  for (const { pointer, object } of exchangesOf(document)) {
    const { responses = {} } = object;
    const declared = withoutExtensions(responses);
    if (Object.keys(declared).length < Object.keys(responses).length) changes.set(`${pointer}/responses`, declared);
  }
  for (const { pointer, id, object } of operationsOf(document)) {
    if (id !== object.operationId) changes.set(`${pointer}/operationId`, id);
    const { default: usual, ...responses } = withoutExtensions(object.responses ?? {});
    const isOnly = !Object.keys(responses).some((status) => /^[23]/.test(status));
    if (usual && isOnly) changes.set(`${pointer}/responses/2XX`, usual);
    const item = pointer.slice(0, pointer.lastIndexOf("/"));
    const { parameters: shared = [] } = valueAt(document, item) as PathItem;
    for (const [at, parameters] of [[item, shared] as const, [pointer, object.parameters ?? []] as const]) {
      if (parameters.some(isIgnored))
        changes.set(
          `${at}/parameters`,
          parameters.filter((each) => !isIgnored(each)),
        );
    }
  }
  return changes.size === 0
    ? document
    : edited(
        document,
        [...changes].map(([pointer, value]) => edits.set(pointer, value)),
      );
}

/** Whether the user sends what a schema describes, or reads it. */
type Direction = "sent" | "read";

/** Which properties are not there in a direction. */
const HIDDEN = { sent: "readOnly", read: "writeOnly" } as const;

const OPPOSITE = { sent: "read", read: "sent" } as const;

/** The keys whose value has things by names, and no keys of OpenAPI. */
const MAPS = new Set(["callbacks", "content", "encoding", "headers", "links", "responses"]);

/** A copy of a document with each of its schemas mapped. Those of components are mapped without a direction. */
export function mapSchemas(document: Document, map: (schema: Schema, direction?: Direction) => Schema): Document {
  const visit = (node: unknown, direction: Direction): unknown => {
    if (Array.isArray(node)) return node.map((each) => visit(each, direction));
    if (!isObject(node)) return node;
    return mapValues(node, (value, key) => {
      if (key === "schema") return map(value as Schema, direction);
      if (key === "example" || key === "examples" || key.startsWith("x-")) return value;
      const inside = key === "responses" || key === "callbacks" ? OPPOSITE[direction] : direction;
      return MAPS.has(key) && isObject(value) ? mapValues(value, (each) => visit(each, inside)) : visit(value, inside);
    });
  };
  const visitAll = (direction: Direction, named: Readonly<Record<string, unknown>>) =>
    mapValues(named, (each) => visit(each, direction));
  const { schemas, parameters, requestBodies, pathItems, responses, headers, ...others } = document.components ?? {};
  return {
    ...document,
    ...(document.paths && { paths: visitAll("sent", document.paths) }),
    ...(document.webhooks && { webhooks: visitAll("read", document.webhooks) }),
    ...(document.components && {
      components: {
        ...others,
        ...(schemas && { schemas: mapValues(schemas, (schema) => map(schema)) }),
        ...(parameters && { parameters: visitAll("sent", parameters) }),
        ...(requestBodies && { requestBodies: visitAll("sent", requestBodies) }),
        ...(pathItems && { pathItems: visitAll("sent", pathItems) }),
        ...(responses && { responses: visitAll("read", responses) }),
        ...(headers && { headers: visitAll("read", headers) }),
      },
    }),
  } as Document;
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value, key)]));
}

/** Only references to components are left, without constraints beside them. What any other leads to is put in its place. */
function withPlainReferences(document: Document): Document {
  const visit = (schema: Schema, inside: readonly string[] = []): Schema => {
    if (typeof schema === "boolean") return schema;
    // What refers to a definition has a copy of it.
    const { $defs: _, ...held } = schema;
    const mapped = mapSubschemas(held, (part) => visit(part, inside)) as SchemaObject;
    if (mapped.$ref === undefined) return mapped;
    const { $ref, ...beside } = mapped;
    const referred = (): Schema => {
      if (schemaName($ref) !== undefined) return { $ref };
      // The checks refuse a schema that holds itself without a name.
      return inside.includes($ref) || visit(target(document, $ref).value as Schema, [...inside, $ref]);
    };
    const found = referred();
    if (isObject(found) && Object.keys(beside).every(isAnnotation)) return { ...found, ...beside };
    return { ...beside, allOf: [found, ...(beside.allOf ?? [])] };
  };
  return mapSchemas(document, (schema) => visit(schema));
}

/** The name of each schema is the name of its type. */
function withTypeNames(document: Document): Document {
  const { schemas = {} } = document.components ?? {};
  if (Object.keys(schemas).every((name) => name === typeNameOf(name))) return document;
  const renamed = (reference: string): string => {
    const name = schemaName(reference);
    if (name !== undefined) return `#/components/schemas/${typeNameOf(name)}`;
    return reference in schemas ? typeNameOf(reference) : reference;
  };
  const visit = (schema: Schema): Schema => {
    const mapped = mapSubschemas(schema, visit);
    if (typeof mapped === "boolean") return mapped;
    const { $ref, discriminator } = mapped as { readonly $ref?: string; readonly discriminator?: Discriminator };
    return {
      ...mapped,
      ...($ref !== undefined && { $ref: renamed($ref) }),
      ...(discriminator?.mapping && {
        discriminator: { ...discriminator, mapping: mapValues(discriminator.mapping, renamed) },
      }),
    };
  };
  const mapped = mapSchemas(document, visit);
  const named = Object.entries(mapped.components?.schemas ?? {}).map(([name, schema]) => [typeNameOf(name), schema]);
  return { ...mapped, components: { ...mapped.components, schemas: Object.fromEntries(named) } };
}

interface Discriminator {
  readonly propertyName: string;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** Each schema that a discriminator leads to states its value of the property, and requires the property. */
export function withoutDiscriminators(document: Document): Document {
  const { schemas = {} } = document.components ?? {};
  /** The values of properties, by the name of the schema. */
  const values = new Map<string, Map<string, string[]>>();
  const note = (name: string, property: string, value: string): void => {
    const ofSchema = values.get(name) ?? new Map<string, string[]>();
    values.set(name, ofSchema.set(property, [...new Set([...(ofSchema.get(property) ?? []), value])]));
  };
  const heirsOf = (name: string | undefined): string[] =>
    Object.keys(schemas).filter((each) => refersTo((schemas[each] as SchemaObject).allOf, name));

  const visit = (schema: Schema, name?: string): Schema => {
    if (typeof schema === "boolean" || schema.discriminator === undefined)
      return mapSubschemas(schema, (each) => visit(each));
    const { discriminator, ...others } = schema;
    const { propertyName, mapping = {} } = discriminator as Discriminator;
    const mapped = Object.entries(mapping).map(([value, to]) => [schemaName(to) ?? to, value] as const);
    for (const [to, value] of mapped) if (to in schemas) note(to, propertyName, value);
    const members = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((each) => schemaName(each) ?? []);
    const isMapped = (each: string): boolean => mapped.some(([to]) => to === each);
    for (const each of members.length > 0 ? members : heirsOf(name)) {
      if (!isMapped(each) && !statesValue(document, each, propertyName)) note(each, propertyName, each);
    }
    return mapSubschemas(others, (each) => visit(each));
  };
  // By name first, since heirs refer to a component by its name.
  const named = mapValues(schemas, visit);
  const plain = mapSchemas(
    { ...document, ...(document.components && { components: { ...document.components, schemas: named } }) },
    (schema) => visit(schema),
  );
  if (values.size === 0) return plain;
  const stated = mapValues(plain.components?.schemas ?? {}, (schema, name) =>
    withValues(document, schema, values.get(name)),
  );
  return { ...plain, components: { ...plain.components, schemas: stated } };
}

function refersTo(parts: readonly Schema[] = [], name: string | undefined): boolean {
  return name !== undefined && parts.some((part) => schemaName(part) === name);
}

/** Whether a component says which values a property has. */
function statesValue(document: Document, name: string, property: string): boolean {
  return allOfParts(document, { $ref: `#/components/schemas/${name}` }).some(({ value: { properties = {} } }) => {
    const keywords = keywordsOf(document, properties[property]);
    return keywords.const !== undefined || keywords.enum !== undefined;
  });
}

function withValues(
  document: Document,
  schema: Schema,
  values: ReadonlyMap<string, readonly string[]> = new Map(),
): Schema {
  if (typeof schema === "boolean" || values.size === 0) return schema;
  const stated = [...values].map(([property, [value, ...more]]): [string, Schema] => {
    const { enum: _, $ref: __, ...keywords } = keywordsOf(document, schema.properties?.[property]);
    return [property, more.length > 0 ? { ...keywords, enum: [value, ...more] } : { ...keywords, const: value }];
  });
  return {
    ...schema,
    required: [...new Set([...(schema.required ?? []), ...values.keys()])],
    properties: { ...schema.properties, ...Object.fromEntries(stated) },
  };
}

/** @param hiding The directions in which properties are hidden. */
function splitByDirection(document: Document, hiding: readonly Direction[]): Omit<NormalizedDocument, "undivided"> {
  const { schemas = {} } = document.components ?? {};
  const names = Object.keys(schemas);

  /** The parts of an `allOf` that a schema is made of. Most are made of themselves alone. */
  const partsOf = (schema: Schema): SchemaObject[] => {
    if (typeof schema === "boolean") return [];
    const isWhole = schema.$ref === undefined && schema.allOf === undefined;
    return isWhole ? [schema] : allOfParts(document, schema).map(({ value }) => value);
  };

  /** The properties that a schema, or a part of its `allOf`, hides. */
  const hiddenIn = (schema: Schema, direction: Direction): Set<string> =>
    new Set(
      partsOf(schema).flatMap(({ properties = {} }) =>
        Object.entries(properties).flatMap(([name, property]) =>
          partsOf(property).some((part) => part[HIDDEN[direction]] === true) ? [name] : [],
        ),
      ),
    );

  const sameName = (name: string): string => name;

  /** The form of a schema in a direction. */
  const formOf = (
    schema: Schema,
    direction: Direction,
    nameIn: (name: string) => string,
    around: ReadonlySet<string> = new Set(),
  ): Schema => {
    if (typeof schema === "boolean" || (nameIn === sameName && !hiding.includes(direction))) return schema;
    const hidden = new Set([...around, ...hiddenIn(schema, direction)]);
    const shown = mapValues(schema, (value, keyword) => {
      if (keyword === "required") return (value as string[]).filter((name) => !hidden.has(name));
      if (keyword !== "properties") return value;
      return Object.fromEntries(Object.entries(value as object).filter(([name]) => !hidden.has(name)));
    });
    const mapped = mapSubschemas(shown, (part, keyword) =>
      formOf(part, direction, nameIn, keyword === "allOf" ? hidden : undefined),
    ) as SchemaObject;
    const name = schemaName(mapped);
    return name === undefined ? mapped : { ...mapped, $ref: `#/components/schemas/${nameIn(name)}` };
  };

  const referencesIn = (schema: Schema): Set<string> => {
    const found = new Set<string>();
    const visit = (part: Schema): Schema => {
      const name = schemaName(part);
      if (name !== undefined) found.add(name);
      return mapSubschemas(part, visit);
    };
    visit(schema);
    return found;
  };

  /** The forms of the components in a direction, and which of them are not as the document has them. */
  const formsIn = (direction: Direction) => {
    const forms = mapValues(schemas, (schema) => formOf(schema, direction, sameName));
    const references = new Map(names.map((name) => [name, referencesIn(forms[name] as Schema)]));
    const changed = new Set(names.filter((name) => JSON.stringify(forms[name]) !== JSON.stringify(schemas[name])));
    for (let size = -1; size !== changed.size; ) {
      size = changed.size;
      for (const [name, others] of references) if ([...others].some((other) => changed.has(other))) changed.add(name);
    }
    const used = new Set<string>();
    const use = (name: string): void => {
      if (used.has(name) || !(name in schemas)) return;
      used.add(name);
      for (const other of references.get(name) ?? []) use(other);
    };
    mapSchemas(document, (schema, at) => {
      if (at === direction) for (const name of referencesIn(formOf(schema, direction, sameName))) use(name);
      return schema;
    });
    return { changed, used };
  };

  const [sent, read] = [formsIn("sent"), formsIn("read")];
  const isTwofold = (name: string): boolean =>
    sent.used.has(name) && read.used.has(name) && (sent.changed.has(name) || read.changed.has(name));
  const nameIn = { sent: (name: string) => (isTwofold(name) ? `${name}Writable` : name), read: sameName };
  const form = (schema: Schema, direction: Direction): Schema => formOf(schema, direction, nameIn[direction]);

  const components = Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]): [string, Schema][] => {
      if (isTwofold(name))
        return [
          [name, form(schema, "read")],
          [nameIn.sent(name), form(schema, "sent")],
        ];
      return [[name, form(schema, sent.used.has(name) && !read.used.has(name) ? "sent" : "read")]];
    }),
  );
  const mapped = mapSchemas(document, (schema, direction) => (direction ? form(schema, direction) : schema));
  return {
    document: { ...mapped, components: { ...mapped.components, schemas: components } },
    readForms: new Map(names.filter(isTwofold).map((name) => [nameIn.sent(name), name])),
  };
}
