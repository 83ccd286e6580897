import { MalformedHeaderError } from "../errors/malformed-header-error.ts";
import { MissingHeaderError } from "../errors/missing-header-error.ts";
import type { Bytes } from "./bytes.ts";
import { ID, readSignatures, SIGNATURE, TIMESTAMP } from "./signature-scheme.ts";

/** A `Headers`, of whichever realm or library. */
export interface HeadersLike {
  get(name: string): string | null | undefined;
}

/** Headers as a `Headers`, or as an object with names in any case, such as Node's `request.headers`. */
export type HeadersInput = HeadersLike | HeadersRecord;

/** Headers by their name, in any case. */
export interface HeadersRecord {
  readonly [name: string]: string | readonly string[] | undefined;
}

/** What the headers of a delivery say. */
interface CheckedHeaders {
  readonly id: string;
  readonly timestamp: string;
  readonly seconds: number;
  readonly signatures: readonly Bytes[];
}

/**
 * What the headers say, checked in form only.
 *
 * @throws {MissingHeaderError} {@link MalformedHeaderError} {@link UnsupportedSchemeError}
 */
export function readHeaders(headers: HeadersInput): CheckedHeaders {
  const id = header(headers, ID);
  const timestamp = header(headers, TIMESTAMP);
  const signature = header(headers, SIGNATURE);
  // Visible ASCII. A comma is what joins headers that came twice. A dot would let what is signed be cut elsewhere.
  if (!/^[!-+\-/-~]{1,256}$/.test(id)) throw new MalformedHeaderError(ID, "is too long or has a dot");
  // A 13th digit would be milliseconds, and more than a `Date` can hold before long.
  if (!/^\d{1,12}$/.test(timestamp)) throw new MalformedHeaderError(TIMESTAMP, "is not in seconds");
  return { id, timestamp, seconds: Number(timestamp), signatures: readSignatures(signature) };
}

/**
 * The one value of a header.
 *
 * @throws {MissingHeaderError} {@link MalformedHeaderError}
 */
export function header(headers: HeadersInput, name: string): string {
  const [value, another] =
    typeof headers?.get === "function"
      ? [(headers as HeadersLike).get(name)]
      : Object.entries(headers ?? {}).flatMap(([key, each]) => (key.toLowerCase() === name ? (each ?? []) : []));
  if (typeof value !== "string") throw new MissingHeaderError(name);
  if (another !== undefined) throw new MalformedHeaderError(name, "came twice");
  return value;
}
