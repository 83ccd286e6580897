import type { Schema, SchemaObject } from "@mindbridge-sdk/openapi";
import { formatName, isFormat } from "./formats.ts";
import { importLine, literal } from "./text.ts";

/** Schemas by name. A `$ref` in them is the name of another one. */
export type NamedSchemas = ReadonlyMap<string, Schema>;

/** The code of a module that validates values, and what it needs. */
export interface ValidatorModule {
  readonly code: string;
  /** The formats that it imports. */
  readonly formats: ReadonlySet<string>;
}

/**
 * The functions of a module. `validate` tells whether a value is valid. `track` also says what it evaluated, for an
 * `unevaluatedProperties` or `unevaluatedItems` around it.
 */
type Kind = "validate" | "track";

/** The value that statements check. */
interface Place {
  /** An expression. */
  readonly value: string;
  /** What its JSON Pointer has behind that of the function's value: the inside of a template literal. */
  readonly path: string;
  /** The keyword that a value breaks where the schema is `false`. */
  readonly keyword: string;
  /** The variable that collects which properties and items are evaluated, if somebody asks. */
  readonly evaluated: string | undefined;
}

type Lines = readonly string[];

/**
 * Compiles JSON Schemas (2020-12) to modules. Each module has the function of one schema, and calls those of the schemas that
 * it refers to, so that the code grows as the schemas do.
 *
 * @param roots The schemas that are asked for. These and what they refer to are compiled.
 * @returns The modules by the name of their schema.
 */
export function compileSchemas(schemas: NamedSchemas, roots: Iterable<string>): Map<string, ValidatorModule> {
  const writers = new Map<string, ModuleWriter>();
  const due: [name: string, kind: Kind][] = [...roots].map((name) => [name, "validate"]);
  for (let next = due.pop(); next !== undefined; next = due.pop()) {
    const [name, kind] = next;
    const writer = writers.get(name) ?? new ModuleWriter(name, schemas);
    writers.set(name, writer);
    due.push(...writer.export(kind));
  }
  return new Map([...writers].map(([name, writer]) => [name, writer.module()]));
}

/** The expression that tells whether a value has a type. */
const TYPE_TESTS: Readonly<Record<string, (value: string) => string>> = {
  array: (value) => `Array.isArray(${value})`,
  boolean: (value) => `typeof ${value} === "boolean"`,
  // No type of JSON: the objects that forms are written from hold files.
  file: (value) => `${value} instanceof Blob`,
  integer: (value) => `Number.isInteger(${value})`,
  null: (value) => `${value} === null`,
  number: (value) => `Number.isFinite(${value})`,
  object: (value) => `isObject(${value})`,
  string: (value) => `typeof ${value} === "string"`,
};

/** Up to here names and values are compared one by one, and beyond it looked up in a set. */
const FEW = 5;

/** Writes the module of one schema: a method for each group of keywords, which returns the statements that check a value. */
class ModuleWriter {
  readonly #name: string;
  readonly #schemas: NamedSchemas;
  readonly #exported = new Set<Kind>();
  readonly #functions: string[] = [];
  /** The functions of schemas without a name. */
  readonly #inner = new Map<Schema, Map<Kind, string>>();
  /** The names of constants by their code. */
  readonly #constants = new Map<string, string>();
  readonly #runtime = new Set<string>();
  readonly #formats = new Set<string>();
  readonly #imports = new Map<string, Set<Kind>>();
  readonly #counts = new Map<string, number>();

  constructor(name: string, schemas: NamedSchemas) {
    this.#name = name;
    this.#schemas = schemas;
  }

  /** Writes a function that the module exports, unless it is there. Returns those of other modules that it calls. */
  export(kind: Kind): [name: string, kind: Kind][] {
    if (this.#exported.has(kind)) return [];
    this.#exported.add(kind);
    this.#functions.push(`export ${this.#function(kind, kind, this.#schemas.get(this.#name) ?? true)}`);
    return [...this.#imports].flatMap(([name, kinds]) => [...kinds].map((each): [string, Kind] => [name, each]));
  }

  module(): ValidatorModule {
    const others = [...this.#imports].filter(([name]) => name !== this.#name);
    const imports = others
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, kinds]) => {
        const names = [...kinds].map((kind) => `${kind} as ${importedName(name, kind)}`);
        return importLine("import", names, `./${name}.ts`);
      });
    const constants = [...this.#constants].map(([code, name]) => `const ${name} = ${code};\n`);
    const code = [
      "// @ts-nocheck: it follows from schemas.\n",
      importLine("import type", ["Problem"], "../../validation/validator.ts"),
      importLine("import", this.#runtime, "../../validation/runtime.ts"),
      importLine("import", [...this.#formats].map(formatName), "./string-formats.ts"),
      ...imports,
      ...(constants.length > 0 ? ["\n", ...constants] : []),
      ...this.#functions.map((each) => `\n${each}\n`),
    ];
    return { code: code.join(""), formats: this.#formats };
  }

  #function(name: string, kind: Kind, schema: Schema): string {
    const evaluated = kind === "track" ? "evaluated" : undefined;
    const lines = this.#check(schema, { value: "value", path: "", keyword: "not", evaluated });
    const parameters = [
      "value: any",
      "problems?: Problem[]",
      'at = ""',
      ...(evaluated ? ["evaluated?: Set<string | number>"] : []),
    ];
    return block(`function ${name}(${parameters.join(", ")}): boolean`, [
      ...(lines.length > 0 ? ["const start = problems?.length;"] : []),
      ...lines,
      lines.length > 0 ? "return problems?.length === start;" : "return true;",
    ]).join("\n");
  }

  /** The statements that check a value against a schema. They return if it is invalid and nobody asks for the problems. */
  #check(schema: Schema, outer: Place): Lines {
    if (schema === true) return [];
    if (schema === false) return [`if (${this.#fail(outer, outer.keyword)}) return false;`];
    const { unevaluatedProperties, unevaluatedItems } = schema;
    if (unevaluatedProperties === undefined && unevaluatedItems === undefined)
      return this.#checkEvaluated(schema, outer);
    const evaluated = this.#fresh("evaluated");
    return [
      `const ${evaluated} = new Set();`,
      ...this.#checkEvaluated(schema, { ...outer, evaluated }),
      ...this.#checkUnevaluated(schema, outer, evaluated),
      ...(outer.evaluated ? [`for (const each of ${evaluated}) ${outer.evaluated}.add(each);`] : []),
    ];
  }

  /** The keywords that see only the value, and those that evaluate its properties and items. */
  #checkEvaluated(schema: SchemaObject, place: Place): Lines {
    return [
      ...(schema.$ref === undefined ? [] : this.#checkReference(schema.$ref, place)),
      ...this.#checkType(schema, place),
      ...this.#checkValues(schema, place),
      ...(schema.allOf ?? []).flatMap((part) => this.#check(part, place)),
      ...this.#checkChoice(schema, place),
    ];
  }

  #checkReference($ref: string, place: Place): Lines {
    const target = this.#schemas.get($ref) ?? true;
    if (isSmall(target)) return this.#check(target, place);
    const callee = this.#calleeByName($ref, place.evaluated ? "track" : "validate");
    return [`if (!${this.#callWithProblems(callee, place)} && !problems) return false;`];
  }

  #callWithProblems(callee: string, place: Place): string {
    const at = place.path === "" ? "at" : `problems && ${pointer(place)}`;
    return `${callee}(${[place.value, "problems", at, ...(place.evaluated ? [place.evaluated] : [])].join(", ")})`;
  }

  /** The keywords that are about one type. A value of another type passes them. */
  #checkType(schema: SchemaObject, place: Place): Lines {
    const types = schema.type === undefined ? [] : [schema.type].flat();
    const kinds = types.length === 0 ? ["string", "number", "array", "object"] : types;
    const checks = kinds.map((type) => [type, this.#checkKind(type, schema, place)] as const);
    const failure = () => this.#fail(place, "type", literal(types.length === 1 ? types[0] : types));
    const [first] = checks;
    if (types.length === 1 && first) return otherwise(this.#isType(first[0], place.value), first[1], failure());
    return [
      ...(types.length === 0
        ? []
        : [unless(types.map((each) => this.#isType(each, place.value)).join(" || "), failure())]),
      ...checks.flatMap(([type, lines]) =>
        lines.length === 0 ? [] : block(`if (${this.#isType(type, place.value)})`, lines),
      ),
    ];
  }

  #checkKind(type: string, schema: SchemaObject, place: Place): Lines {
    switch (type) {
      case "string":
        return this.#checkString(schema, place);
      case "integer":
      case "number":
        return this.#checkNumber(schema, place);
      case "array":
        return this.#checkArray(schema, place);
      case "object":
        return this.#checkObject(schema, place);
      default:
        return [];
    }
  }

  #isType(type: string, value: string): string {
    if (type === "object") this.#runtime.add("isObject");
    return TYPE_TESTS[type]?.(value) ?? "false";
  }

  #checkString(schema: SchemaObject, place: Place): Lines {
    const { value } = place;
    const length = () => this.#call("codePoints", value);
    return [
      ...this.#checkKeyword("minLength", schema, place, (limit) => `${length()} >= ${limit}`),
      ...this.#checkKeyword("maxLength", schema, place, (limit) => `${length()} <= ${limit}`),
      ...this.#checkKeyword("pattern", schema, place, (pattern) => `${this.#pattern(pattern)}.test(${value})`),
      ...(isFormat(schema.format)
        ? this.#checkKeyword("format", schema, place, (format) => this.#hasFormat(format, value))
        : []),
    ];
  }

  /** A keyword whose value says what must hold. */
  #checkKeyword<Keyword extends keyof SchemaObject & string>(
    keyword: Keyword,
    schema: SchemaObject,
    place: Place,
    condition: (limit: NonNullable<SchemaObject[Keyword]>) => string,
  ): Lines {
    const limit = schema[keyword];
    return limit === undefined || limit === null
      ? []
      : [unless(condition(limit), this.#fail(place, keyword, literal(limit)))];
  }

  #pattern(pattern: string): string {
    return this.#constant("pattern", `/* @__PURE__ */ new RegExp(${literal(pattern)}, "u")`);
  }

  /** A regular expression does not know how many days a month has. */
  #hasFormat(format: string, value: string): string {
    this.#formats.add(format);
    const matches = `${formatName(format)}.test(${value})`;
    return ["date", "date-time"].includes(format) ? `${matches} && ${this.#call("isDay", value)}` : matches;
  }

  #checkNumber(schema: SchemaObject, place: Place): Lines {
    const { value } = place;
    return [
      ...this.#checkKeyword("minimum", schema, place, (limit) => `${value} >= ${limit}`),
      ...this.#checkKeyword("maximum", schema, place, (limit) => `${value} <= ${limit}`),
      ...this.#checkKeyword("exclusiveMinimum", schema, place, (limit) => `${value} > ${limit}`),
      ...this.#checkKeyword("exclusiveMaximum", schema, place, (limit) => `${value} < ${limit}`),
      ...this.#checkKeyword("multipleOf", schema, place, (limit) => this.#call("isMultiple", value, String(limit))),
    ];
  }

  #checkArray(schema: SchemaObject, place: Place): Lines {
    const { value } = place;
    const { prefixItems = [], items, uniqueItems } = schema;
    return [
      ...this.#checkKeyword("minItems", schema, place, (limit) => `${value}.length >= ${limit}`),
      ...this.#checkKeyword("maxItems", schema, place, (limit) => `${value}.length <= ${limit}`),
      ...(uniqueItems ? [unless(this.#call("isUnique", value), this.#fail(place, "uniqueItems"))] : []),
      ...prefixItems.flatMap((each, index) =>
        block(`if (${value}.length > ${index})`, this.#checkItem(each, place, `${index}`, "prefixItems")),
      ),
      ...(items === undefined ? [] : this.#checkItems(items, place, prefixItems.length)),
      ...this.#checkContains(schema, place),
    ];
  }

  #checkItems(items: Schema, place: Place, start: number): Lines {
    const index = this.#fresh("index");
    return block(
      `for (let ${index} = ${start}; ${index} < ${place.value}.length; ${index}++)`,
      this.#checkItem(items, place, index, "items"),
    );
  }

  #checkItem(schema: Schema, place: Place, index: string, keyword: string): Lines {
    const path = `${place.path}/${/^\d/.test(index) ? index : `\${${index}}`}`;
    return [
      ...this.#checkChild(schema, { path, keyword }, `${place.value}[${index}]`),
      ...(place.evaluated ? [`${place.evaluated}.add(${index});`] : []),
    ];
  }

  /** Checks a property or an item. */
  #checkChild(schema: Schema, { path, keyword }: Pick<Place, "path" | "keyword">, expression: string): Lines {
    const value = this.#fresh("value");
    const lines = this.#check(schema, { value, path, keyword, evaluated: undefined });
    return lines.some((line) => line.includes(value)) ? [`const ${value} = ${expression};`, ...lines] : lines;
  }

  #checkContains(schema: SchemaObject, place: Place): Lines {
    const { contains, minContains } = schema;
    if (contains === undefined) return [];
    const [count, index] = [this.#fresh("count"), this.#fresh("index")];
    const { value, evaluated } = place;
    return [
      `let ${count} = 0;`,
      ...block(
        `for (let ${index} = 0; ${index} < ${value}.length; ${index}++)`,
        block(`if (${this.#condition(contains, `${value}[${index}]`)})`, [
          `${count}++;`,
          ...(evaluated ? [`${evaluated}.add(${index});`] : []),
        ]),
      ),
      ...(minContains === undefined ? [unless(`${count} > 0`, this.#fail(place, "contains", "1"))] : []),
      ...this.#checkKeyword("minContains", schema, place, (limit) => `${count} >= ${limit}`),
      ...this.#checkKeyword("maxContains", schema, place, (limit) => `${count} <= ${limit}`),
    ];
  }

  #checkObject(schema: SchemaObject, place: Place): Lines {
    const { properties = {}, required = [], dependentRequired = {}, dependentSchemas = {} } = schema;
    const { value } = place;
    const size = `Object.keys(${value}).length`;
    const missing = (name: string) => this.#fail({ ...place, path: `${place.path}${staticPath(name)}` }, "required");
    const require = (name: string) => unless(isPresent(name, value), missing(name));
    return [
      ...this.#checkKeyword("minProperties", schema, place, (limit) => `${size} >= ${limit}`),
      ...this.#checkKeyword("maxProperties", schema, place, (limit) => `${size} <= ${limit}`),
      ...Object.entries(properties).flatMap(([name, property]) =>
        this.#checkProperty(name, property, place, required.includes(name) ? missing(name) : undefined),
      ),
      ...required.filter((name) => !Object.hasOwn(properties, name)).map(require),
      ...Object.entries(dependentRequired).flatMap(([name, due]) =>
        block(`if (${isPresent(name, value)})`, due.map(require)),
      ),
      ...this.#checkNames(schema, place),
      ...Object.entries(dependentSchemas).flatMap(([name, each]) =>
        block(`if (${isPresent(name, value)})`, this.#check(each, { ...place, keyword: "dependentSchemas" })),
      ),
    ];
  }

  #checkProperty(name: string, schema: Schema, place: Place, missing: string | undefined): Lines {
    const path = `${place.path}${staticPath(name)}`;
    const value = this.#fresh("value");
    const lines = [
      ...this.#check(schema, { value, path, keyword: "properties", evaluated: undefined }),
      ...(place.evaluated ? [`${place.evaluated}.add(${literal(name)});`] : []),
    ];
    if (lines.length === 0 && missing === undefined) return [];
    const isThere = isInherited(name) ? isPresent(name, place.value) : `${value} !== undefined`;
    return [
      `const ${value} = ${access(name, place.value)};`,
      ...(missing === undefined ? block(`if (${isThere})`, lines) : otherwise(isThere, lines, missing)),
    ];
  }

  /** The keywords that look at every property: `propertyNames`, `patternProperties` and `additionalProperties`. */
  #checkNames(
    { properties = {}, patternProperties = {}, additionalProperties, propertyNames }: SchemaObject,
    place: Place,
  ): Lines {
    const name = this.#fresh("name");
    const patterns = Object.entries(patternProperties).map(([pattern, schema]) => ({
      test: `${this.#pattern(pattern)}.test(${name})`,
      schema,
    }));
    const path = `${place.path}/\${pointerKey(${name})}`;
    const property = (schema: Schema, keyword: string) => [
      ...this.#checkChild(schema, { path, keyword }, `${place.value}[${name}]`),
      ...(place.evaluated ? [`${place.evaluated}.add(${name});`] : []),
    ];
    const isOther = [...this.#isNoneOf(Object.keys(properties), name), ...patterns.map(({ test }) => `!${test}`)];
    const others = additionalProperties === undefined ? [] : property(additionalProperties, "additionalProperties");
    const lines = [
      ...(propertyNames === undefined
        ? []
        : this.#check(propertyNames, { value: name, path, keyword: "propertyNames", evaluated: undefined })),
      ...patterns.flatMap(({ test, schema }) => block(`if (${test})`, property(schema, "patternProperties"))),
      ...(isOther.length > 0 ? block(`if (${isOther.join(" && ")})`, others) : others),
    ];
    if (lines.some((line) => line.includes("pointerKey("))) this.#runtime.add("pointerKey");
    return block(`for (const ${name} of Object.keys(${place.value}))`, lines);
  }

  /** The conditions that together say that a name is none of some. */
  #isNoneOf(names: readonly string[], name: string): string[] {
    if (names.length <= FEW) return names.map((each) => `${name} !== ${literal(each)}`);
    return [`!${this.#set("names", names)}.has(${name})`];
  }

  #set(prefix: string, values: readonly unknown[]): string {
    return this.#constant(prefix, `/* @__PURE__ */ new Set(${literal(values)})`);
  }

  #checkValues(schema: SchemaObject, place: Place): Lines {
    const { const: constant, enum: values } = schema;
    return [
      ...("const" in schema
        ? [unless(this.#isConst(constant, place.value), this.#fail(place, "const", constantCode(constant)))]
        : []),
      ...(values ? [unless(this.#isListed(values, place.value), this.#fail(place, "enum", this.#list(values)))] : []),
    ];
  }

  #isConst(constant: unknown, value: string): string {
    return isPrimitive(constant)
      ? `${value} === ${literal(constant)}`
      : this.#call("isEqual", value, this.#constant("constant", constantCode(constant)));
  }

  /** A constant that holds the values of an enum. */
  #list(values: readonly unknown[]): string {
    return values.every(isPrimitive) ? this.#set("values", values) : this.#constant("values", constantCode(values));
  }

  #isListed(values: readonly unknown[], value: string): string {
    return values.every(isPrimitive)
      ? `${this.#list(values)}.has(${value})`
      : `${this.#list(values)}.some((each) => ${this.#call("isEqual", "each", value)})`;
  }

  /** The keywords that choose between schemas. */
  #checkChoice(schema: SchemaObject, place: Place): Lines {
    const { anyOf, oneOf, not: excluded, if: condition } = schema;
    return [
      ...(anyOf ? this.#checkMatches("anyOf", anyOf, place) : []),
      ...(oneOf ? this.#checkMatches("oneOf", oneOf, place) : []),
      ...(excluded === undefined
        ? []
        : [unless(not(this.#condition(excluded, place.value)), this.#fail(place, "not"))]),
      ...(condition === undefined ? [] : this.#checkIf(condition, schema, place)),
    ];
  }

  /** If no member matches: adds the problems of the member that the value names or, if it names none, those of every member. */
  #checkMatches(keyword: "anyOf" | "oneOf", members: readonly Schema[], place: Place): Lines {
    const conditions = members.map((member) => this.#condition(member, place.value, place.evaluated));
    const explainAll = (some: readonly Schema[]) => [
      ...some.flatMap((member) => this.#explain(member, { ...place, keyword, evaluated: undefined })),
      `${this.#fail(place, keyword)};`,
    ];
    const objects = members.filter(mayBeObject);
    const discriminator = this.#discriminatorOf(objects);
    const report = [
      "if (!problems) return false;",
      ...(discriminator
        ? [
            ...block(`if (${this.#isType("object", place.value)})`, this.#explainNamed(objects, discriminator, place)),
            ...block(
              "else",
              objects.length < members.length
                ? explainAll(members.filter((member) => !mayBeObject(member)))
                : [`${this.#fail(place, "type", literal("object"))};`],
            ),
          ]
        : explainAll(members)),
    ];
    if (keyword === "anyOf" && !place.evaluated) return block(`if (${not(conditions.join(" || "))})`, report);
    const matches = this.#fresh("matches");
    return [
      `const ${matches} = ${conditions.map((each) => `Number(${each})`).join(" + ")};`,
      ...block(`if (${matches} === 0)`, report),
      ...(keyword === "oneOf" ? [unless(`${matches} <= 1`, this.#fail(place, keyword))] : []),
    ];
  }

  /** The statements that add the problems of the member that an object names, or say that it names none. */
  #explainNamed(members: readonly Schema[], { name, values }: Discriminator, place: Place): Lines {
    const cases = members.flatMap((member, index) => [
      ...(values[index] ?? []).map((value) => `case ${literal(value)}:`),
      ...[...this.#explain(member, place), "break;"].map((line) => `  ${line}`),
    ]);
    const { value, evaluated } = place;
    const unknown = this.#fail(
      { ...place, path: `${place.path}${staticPath(name)}` },
      "enum",
      this.#set("values", values.flat()),
    );
    return block(`switch (${access(name, value)})`, [
      ...cases,
      "default:",
      `  ${unknown};`,
      ...(evaluated ? [`  for (const each of Object.keys(${value})) ${evaluated}.add(each);`] : []),
    ]);
  }

  /** The property that each member of a choice requires, with values that no other one has. */
  #discriminatorOf(members: readonly Schema[]): Discriminator | undefined {
    const [first, second] = members;
    if (first === undefined || second === undefined) return undefined;
    const names = this.#partsOf(first).flatMap(({ required = [] }) => required);
    const found = names.map((name) => ({ name, values: members.map((member) => this.#requiredValues(member, name)) }));
    return found.find(({ values }) => {
      const all = values.flat();
      return values.every((each) => each.length > 0) && new Set(all).size === all.length && all.every(isPrimitive);
    });
  }

  /** The values that a property may have in an object that requires it; none if the object does not, or does not list them. */
  #requiredValues(schema: Schema, name: string): readonly unknown[] {
    const parts = this.#partsOf(schema);
    if (!parts.some(({ required }) => required?.includes(name))) return [];
    const stated = parts.flatMap(({ properties = {} }): Schema[] =>
      Object.hasOwn(properties, name) ? [properties[name] as Schema] : [],
    );
    const listed = stated
      .flatMap((property) => this.#partsOf(property))
      .flatMap((part): (readonly unknown[])[] => ("const" in part ? [[part.const]] : part.enum ? [part.enum] : []));
    return listed.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }

  /** The schemas that a value must match together: a schema, and what its `$ref` and its `allOf` lead to. */
  #partsOf(schema: Schema, around: readonly Schema[] = []): SchemaObject[] {
    if (typeof schema === "boolean" || around.includes(schema)) return [];
    const { $ref, allOf = [] } = schema;
    const others = [...($ref === undefined ? [] : [this.#schemas.get($ref) ?? true]), ...allOf];
    return [schema, ...others.flatMap((each) => this.#partsOf(each, [...around, schema]))];
  }

  /** The statements that add the problems of a value that is known to be invalid. */
  #explain(schema: Schema, place: Place): Lines {
    if (isSimple(schema)) return this.#check(schema, place);
    return [`${this.#callWithProblems(this.#calleeOf(schema, place.evaluated ? "track" : "validate"), place)};`];
  }

  #checkIf(
    condition: Schema,
    { then: consequence = true, else: alternative = true }: SchemaObject,
    place: Place,
  ): Lines {
    const holds = this.#fresh("holds");
    const lines = [
      ...block(`if (${holds})`, this.#check(consequence, { ...place, keyword: "then" })),
      ...block(`if (!${holds})`, this.#check(alternative, { ...place, keyword: "else" })),
    ];
    if (lines.length === 0 && !place.evaluated) return [];
    return [`const ${holds} = ${this.#condition(condition, place.value, place.evaluated)};`, ...lines];
  }

  #checkUnevaluated({ unevaluatedProperties, unevaluatedItems }: SchemaObject, outer: Place, evaluated: string): Lines {
    const { value } = outer;
    const [name, index] = [this.#fresh("name"), this.#fresh("index")];
    const rest = (key: string, path: string, keyword: string, schema: Schema) =>
      block(`if (!${evaluated}.has(${key}))`, [
        ...this.#checkChild(schema, { path: `${outer.path}/${path}`, keyword }, `${value}[${key}]`),
        `${evaluated}.add(${key});`,
      ]);
    return [
      ...(unevaluatedItems === undefined
        ? []
        : block(
            `if (Array.isArray(${value})) for (let ${index} = 0; ${index} < ${value}.length; ${index}++)`,
            rest(index, `\${${index}}`, "unevaluatedItems", unevaluatedItems),
          )),
      ...(unevaluatedProperties === undefined
        ? []
        : block(
            `if (${this.#isType("object", value)}) for (const ${name} of Object.keys(${value}))`,
            rest(name, `\${${this.#call("pointerKey", name)}}`, "unevaluatedProperties", unevaluatedProperties),
          )),
    ];
  }

  /** The expression that tells whether a value is valid. It adds what it evaluated to the variable, if there is one. */
  #condition(schema: Schema, value: string, evaluated?: string): string {
    if (typeof schema === "boolean") return String(schema);
    if (isSimple(schema)) {
      const { type, enum: values } = schema;
      if (type !== undefined)
        return `(${[type]
          .flat()
          .map((each) => this.#isType(each, value))
          .join(" || ")})`;
      return values ? this.#isListed(values, value) : this.#isConst(schema.const, value);
    }
    return evaluated
      ? this.#call("evaluate", this.#calleeOf(schema, "track"), value, evaluated)
      : `${this.#calleeOf(schema, "validate")}(${value})`;
  }

  /** The function of a schema. One without a name gets a function in this module. */
  #calleeOf(schema: Schema, kind: Kind): string {
    if (typeof schema === "object" && schema.$ref !== undefined && Object.keys(schema).length === 1) {
      return this.#calleeByName(schema.$ref, kind);
    }
    const names = this.#inner.get(schema) ?? new Map<Kind, string>();
    this.#inner.set(schema, names);
    const name = names.get(kind) ?? this.#fresh(kind);
    if (!names.has(kind)) {
      names.set(kind, name);
      this.#functions.push(this.#function(name, kind, schema));
    }
    return name;
  }

  #calleeByName(name: string, kind: Kind): string {
    const kinds = this.#imports.get(name) ?? new Set();
    this.#imports.set(name, kinds.add(kind));
    return name === this.#name ? kind : importedName(name, kind);
  }

  #call(name: string, ...args: readonly string[]): string {
    this.#runtime.add(name);
    return `${name}(${args.join(", ")})`;
  }

  /** The expression that adds a problem, and is true if nobody asks for it. */
  #fail(place: Place, keyword: string, limit?: string): string {
    return this.#call("fail", "problems", pointer(place), literal(keyword), ...(limit === undefined ? [] : [limit]));
  }

  #constant(prefix: string, code: string): string {
    const name = this.#constants.get(code) ?? this.#fresh(prefix);
    this.#constants.set(code, name);
    return name;
  }

  #fresh(prefix: string): string {
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    return `${prefix}${count}`;
  }
}

/** The property that tells the members of a choice apart, and its values for each of them. */
interface Discriminator {
  readonly name: string;
  readonly values: readonly (readonly unknown[])[];
}

/** Whether an object may match a schema, as far as its own type tells. */
function mayBeObject(schema: Schema): boolean {
  return typeof schema === "boolean" || schema.type === undefined || [schema.type].flat().includes("object");
}

/** Whether a schema takes less code in place than a call of its function. */
function isSmall(schema: Schema): boolean {
  return Object.entries(schema).every(
    ([keyword, value]) =>
      keyword !== "$ref" &&
      (Array.isArray(value) ? value.length <= FEW && value.every(isPrimitive) : isPrimitive(value)),
  );
}

/** Whether a schema has one keyword, and that needs no function: it takes an expression. */
function isSimple(schema: Schema): schema is SchemaObject {
  const [keyword = "", ...others] = Object.keys(schema);
  if (typeof schema === "boolean" || others.length > 0) return false;
  return keyword === "type" || keyword === "const" || (keyword === "enum" && schema.enum?.every(isPrimitive) === true);
}

function isPrimitive(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

function importedName(name: string, kind: Kind): string {
  return `${kind}${name.replaceAll(".", "$")}`;
}

/** A JSON value as an expression. In an object literal, `__proto__` would be the prototype. */
function constantCode(value: unknown): string {
  const code = literal(value);
  return code.includes('"__proto__"') ? `JSON.parse(${literal(code)})` : code;
}

/** A JSON Pointer as an expression. */
function pointer({ path }: Place): string {
  return path === "" ? "at" : `\`\${at}${path}\``;
}

/** The part of a JSON Pointer that names a property, inside a template literal. */
function staticPath(name: string): string {
  const key = name.replaceAll("~", "~0").replaceAll("/", "~1");
  return `/${literal(key).slice(1, -1).replaceAll("`", "\\`").replaceAll("${", "\\${")}`;
}

function access(name: string, value: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${value}.${name}` : `${value}[${literal(name)}]`;
}

/** Whether every object inherits something of this name. */
function isInherited(name: string): boolean {
  return name in Object.prototype;
}

/** The condition that an object has a property of its own. */
function isPresent(name: string, value: string): string {
  return isInherited(name) ? `Object.hasOwn(${value}, ${literal(name)})` : `${access(name, value)} !== undefined`;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};

/** A condition that holds if another one does not. */
function not(condition: string): string {
  const [, left, operator = "", right] =
    /^([\w$.[\]() ]+) (===|!==|<|<=|>|>=) ([\w$.+-]+|"[^"]*")$/.exec(condition) ?? [];
  if (operator in OPPOSITES) return `${left} ${OPPOSITES[operator]} ${right}`;
  return /^!?[\w$.]+\([^()]*\)$/.test(condition) ? `!${condition}`.replace(/^!!/, "") : `!(${condition})`;
}

/** A statement with a block; none if the block is empty. */
function block(head: string, lines: Lines): Lines {
  return lines.length > 0 ? [`${head} {`, ...lines.map((line) => `  ${line}`), "}"] : [];
}

/** A statement that returns if a condition does not hold and nobody asks for the problems. */
function unless(condition: string, failure: string): string {
  return `if (${not(condition)} && ${failure}) return false;`;
}

/** Statements for a condition, and what to report if it does not hold. */
function otherwise(condition: string, lines: Lines, failure: string): Lines {
  if (lines.length === 0) return [unless(condition, failure)];
  return [`if (${condition}) {`, ...lines.map((line) => `  ${line}`), `} else if (${failure}) return false;`];
}
