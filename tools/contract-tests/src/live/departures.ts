import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { type Document, resolveSchema } from "../document.ts";
import { isRecord, type Schema } from "../schema.ts";

/** One thing in a body that the contract does not say, or says otherwise. */
export interface BodyDeparture {
  /** Against the contract, or beyond it: a field it does not list, or a value that an open list does not name. */
  readonly kind: "violation" | "unknown-field" | "unknown-value";
  /** JSON Pointer into the body; that of a missing field points to where it should be. */
  readonly pointer: string;
  /** What the contract says, such as `integer`. */
  readonly expected: string;
  /** What came instead. Of what is only beyond the contract, no more than its type or the name is told. */
  readonly found: string;
}

/** Longer texts are cut: what they begin with tells what they are. In characters. */
const MAX_TEXT = 80;

/** Compares a body with its schema. All departures are found, those against it first. */
export function departuresOf(document: Document, schema: Schema, value: unknown): BodyDeparture[] {
  const against = violations(document, schema, value);
  // A value outside of a closed list is against the contract, and not beyond it as well.
  const beyond = additions(document, schema, value, "").filter(
    ({ pointer }) => !against.some((violation) => violation.pointer === pointer),
  );
  return [...against, ...beyond];
}

/** Describes a value for people: its type and, of a single value, what it is. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `array of ${value.length}`;
  if (typeof value === "object") return "object";
  const text = JSON.stringify(value);
  return `${typeof value} ${text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text}`;
}

function violations(document: Document, schema: Schema, value: unknown): BodyDeparture[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, logger: false });
  ajvFormats.default(ajv);
  const validate = ajv.compile(typeof schema === "boolean" ? schema : { ...schema, components: document.components });
  validate(value);
  const errors = validate.errors ?? [];
  // What the branches of an `anyOf` say is said by the `anyOf` itself.
  const isInBranch = ({ schemaPath }: ErrorObject): boolean =>
    errors.some((other) => /(?:anyOf|oneOf)$/.test(other.schemaPath) && schemaPath.startsWith(`${other.schemaPath}/`));
  return errors
    .filter((error) => !isInBranch(error))
    .map((error) => {
      const missing: unknown = error.params.missingProperty;
      const isMissing = typeof missing === "string";
      return {
        kind: "violation",
        pointer: isMissing ? `${error.instancePath}/${escapePointer(missing)}` : error.instancePath,
        expected: isMissing ? "a required field" : expectationOf(error),
        found: show(isMissing ? undefined : error.data),
      };
    });
}

function expectationOf({ keyword, schema, parentSchema, message }: ErrorObject): string {
  if (keyword === "type") return [schema].flat().join(" or ");
  if (keyword === "enum" && Array.isArray(schema)) return `one of ${schema.join(", ")}`;
  if (keyword === "anyOf" || keyword === "oneOf") {
    const types = (Array.isArray(schema) ? schema : []).flatMap((part: unknown) => (isRecord(part) ? part.type : []));
    return (
      [...new Set(types.flat().filter((type) => typeof type === "string"))].join(" or ") || `one of the ${keyword}`
    );
  }
  if (typeof schema === "object") return message ?? keyword;
  const type: unknown = parentSchema?.type;
  const limit = typeof schema === "string" ? schema : JSON.stringify(schema);
  return `${typeof type === "string" ? `${type}, ` : ""}${keyword} ${limit}`;
}

/** What is beyond the contract. Objects of which no field is listed hold what they like. */
function additions(document: Document, schema: Schema, value: unknown, pointer: string): BodyDeparture[] {
  const parts = flatten(document, schema);
  if (typeof value === "string") {
    const listed = parts.flatMap((part) => (typeof part === "object" ? (part.enum ?? []) : []));
    if (listed.length === 0 || listed.includes(value)) return [];
    return [{ kind: "unknown-value", pointer, expected: `one of ${listed.join(", ")}`, found: show(value) }];
  }
  const objects = parts.filter((part) => typeof part === "object");
  if (Array.isArray(value)) {
    const items = objects.flatMap((part) => (part.items === undefined ? [] : [part.items]));
    return value.flatMap((item, index) => additions(document, { allOf: items }, item, `${pointer}/${index}`));
  }
  if (!isRecord(value)) return [];
  const lists = objects.some(({ properties }) => properties !== undefined);
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = `${pointer}/${escapePointer(name)}`;
    const described = objects.flatMap(({ properties = {}, patternProperties = {}, additionalProperties }) => {
      if (Object.hasOwn(properties, name)) return [properties[name] ?? true];
      const matching = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern, "u").test(name));
      if (matching.length > 0) return matching.map(([, part]) => part);
      return additionalProperties === undefined || additionalProperties === false ? [] : [additionalProperties];
    });
    if (described.length > 0) return additions(document, { allOf: described }, inner, at);
    if (!lists) return [];
    return [{ kind: "unknown-field", pointer: at, expected: "no such field", found: show(inner).split(" ")[0] ?? "" }];
  });
}

/** A schema with all parts and branches that say something of the same value. */
function flatten(document: Document, schema: Schema): Schema[] {
  const resolved = resolveSchema(document, schema);
  if (typeof resolved === "boolean") return [resolved];
  const parts = [...(resolved.allOf ?? []), ...(resolved.anyOf ?? []), ...(resolved.oneOf ?? [])];
  return [resolved, ...parts.flatMap((part) => flatten(document, part))];
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
