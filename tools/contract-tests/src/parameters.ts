import {
  type Document,
  examplesOf,
  isObject,
  type Parameter,
  type Schema,
  type SchemaObject,
} from "@mindbridge-sdk/openapi";
import { breakEach, type Constraints } from "./constraints.ts";
import { sample } from "./samples.ts";
import { createValidator, type Validate, type Violation } from "./validator.ts";

export type ParameterPlace = "path" | "query" | "header";
type Values = Readonly<Record<string, unknown>>;

/** OpenAPI describes these headers elsewhere, and ignores parameters of their names. */
const RESERVED_HEADERS = new Set(["accept", "content-type", "authorization"]);

/** The names of the parameters in a path template, in their order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
}

/** The parameters of one place (path, query or headers) of an operation as one object. Prism validates them so. */
export class ParameterSet {
  /** Every parameter by its name: with its example, or a value made from its schema. */
  readonly usual: Values;
  /** Those of them that a request needs. */
  readonly least: Values;
  readonly #document: Document;
  readonly #place: ParameterPlace;
  readonly #path: string;
  readonly #parameters: readonly Parameter[];
  readonly #validate: Validate;

  /** @param of The operation, or the delivery, as `id` names it in errors. */
  constructor(
    document: Document,
    of: { readonly id: string; readonly parameters: readonly Parameter[]; readonly path?: string },
    place: ParameterPlace,
  ) {
    this.#document = document;
    this.#place = place;
    this.#path = of.path ?? "";
    this.#validate = createValidator(document, { coerce: true });
    this.#parameters = of.parameters.filter(
      (each) => each.in === place && !(place === "header" && RESERVED_HEADERS.has(each.name.toLowerCase())),
    );
    const usual = this.#parameters.map((parameter) => ({ ...parameter, value: this.#valueOf(parameter, of.id) }));
    this.usual = Object.fromEntries(usual.map(({ name, value }) => [name, value]));
    // Prism takes an object in the query that is not sent for an empty one.
    const isNeeded = ({ required, value, schema = {} }: (typeof usual)[number]): boolean =>
      required === true || (place === "query" && isObject(value) && this.#validate(schema, {}).length > 0);
    this.least = Object.fromEntries(usual.filter(isNeeded).map(({ name, value }) => [name, value]));
  }

  #valueOf(parameter: Parameter, id: string): unknown {
    const { schema = {} } = parameter;
    const [example] = examplesOf(this.#document, parameter);
    if (example !== undefined) return example.value;
    const inSchema = typeof schema === "object" ? [schema.example, ...(schema.examples ?? []), schema.default] : [];
    const what = `the ${this.#place} parameter ${parameter.name} of ${id}`;
    return inSchema.find((value) => value !== undefined) ?? sample(this.#document, schema, this.#validate, what);
  }

  /** The schema of the object. Prism compares the names of parameters in lower case. */
  get schema(): SchemaObject {
    const properties = this.#parameters.map(({ name, schema = {} }) => [name.toLowerCase(), withoutText(schema)]);
    return {
      type: "object",
      properties: Object.fromEntries(properties) as Record<string, Schema>,
      required: this.#parameters.filter((each) => each.required).map(({ name }) => name.toLowerCase()),
    };
  }

  /** Values in the order of the path template. */
  inOrder(values: Values): unknown[] {
    return pathParameters(this.#path).map((name) => values[name]);
  }

  /** Values under the names of the document, from values under those of `schema`. */
  originalNames(value: unknown): Values {
    const values = isObject(value) ? value : {};
    const present = this.#parameters.filter(({ name }) => name.toLowerCase() in values);
    return Object.fromEntries(present.map(({ name }) => [name, values[name.toLowerCase()]]));
  }

  /** Whether there is a parameter of this name, in lower case. */
  has(name: string): boolean {
    return this.#parameters.some((each) => each.name.toLowerCase() === name);
  }

  /** Whether Prism reads the usual values as they are sent. It takes a list with spaces between its items for one item. */
  get isRead(): boolean {
    const asRead = ([name, value]: [string, unknown]): [string, unknown] => [
      name,
      this.#hasSpaces(name) && Array.isArray(value) ? [value.join(" ")] : value,
    ];
    return [this.sent, this.#sent(this.least)].every(
      (values) => this.problems(Object.fromEntries(Object.entries(values).map(asRead))).length === 0,
    );
  }

  /** Whether a parameter is a list with spaces between its items, by its name in `schema`. */
  #hasSpaces(name: string): boolean {
    return this.#parameters.some((each) => each.name.toLowerCase() === name && each.style === "spaceDelimited");
  }

  /** What is wrong with values under the names of `schema`, or with the usual ones. */
  problems(values: unknown = this.sent): Violation[] {
    return this.#validate(this.schema, asText(values));
  }

  /** The usual values as they are sent, under the names of `schema`. */
  get sent(): Values {
    return this.#sent(this.usual);
  }

  #sent(values: Values): Values {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), asText(value)]));
  }

  /** Breaks every constraint of the parameters by itself. Those of objects in the query are left alone. */
  breakEach(): Constraints {
    if (this.#parameters.length === 0) return { broken: [], unbroken: [] };
    const base = this.sent;
    // A value that holds what stands between two parameters, as in `{month}.{extension}`, moves the end of the first.
    const betweenParameters = [...this.#path.matchAll(/\}([^{}/]+)/g)].map(([, text = ""]) => text);
    return breakEach({
      document: this.#document,
      schema: this.schema,
      bases: [base],
      validate: (schema, value) => this.#validate(schema, asText(value)),
      isSendable: (value, location) => {
        // A call without its path parameters has another path. The whole set is always sent as an object.
        if (location.length === 0) return this.#place !== "path" && isObject(value);
        const [name = ""] = location;
        const parent = base[name];
        if (this.#place === "path" && betweenParameters.some((text) => String(value).includes(text))) return false;
        // Prism checks nothing that is called as what every object inherits.
        if (name in {} || (Array.isArray(parent) && this.#hasSpaces(name))) return false;
        if (isObject(parent) || (this.#place !== "query" && Array.isArray(parent))) return false;
        // Prism reads a single value as a list of one.
        if (location.length === 1 && Array.isArray(parent) && !Array.isArray(value)) return false;
        return isText(value, this.#place);
      },
    });
  }
}

/** In a URL or a header every value is a text, so that `type: string` cannot be broken. */
function withoutText(schema: Schema): Schema {
  if (typeof schema === "boolean") return schema;
  const { type, items, ...rest } = schema;
  return {
    ...rest,
    ...(type === undefined || type === "string" ? {} : { type }),
    ...(items === undefined ? {} : { items: withoutText(items) }),
  };
}

/** A value as it is sent in a URL or a header. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]));
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

/** Whether Prism receives the value as it is. It takes an empty text for no value, and dots change the path. */
function isText(value: unknown, place: ParameterPlace): boolean {
  if (Array.isArray(value)) return place === "query" && value.length > 0 && value.every((item) => isText(item, place));
  const text = asText(value);
  return typeof text === "string" && text.trim() === text && !["", ".", ".."].includes(text);
}
