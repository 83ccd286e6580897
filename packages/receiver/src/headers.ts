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

/** The value of a header, by its name in lower case. Values that came twice are joined by a comma, as `Headers` does. */
export function headerOf(headers: HeadersInput, name: string): string | undefined {
  if (typeof headers?.get === "function") return (headers as HeadersLike).get(name) ?? undefined;
  const entries = Object.entries((headers as HeadersRecord | undefined) ?? {});
  const values = entries.flatMap(([key, value]) => (key.toLowerCase() === name ? (value ?? []) : []));
  return values.length === 0 ? undefined : values.join(", ");
}
