import type { Document, Schema } from "@mindbridge-sdk/openapi";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

/** The way to a place in a value: names of properties and indices of items. */
export type Path = readonly string[];

/** One thing that is wrong with a value. */
export interface Violation {
  readonly location: Path;
  /** The keyword of the schema. */
  readonly code: string;
  readonly message: string;
}

/** Finds everything that is wrong with a value, in the words of Prism, which validates with ajv as well. */
export type Validate = (schema: Schema, value: unknown) => Violation[];

/** Knows what a schema may hold. It takes a tenth of a second to make. */
const dialect = new Ajv2020({ strict: false, logger: false });

/**
 * Makes a validator for the schemas of a document.
 *
 * @param options.coerce Read text as the type that the schema states: values in URLs and headers are text.
 * @param options.formats Formats that Prism does not know.
 */
export function createValidator(
  document: Document,
  { coerce, formats = {} }: { coerce: boolean; formats?: Readonly<Record<string, RegExp>> },
): Validate {
  const options = { allErrors: true, strict: false, logger: false, validateSchema: false } as const;
  const ajv = new Ajv2020({ ...options, coerceTypes: coerce });
  ajvFormats.default(ajv);
  for (const [name, format] of Object.entries(formats)) ajv.addFormat(name, format);
  const compiled = new Map<Schema, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      // A schema that holds itself refers to the components.
      const whole = typeof schema === "boolean" ? schema : { ...schema, components: document.components };
      void dialect.validateSchema(whole, true);
      validate = ajv.compile(whole);
      compiled.set(schema, validate);
    }
    // Coercion changes the value in place.
    validate(structuredClone(value));
    return (validate.errors ?? []).map(toViolation);
  };
}

function toViolation({ instancePath, keyword, message }: ErrorObject): Violation {
  return { location: instancePath.split("/").filter(Boolean), code: keyword, message: message ?? "" };
}

/** A path as test titles show it: `events.0`. */
export function formatPath(path: Path): string {
  return path.length === 0 ? "(whole)" : path.join(".");
}
