import {
  type Document,
  isObject,
  jsonContent,
  operationsOf,
  resolveSchema,
  type Schema,
  type SchemaObject,
} from "@mindbridge-sdk/openapi";
import { type ContractCase, statusOf } from "./cases.ts";
import { faker, valuesOf, withoutWriteOnly } from "./samples.ts";

/** A response of success with a JSON body, which the mock can make from its schema. */
export interface MadeResponse {
  readonly operation: string;
  readonly status: number;
  readonly schema: Schema;
  /** A call that succeeds. */
  readonly contractCase: ContractCase;
}

/** Every response of success with a JSON body, and a call that gets it. */
export function madeResponses(document: Document, cases: readonly ContractCase[]): MadeResponse[] {
  return operationsOf(document).flatMap(({ id, responses }) =>
    Object.entries(responses).flatMap(([code, response]) => {
      const schema = code.startsWith("2") ? jsonContent(response)?.schema : undefined;
      const contractCase = cases.find(({ operation, expected }) => operation === id && expected.kind === "success");
      if (schema === undefined || contractCase === undefined || !canBeMade(schema)) return [];
      const status = statusOf(code, true);
      return [{ operation: id, status, schema: withoutWriteOnly(document, schema), contractCase }];
    }),
  );
}

/** Whether Prism can make values of a schema: Prism 5.16 makes no valid base64. */
export function canBeMade(schema: Schema): boolean {
  return !valuesOf("format", schema).some((format) => format === "byte" || format === "base64url");
}

/** How many values of a schema are drawn to see whether it has many. */
const DRAWN = 200;

/** Whether a schema has so many values that hardly one is made twice. */
export function hasManyValues(document: Document, schema: Schema): boolean {
  const make = faker(document, schema, { leastItems: 0, alwaysFakeOptionals: true });
  const drawn = Array.from({ length: DRAWN }, (_, seed) => JSON.stringify(make(seed)));
  return new Set(drawn).size === DRAWN;
}

/** The call whose response the mock makes from its schema, the same for the same seed. */
export function callFor({ status, contractCase }: MadeResponse, seed: string): ContractCase {
  const prefer = `code=${status}, dynamic=true, seed=${seed}`;
  return { ...contractCase, call: { ...contractCase.call, prefer } };
}

/** A field and a name that no version of the document lists. */
export const ADDED_FIELD = "addedLater";
export const ADDED_VALUE = "ADDED_LATER";

/**
 * Adds to a value what a newer server may send: a field in each object, and another name in place of each value that an
 * enum lists.
 *
 * @returns The value, and how many values were replaced.
 */
export function withAdditions(
  document: Document,
  schema: Schema,
  value: unknown,
): { value: unknown; replaced: number } {
  let replaced = 0;
  const newer = add(schema, value);
  return { value: newer, replaced };

  function add(of: Schema, part: unknown): unknown {
    const schemas = partsOf(document, of);
    if (typeof part === "string" && schemas.some((each) => each.enum !== undefined)) {
      replaced++;
      return ADDED_VALUE;
    }
    if (Array.isArray(part)) {
      const items = schemas.find((each) => each.items !== undefined)?.items ?? true;
      const first = schemas.find((each) => each.prefixItems !== undefined)?.prefixItems ?? [];
      return part.map((item, index) => add(first[index] ?? items, item));
    }
    if (!isObject(part)) return part;
    const properties = Object.assign({}, ...schemas.map((each) => each.properties)) as Record<string, Schema>;
    const others = schemas.find((each) => isObject(each.additionalProperties))?.additionalProperties ?? true;
    const known = Object.entries(part).map(([name, child]) => [name, add(properties[name] ?? others, child)]);
    return { ...Object.fromEntries(known), [ADDED_FIELD]: { any: ["thing", 1, null] } };
  }
}

/** A schema with all parts and branches that describe the same value. */
function partsOf(document: Document, schema: Schema): SchemaObject[] {
  const resolved = resolveSchema(document, schema);
  if (typeof resolved === "boolean") return [];
  const parts = [...(resolved.allOf ?? []), ...(resolved.anyOf ?? []), ...(resolved.oneOf ?? [])];
  return [resolved, ...parts.flatMap((part) => partsOf(document, part))];
}
