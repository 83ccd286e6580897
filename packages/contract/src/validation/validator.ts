/** One thing that is wrong with a value. */
export interface Problem {
  /** Where, as a JSON Pointer: `""` is the whole value. It points at a property that is missing, or that must not be there. */
  readonly pointer: string;
  /** The keyword of JSON Schema that it breaks, such as `required` or `minLength`. */
  readonly keyword: string;
  /** What is expected there, to be read by people. */
  readonly expected: string;
}

/** Tells whether a value is what the contract says. If it is not, `problems` lists everything that is wrong with it. */
export interface Validator<T> {
  (value: unknown): value is T;
  /** All problems of a value; none if the value is valid. */
  problems(value: unknown): Problem[];
}

/** An error as ajv's code reports it. */
interface AjvError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A validator as ajv compiles it: a function that leaves its errors on itself. */
export interface Compiled {
  (value: unknown): boolean;
  errors?: unknown;
}

/** Makes a validator of one that ajv has compiled. */
export function validator<T>(validate: Compiled): Validator<T> {
  const guard = (value: unknown): value is T => validate(value);
  return Object.assign(guard, { problems: (value: unknown) => problemsOf(validate, value) });
}

/** What a compiled validator finds in a value. */
export function problemsOf(validate: Compiled, value: unknown): Problem[] {
  return validate(value) ? [] : (validate.errors as readonly AjvError[]).map(toProblem);
}

function toProblem({ instancePath, keyword, params }: AjvError): Problem {
  const property = params.missingProperty ?? params.additionalProperty ?? params.unevaluatedProperty;
  const pointer =
    property === undefined
      ? instancePath
      : `${instancePath}/${String(property).replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return { pointer, keyword, expected: expected(keyword, params) };
}

function expected(keyword: string, params: Readonly<Record<string, unknown>>): string {
  const { limit } = params;
  switch (keyword) {
    case "required":
      return "a value";
    case "additionalProperties":
    case "unevaluatedProperties":
      return "no such property";
    case "type":
      return `the type ${[params.type].flat().join(" or ")}`;
    case "enum":
      return `one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(", ")}`;
    case "const":
      return JSON.stringify(params.allowedValue);
    case "minLength":
    case "maxLength":
      return `at ${keyword === "minLength" ? "least" : "most"} ${limit} character(s)`;
    case "minItems":
    case "maxItems":
      return `at ${keyword === "minItems" ? "least" : "most"} ${limit} item(s)`;
    case "minimum":
    case "maximum":
    case "exclusiveMinimum":
    case "exclusiveMaximum":
      return `a number ${params.comparison} ${limit}`;
    case "format":
      return `the format ${params.format}`;
    case "pattern":
      return `a match of ${params.pattern}`;
    default:
      return `${keyword} ${JSON.stringify(params)}`;
  }
}
