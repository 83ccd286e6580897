import { MalformedHeaderError } from "../errors/malformed-header-error.ts";
import { MissingHeaderError } from "../errors/missing-header-error.ts";
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

const MAX_LENGTH = 4096;
/** The last second that a `Date` can hold. */
const MAX_SECONDS = 8.64e12;

/**
 * What the headers say, checked in form only.
 *
 * @throws {MissingHeaderError} {@link MalformedHeaderError} {@link UnsupportedSchemeError}
 */
export function readHeaders(headers: HeadersInput) {
  const id = header(headers, ID);
  const timestamp = header(headers, TIMESTAMP);
  const signature = header(headers, SIGNATURE);
  // A comma is what joins headers that came twice. A dot would let what is signed be cut in another place.
  if (!/^[!-+\-/-~]{1,256}$/.test(id)) {
    throw new MalformedHeaderError(ID, "is not 1 to 256 visible ASCII characters without a dot or comma");
  }
  const seconds = Number(timestamp);
  if (!/^\d{1,13}$/.test(timestamp) || seconds > MAX_SECONDS) {
    throw new MalformedHeaderError(TIMESTAMP, "is not a number of seconds in digits");
  }
  return { id, timestamp, seconds, signatures: readSignatures(signature) };
}

function header(headers: HeadersInput, name: string): string {
  let value: unknown;
  if (isHeaders(headers)) value = headers.get(name);
  else {
    const values = Object.entries(headers).flatMap(([key, each]) => (key.toLowerCase() === name ? each : []));
    value = values.find((each) => each !== undefined);
    if (values.length > 1) throw new MalformedHeaderError(name, "came twice");
  }
  if (typeof value !== "string") throw new MissingHeaderError(name);
  if (value.length > MAX_LENGTH) throw new MalformedHeaderError(name, `is longer than ${MAX_LENGTH} characters`);
  // How `Headers` and Node join headers that came twice.
  if (value.includes(", ")) throw new MalformedHeaderError(name, "came twice");
  return value;
}

function isHeaders(headers: HeadersInput): headers is HeadersLike {
  return typeof headers.get === "function";
}
