import { createRequire } from "node:module";
import { stateDiscriminators } from "./discriminators.ts";
import { without } from "./visibility.ts";

/** Loads a module as the command line of Prism does. */
type Load = NodeJS.Require;

/**
 * Each fault of Prism that is mended, by what it concerns. Prism's files keep some of what they load, so this comes before Prism, and
 * ajv before the files that make validators.
 */
const MENDS: Readonly<Record<string, (load: Load) => void>> = {
  "multiples of a decimal": mendMultiples,
  "headers that hold lists, or 0": mendHeaderLists,
  'the bodies `false`, `0` and `""`': mendFalsyBodies,
  "path parameters with a dot in their name": mendPathNames,
  "path parameters named like a property of every object": mendPathValues,
  "query parameters with brackets in their name": mendQueryNames,
  "parameters in the dialect of the document": mendParameterDialect,
  "read-only and write-only properties": mendVisibility,
  discriminators: mendDiscriminators,
};

/**
 * Mends what Prism 5.16 does wrong, in this process. Where another version of Prism is built in another way, stderr says what is not
 * mended.
 *
 * @param prism The file of Prism's command line, which is not loaded yet.
 */
export function mendPrism(prism: string): void {
  const load = createRequire(prism);
  const unmended = Object.entries(MENDS).flatMap(([fault, mend]) => {
    try {
      mend(load);
      return [];
    } catch {
      return [fault];
    }
  });
  if (unmended.length === 0) return;
  const { version } = load("../package.json") as { readonly version: string };
  console.error(
    `The mock server mends faults of Prism 5.16. Prism ${version} is built in another way, so it may be wrong about: ${unmended.join(", ")}.`,
  );
}

/** Loads a module as Prism's validation does. */
function loadForHttp(load: Load): Load {
  return createRequire(load.resolve("@stoplight/prism-http"));
}

/** Replaces a function or class of a module. Throws if the module has none of this name. */
function wrap<Name extends string, Wrapped>(
  module: Record<Name, Wrapped>,
  name: Name,
  wrapper: (original: Wrapped) => Wrapped,
): void {
  const original = module[name];
  if (typeof original !== "function") throw new TypeError(`There is no ${name} to mend.`);
  module[name] = wrapper(original);
}

/** Prism would find that 4.35 is no multiple of 0.01, since it divides in binary. */
function mendMultiples(load: Load): void {
  interface Ajv {
    default: new (options: object) => object;
  }
  for (const name of ["ajv", "ajv/dist/2019", "ajv/dist/2020"]) {
    const ajv: Ajv = loadForHttp(load)(name);
    const { default: Original } = ajv;
    ajv.default = class extends Original {
      constructor(options: object) {
        super({ ...options, multipleOfPrecision: 9 });
      }
    };
  }
}

/**
 * Prism would end at a request without one of the lists that an operation takes in headers, and at an answer with such a list. It would
 * also take the space that HTTP allows beside a comma for a part of an item, and a 0 of its answer for no value.
 */
function mendHeaderLists(load: Load): void {
  type Values = Readonly<Record<string, unknown>>;
  type Deserialize = (name: string, values: Values, schema: unknown, ...more: unknown[]) => unknown;
  wrap(
    load("@stoplight/prism-http/dist/validator/deserializers/style/simple.js"),
    "deserializeSimpleStyle",
    (deserialize: Deserialize) =>
      (name, values, schema, ...more) => {
        const value = values[name];
        if (typeof value !== "string") return typeof value === "number" ? `${value}` : value;
        const { type } = Object(schema) as { readonly type?: unknown };
        const text = type === "array" ? value.replace(/ *, */g, ",") : value;
        return deserialize(name, { ...values, [name]: text }, schema, ...more);
      },
  );
}

/** Prism would take these bodies for none, and ask for one. It keeps `null` for none. */
function mendFalsyBodies(load: Load): void {
  interface Input {
    readonly resource: { readonly request?: { readonly body?: object } };
    readonly element: { readonly body?: unknown };
  }
  type ValidateInput = (input: Input) => unknown;
  wrap(
    load("@stoplight/prism-http/dist/validator/index.js"),
    "validateInput",
    (validate: ValidateInput) =>
      ({ resource, element }) => {
        const { request } = resource;
        if (element.body == null || request?.body === undefined) return validate({ resource, element });
        const body = { ...request.body, required: false };
        return validate({ resource: { ...resource, request: { ...request, body } }, element });
      },
  );
}

/** Prism would find no path for `{org.id}`: it does not recognise a parameter with a dot in its name. */
function mendPathNames(load: Load): void {
  type MatchPath = (asked: string, path: string) => unknown;
  wrap(
    load("@stoplight/prism-http/dist/router/matchPath.js"),
    "matchPath",
    (matchPath: MatchPath) => (asked, path) => matchPath(asked, path.replace(/[{][^{}]+[}]/g, "{parameter}")),
  );
}

/** Prism would end at `{constructor}`: its templates keep names in a plain object. No object has a property of these names. */
function mendPathValues(load: Load): void {
  type Values = Readonly<Record<string, unknown>>;
  type Template = new (path: string) => { match(asked: string): Values | null };
  wrap(loadForHttp(load)("uri-template-lite").URI, "Template", (Template: Template) => {
    return class {
      readonly match;
      constructor(path: string) {
        const template = new Template(path.replace(/[{]/g, "{_"));
        this.match = (asked: string) =>
          Object.fromEntries(
            Object.entries(template.match(asked) ?? {}).map(([name, value]) => [name.slice(1), value]),
          );
      }
    };
  });
}

/** Prism would not check `page[size]`: to log the path of an operation, it encodes the names of the parameters themselves. */
function mendQueryNames(load: Load): void {
  interface Operation {
    readonly request?: { readonly query?: { name: string }[] };
  }
  type CreateExamplePath = (operation: Operation, ...more: unknown[]) => unknown;
  wrap(load("./util/paths.js"), "createExamplePath", (createExamplePath: CreateExamplePath) => (operation, ...more) => {
    const query = operation.request?.query ?? [];
    const names = query.map(({ name }) => name);
    const path = createExamplePath(operation, ...more);
    for (const [index, parameter] of query.entries()) parameter.name = names[index] ?? parameter.name;
    return path;
  });
}

const OF_REQUESTS = 0;
type Validate = (
  value: unknown,
  schema: unknown,
  coerce: boolean,
  context: number,
  prefix: string,
  bundle: unknown,
) => unknown;

function wrapValidation(load: Load, wrapper: (validate: Validate) => Validate): void {
  wrap(load("@stoplight/prism-http/dist/validator/validators/utils.js"), "validateAgainstSchema", wrapper);
}

/** Prism would take parameters for draft 7: it makes one schema of them all, and leaves out which JSON Schema they are written in. */
function mendParameterDialect(load: Load): void {
  interface Schema {
    readonly $schema?: string;
    readonly properties?: Readonly<Record<string, Schema | undefined>>;
  }
  // Prism finds what it has compiled by the schema, so a schema is always replaced by the same one.
  const replaced = new WeakMap<Schema, Schema>();
  const inDialect = (schema: Schema): Schema => {
    const { $schema } = Object.values(schema.properties ?? {}).find((each) => each?.$schema) ?? {};
    if ($schema === undefined) return schema;
    const known = replaced.get(schema) ?? { ...schema, $schema };
    replaced.set(schema, known);
    return known;
  };
  wrapValidation(load, (validate) => (value, schema, coerce, context, prefix, bundle) => {
    return validate(value, prefix === "body" ? schema : inDialect(schema as Schema), coerce, context, prefix, bundle);
  });
}

/**
 * Prism would ask for what only the other side sends, where that stands behind `oneOf`, `anyOf` or a schema that holds itself.
 */
function mendVisibility(load: Load): void {
  wrapValidation(load, (validate) => (value, schema, coerce, context, prefix, bundle) => {
    if (prefix !== "body") return validate(value, schema, coerce, context, prefix, bundle);
    const hidden = context === OF_REQUESTS ? "readOnly" : "writeOnly";
    return validate(value, without(hidden, schema), coerce, context, prefix, without(hidden, bundle));
  });
}

/** Prism would not tell by its `discriminator` which schema of a choice a value has. */
function mendDiscriminators(load: Load): void {
  interface Parser {
    readonly schema: unknown;
  }
  type Resolve = (this: Parser, ...args: unknown[]) => Promise<unknown>;
  wrap(loadForHttp(load)("@stoplight/json-schema-ref-parser").prototype, "resolve", (resolve: Resolve) => {
    return async function (...args) {
      const resolved = await resolve.apply(this, args);
      stateDiscriminators(this.schema);
      return resolved;
    };
  });
}
