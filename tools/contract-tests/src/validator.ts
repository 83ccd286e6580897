import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import type { Document } from "./document.ts";
import type { Path, Schema } from "./schema.ts";

/** One thing that is wrong with a value. */
export interface Violation {
  readonly location: Path;
  /** The keyword of the schema. */
  readonly code: string;
  readonly message: string;
}

/** Says everything that is wrong with a value, in the terms in which Prism says it. */
export type Validate = (schema: Schema, value: unknown) => Violation[];

/**
 * A validator for the schemas of a document.
 *
 * @param options.coerce Read text as what the schema asks for, as in a URL or a header.
 */
export function createValidator(document: Document, { coerce }: { coerce: boolean }): Validate {
  const ajv = new Ajv2020({ allErrors: true, strict: false, coerceTypes: coerce, logger: false });
  ajvFormats.default(ajv);
  const compiled = new Map<Schema, ValidateFunction>();
  return (schema, value) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      // The components are there for the `$ref`s of a schema that holds itself.
      const root = typeof schema === "boolean" ? schema : { ...schema, components: document.components };
      validate = ajv.compile(root);
      compiled.set(schema, validate);
    }
    validate(structuredClone(value));
    return (validate.errors ?? []).map(toViolation);
  };
}

function toViolation({ instancePath, keyword, message }: ErrorObject): Violation {
  return { location: instancePath.split("/").filter(Boolean), code: keyword, message: message ?? "" };
}
