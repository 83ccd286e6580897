import { fastFormats } from "ajv-formats/dist/formats.js";

/** The formats of strings that a regular expression can check: code that stands by itself can hold those. */
export const FORMATS: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries(fastFormats).flatMap(([name, format]) => {
    const check = typeof format === "object" && "validate" in format ? format.validate : format;
    return check instanceof RegExp ? [[name, check]] : [];
  }),
);
