import { jsonOrText } from "../input.ts";
import { nearest } from "../nearest.ts";
import type { Flag } from "./table.ts";

/**
 * Reads the text of a flag as a value of its type.
 *
 * @throws {Error} if it is none: the message says what is expected.
 */
export function readValue({ type, values }: Flag, text: string): unknown {
  const value = READERS[type](text);
  if (values && !values.some((each) => each === value)) {
    const suggestion = nearest(text, values.map(String));
    throw new Error(
      `${suggestion === undefined ? "" : `Did you mean ${suggestion}? `}It is one of ${values.map(valueLabel).join(", ")}.`,
    );
  }
  return value;
}

/** How people see a value: an empty text as quotes. */
export function valueLabel(value: unknown): string {
  return value === "" ? '""' : String(value);
}

/** Whether commas separate the items of a list in one flag: only if no item can hold a comma. */
export function hasSeparators({ type, values }: Flag): boolean {
  if (values) return !values.some((value) => String(value).includes(","));
  return type === "integer" || type === "number" || type === "boolean";
}

/**
 * Reads what one flag holds: a value, or the items of a list.
 *
 * @throws {Error} as `readValue` does.
 */
export function readItems(flag: Flag, text: string): unknown[] {
  const items = flag.list && hasSeparators(flag) ? text.split(",").map((item) => item.trim()) : [text];
  return items.map((item) => readValue(flag, item));
}

const READERS: Readonly<Record<Flag["type"], (text: string) => unknown>> = {
  string: (text) => text,
  file: (text) => text,
  integer: (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value)) throw new Error("It is a whole number.");
    return value;
  },
  number: (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value)) throw new Error("It is a number.");
    return value;
  },
  boolean: (text) => {
    if (text !== "true" && text !== "false") throw new Error("It is true or false.");
    return text === "true";
  },
  json: (text) => {
    try {
      return JSON.parse(text);
    } catch {
      throw new Error("It is JSON.");
    }
  },
  any: jsonOrText,
};
