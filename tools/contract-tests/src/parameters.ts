import { breakEach, type Constraints } from "./constraints.ts";
import type { Document, Parameter } from "./document.ts";
import { examplesOf, type Operation } from "./operations.ts";
import { sample } from "./sample.ts";
import { isRecord, type Schema, type SchemaObject } from "./schema.ts";
import { createValidator, type Validate, type Violation } from "./validator.ts";

export type ParameterPlace = "path" | "query" | "header";
type Values = Readonly<Record<string, unknown>>;

/** Headers that OpenAPI describes elsewhere, and lets no parameter describe. */
const RESERVED_HEADERS = new Set(["accept", "content-type", "authorization"]);

/** The parameters of one place (path, query or headers) of an operation, seen as one object, as the mock sees them. */
export class ParameterSet {
  /** Every parameter with its example, or a value made up from its schema, by its name. */
  readonly usual: Values;
  /** Those of them that are required. */
  readonly least: Values;
  readonly #document: Document;
  readonly #place: ParameterPlace;
  readonly #path: string;
  readonly #parameters: readonly Parameter[];
  readonly #validate: Validate;

  constructor(
    document: Document,
    operation: Pick<Operation, "id" | "parameters"> & { path?: string },
    place: ParameterPlace,
  ) {
    this.#document = document;
    this.#place = place;
    this.#path = operation.path ?? "";
    this.#validate = createValidator(document, { coerce: true });
    this.#parameters = operation.parameters.filter(
      (parameter) =>
        parameter.in === place && !(place === "header" && RESERVED_HEADERS.has(parameter.name.toLowerCase())),
    );
    const usual = this.#parameters.map((parameter) => [parameter, this.#valueOf(parameter, operation.id)] as const);
    this.usual = Object.fromEntries(usual.map(([{ name }, value]) => [name, value]));
    this.least = Object.fromEntries(
      usual.filter(([{ required }]) => required === true).map(([{ name }, value]) => [name, value]),
    );
  }

  #valueOf(parameter: Parameter, operation: string): unknown {
    const schema = parameter.schema ?? {};
    const [example] = examplesOf(parameter);
    if (example !== undefined) return example.value;
    const inSchema = typeof schema === "object" ? [schema.example, ...(schema.examples ?? []), schema.default] : [];
    const given = inSchema.find((value) => value !== undefined);
    return (
      given ??
      sample(this.#document, schema, this.#validate, `the ${this.#place} parameter ${parameter.name} of ${operation}`)
    );
  }

  /** The object that the parameters make up. Prism compares their names in lower case. */
  get schema(): SchemaObject {
    const properties = this.#parameters.map(({ name, schema = {} }) => [name.toLowerCase(), withoutText(schema)]);
    const required = this.#parameters.filter((parameter) => parameter.required === true);
    return {
      type: "object",
      properties: Object.fromEntries(properties) as Record<string, Schema>,
      required: required.map(({ name }) => name.toLowerCase()),
    };
  }

  /** Values in the order of the path template. */
  inOrder(values: Values): unknown[] {
    return [...this.#path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => values[name]);
  }

  /** Values by the names of the document, from values by those of `schema`. */
  originalNames(value: unknown): Values {
    const values = isRecord(value) ? value : {};
    const present = this.#parameters.filter(({ name }) => name.toLowerCase() in values);
    return Object.fromEntries(present.map(({ name }) => [name, values[name.toLowerCase()]]));
  }

  /** What is wrong with values under the names of `schema`; without any, with the examples. */
  problems(values: unknown = this.sent): Violation[] {
    return this.#validate(this.schema, asText(values));
  }

  /** The usual values as they travel, under the names of `schema`. */
  get sent(): Values {
    return Object.fromEntries(Object.entries(this.usual).map(([name, value]) => [name.toLowerCase(), asText(value)]));
  }

  /** Every constraint of the parameters, broken one at a time. Those of objects in the query are left alone. */
  breakEach(): Constraints {
    if (this.#parameters.length === 0) return { broken: [], unbroken: [] };
    const base = this.sent;
    return breakEach({
      document: this.#document,
      schema: this.schema,
      bases: [base],
      validate: (schema, value) => this.#validate(schema, asText(value)),
      sendable: (value, location) => {
        // Without its path parameters a call has another path. The set itself is an object whatever is sent.
        if (location.length === 0) return this.#place !== "path" && isRecord(value);
        const parent = base[location[0] ?? ""];
        if (isRecord(parent) || (this.#place !== "query" && Array.isArray(parent))) return false;
        // One value is a list of one to the mock.
        if (location.length === 1 && Array.isArray(parent) && !Array.isArray(value)) return false;
        return isText(value, this.#place);
      },
    });
  }
}

/** Whatever stands in a URL or a header is text, so that it cannot be broken. */
function withoutText(schema: Schema): Schema {
  if (typeof schema === "boolean") return schema;
  const { type, items, ...rest } = schema;
  return {
    ...rest,
    ...(type === undefined || type === "string" ? {} : { type }),
    ...(items === undefined ? {} : { items: withoutText(items) }),
  };
}

/** A value as it travels in a URL or a header. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]));
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

/** Whether a value arrives as what it is: an empty text is no value to Prism, and a path ends at dots. */
function isText(value: unknown, place: ParameterPlace): boolean {
  if (Array.isArray(value)) return place === "query" && value.length > 0 && value.every((item) => isText(item, place));
  const text = asText(value);
  return typeof text === "string" && text.trim() === text && !["", ".", ".."].includes(text);
}
