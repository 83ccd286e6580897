import { ConfigurationError } from "./errors.ts";

/**
 * Checks options that are numbers, by their names. `Infinity` is one, and `undefined` stands for a default.
 *
 * @throws {ConfigurationError} if one is no number of at least 0. A text is not in the message: it may be a secret.
 */
export function checkNumbers(options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    // `NaN >= 0` is false.
    if (value === undefined || (typeof value === "number" && value >= 0)) continue;
    throw new ConfigurationError(
      `${name} is ${typeof value === "number" ? value : `of the type ${typeof value}`}. It must be a number of at least 0.`,
    );
  }
}

/** @throws {ConfigurationError} if an option is neither `true`, `false` nor `undefined`: the text "false" would count as true. */
export function checkBooleans(options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (typeof (value ?? true) !== "boolean") throw new ConfigurationError(`${name} must be true or false.`);
  }
}

/**
 * Checks that no option is left of those that `what` was given. The type lets the compiler find a known one that is.
 *
 * @throws {ConfigurationError} if there is one, whose name is probably misspelt.
 */
export function checkRest(what: string, rest: Readonly<Record<string, never>>): void {
  for (const name of Object.keys(rest)) throw new ConfigurationError(`${what} has no option ${JSON.stringify(name)}.`);
}

/** @throws {ConfigurationError} if `value` has not all of these methods, or is no function where none are named. */
export function checkFunctions(name: string, value: unknown, ...methods: readonly string[]): void {
  if (methods.length === 0 && typeof value !== "function") throw new ConfigurationError(`${name} must be a function.`);
  for (const method of methods) {
    if (typeof Object(value)[method] === "function") continue;
    throw new ConfigurationError(`${name} has no method ${method}. Is it set, and awaited if it is a promise?`);
  }
}
