import type { SqliteDatabase } from "@mindbridge-sdk/receiver/sqlite";

/** The database of a Durable Object, as the store uses those of node:sqlite and its like. */
export function databaseOf(sql: SqlStorage): SqliteDatabase {
  return {
    exec: (query) => sql.exec(query),
    prepare: (query) => ({
      get: (...values) => sql.exec(query, ...values).toArray()[0],
      run: (...values) => ({ changes: sql.exec(query, ...values).rowsWritten }),
    }),
  };
}
