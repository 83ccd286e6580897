import { ConfigurationError } from "../errors/configuration-error.ts";

/** Where SQL stores keep their claims, unless told otherwise. */
export const TABLE = "mindbridge_deliveries";

/**
 * The name of a table, quoted for SQL.
 *
 * @param table `name` or `schema.name`: ASCII letters, digits and underscores, at most 63 of them each, which is what
 * Postgres keeps of a name.
 * @throws {ConfigurationError} if it is anything else: values must never become SQL.
 */
export function quotedTable(table: string): string {
  if (!/^(?:[a-z_]\w{0,62}\.)?[a-z_]\w{0,62}$/i.test(table)) {
    throw new ConfigurationError(
      "table is a name of ASCII letters, digits and underscores, at most 63, or two such with a dot between them.",
    );
  }
  return table.replace(/\w+/g, '"$&"');
}
