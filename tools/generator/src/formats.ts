import { fastFormats } from "ajv-formats/dist/formats.js";
import { isDay } from "../../../packages/contract/src/validation/runtime.ts";
import { camelCase } from "./names.ts";

/** The formats of strings that a regular expression can check. Validators pass over all others. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    Object.entries(fastFormats).flatMap(([name, format]) => {
      const check = typeof format === "object" && "validate" in format ? format.validate : format;
      return check instanceof RegExp ? [[name, check]] : [];
    }),
  ),
  // RFC 4648. The characters at the end that fill up are optional in URLs.
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  base64url: /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}(?:==)?|[A-Za-z0-9_-]{3}=?)?$/,
};

/** Whether validators check a format. */
export function isFormat(format: unknown): format is string {
  return typeof format === "string" && Object.hasOwn(FORMATS, format);
}

/** Whether a text is of a format, or the format is one that validators pass over. */
export function isOfFormat(text: string, format: string): boolean {
  if (!isFormat(format)) return true;
  const isDated = format === "date" || format === "date-time";
  return FORMATS[format]?.test(text) === true && (!isDated || isDay(text));
}

/** The name that the module of formats gives to the regular expression of a format. */
export const formatName = camelCase;

/** A module with the regular expression of each of some formats. */
export function formatsModule(formats: Iterable<string>): string {
  const lines = [...formats].toSorted().map((format) => `export const ${formatName(format)} = ${FORMATS[format]};\n`);
  return lines.join("");
}
