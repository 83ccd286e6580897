import { ConfigurationError } from "../errors.ts";

/** How long Redis, Postgres and SQLite remember that a delivery has been handled, unless told otherwise: seven days. */
export const KEEP_FOR = 604_800_000;

/** The table of the SQL stores, unless told otherwise. */
export const TABLE = "mindbridge_deliveries";

/** Databases take whole milliseconds: at least one, and at most a century, which stands for `Infinity`. */
export const wholeMilliseconds = (value: number): number =>
  Math.min(Math.max(1, Math.ceil(value)), 100 * 365 * 86_400_000);

/**
 * The id of a delivery in a form that any database can hold, different for each id: the id itself, or a hash of it.
 * Postgres refuses NUL in a text and more than 2,704 bytes in an index, and drivers replace unpaired surrogates.
 */
export async function storedId(id: string): Promise<string> {
  if (id.length <= 512 && !/[\0\ud800-\udfff]/.test(id)) return id;
  // JSON escapes unpaired surrogates.
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(id)));
  return `sha256:${Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * The name of a table, quoted for SQL.
 *
 * @param table `name` or `schema.name`. Each is made of ASCII letters, digits and underscores, at most 63 of them, which is
 * what Postgres keeps of a name.
 * @throws {ConfigurationError} if it is anything else: no value may become SQL.
 */
export function quotedTable(table: string): string {
  if (!/^(?:[a-z_]\w{0,62}\.)?[a-z_]\w{0,62}$/i.test(table)) {
    throw new ConfigurationError(
      "table is a name of ASCII letters, digits and underscores, at most 63, or two such with a dot between them.",
    );
  }
  return table.replace(/\w+/g, '"$&"');
}
