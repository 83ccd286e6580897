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

/** What a generated module exports: it adds the problems of a value to a list, or stops at the first one if there is none. */
export type Compiled = (value: unknown, problems?: Problem[]) => boolean;

/** Makes a validator of a function that the generator wrote. */
export function validator<T>(validate: Compiled): Validator<T> {
  const guard = (value: unknown): value is T => validate(value);
  return Object.assign(guard, { problems: (value: unknown) => problemsOf(validate, value) });
}

/** What a generated function finds in a value. */
export function problemsOf(validate: Compiled, value: unknown): Problem[] {
  const problems: Problem[] = [];
  validate(value, problems);
  return problems;
}
