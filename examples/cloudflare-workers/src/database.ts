import type { SqliteDatabase } from "@mindbridge-sdk/receiver/sqlite";

/** The database of a Durable Object, with the methods of node:sqlite, which the store calls. */
export function databaseOf(sql: SqlStorage): SqliteDatabase {
  return {
    exec: (query) => sql.exec(query),
    prepare: (query) => ({
      get: (...values) => sql.exec(query, ...values).toArray()[0],
      run: (...values) => ({ changes: sql.exec(query, ...values).rowsWritten }),
    }),
  };
}
