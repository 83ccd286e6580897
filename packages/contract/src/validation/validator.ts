/** One thing that is wrong with a value. */
export interface Problem {
  /** Where, as a JSON Pointer: `""` is the whole value. It points at a property that is missing, or that must not be there. */
  readonly pointer: string;
  /** The keyword of JSON Schema that it breaks, such as `required` or `minLength`. */
  readonly keyword: string;
  /** What is expected there, to be read by people. */
  readonly expected: string;
}

/**
 * What libraries take where they take zod or valibot: version 1 of Standard Schema (https://standardschema.dev).
 * `StandardSchemaV1.InferOutput` of a schema is `T`.
 */
interface StandardSchema<T> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "mindbridge";
    /** Never a promise, and never a changed value. */
    readonly validate: (
      value: unknown,
    ) => { readonly value: T; readonly issues?: undefined } | { readonly issues: Issue[] };
    /** Only the compiler knows it. */
    readonly types?: { readonly input: T; readonly output: T };
  };
}

interface Issue {
  readonly message: string;
  /** Names of properties, and indices as numbers. */
  readonly path: (string | number)[];
}

/**
 * Tells whether a value is what the contract says. If it is not, `problems` lists everything that is wrong with it. It is also a
 * Standard Schema: libraries take it where they take zod or valibot.
 */
export interface Validator<T> extends StandardSchema<T> {
  (value: unknown): value is T;
  /** All problems of a value; none if the value is valid. */
  problems(value: unknown): Problem[];
}

/** What a generated module exports: it adds the problems of a value to a list, or stops at the first one if there is none. */
export type Compiled = (value: unknown, problems?: Problem[]) => boolean;

/** Makes a validator of a function that the generator wrote. */
export function validator<T>(validate: Compiled): Validator<T> {
  const guard = (value: unknown): value is T => validate(value);
  const problems = (value: unknown) => problemsOf(validate, value);
  return Object.assign(guard, { problems, ...standardSchema<T>(validate) });
}

/** What a generated function finds in a value. */
export function problemsOf(validate: Compiled, value: unknown): Problem[] {
  const problems: Problem[] = [];
  validate(value, problems);
  return problems;
}

function standardSchema<T>(compiled: Compiled): StandardSchema<T> {
  const validate = (value: unknown) => {
    const issues = problemsOf(compiled, value).map(({ pointer, expected }) => ({
      message: `Expected ${expected}`,
      path: pathOf(pointer, value),
    }));
    return issues.length === 0 ? { value: value as T } : { issues };
  };
  return { "~standard": { version: 1, vendor: "mindbridge", validate } };
}

/** `/events/0` is `["events", 0]` where `events` is an array. */
function pathOf(pointer: string, value: unknown): (string | number)[] {
  const keys = pointer.split("/").slice(1);
  let at = value;
  return keys.map((part) => {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const key = Array.isArray(at) ? Number(name) : name;
    at = (at as Readonly<Record<string | number, unknown>> | undefined)?.[key];
    return key;
  });
}
