/** What the store uses of the `Pool` of the package `pg`. `Client` is its `PoolClient`. */
export interface PgPool<Client extends PgClient = PgClient> {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  /** The second form is that of `pg`, and not used. */
  readonly connect: { (): Promise<Client>; (callback: never): unknown };
  readonly options?: { readonly max?: number | undefined } | undefined;
}

/** What the store uses of the `PoolClient` of the package `pg`. */
export interface PgClient {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  release(destroy?: boolean): void;
  on(event: "error", listener: () => void): unknown;
  off(event: "error", listener: () => void): unknown;
}

export interface PgResult {
  readonly rows: unknown[];
}

/** What the store uses of the `sql` of the package `postgres` (Postgres.js). `Transaction` is its `TransactionSql`. */
export interface PostgresJs<Transaction> extends PostgresJsQueries {
  begin(options: string, work: (transaction: Transaction) => Promise<void>): Promise<unknown>;
  readonly options?: { readonly max?: number | undefined } | undefined;
}

/** What the store uses of `sql` and of a transaction of the package `postgres`. */
export interface PostgresJsQueries {
  /** The parameters are of a type of its own. */
  unsafe(query: string, parameters?: never[]): PromiseLike<unknown>;
}

/** Runs one statement, and resolves to its rows. */
export type Query = (text: string, ...values: (string | number)[]) => Promise<readonly unknown[]>;

/** Both packages, behind one face. */
export interface Database<Transaction> {
  /** How many connections there are at most. */
  readonly connections: number;
  readonly query: Query;
  /**
   * Runs `work` in a transaction. What `work` resolves to says whether to commit it; where it rejects, so does this. In
   * either case, the rest is rolled back.
   */
  transaction(work: (transaction: Transaction, query: Query) => Promise<boolean>): Promise<boolean>;
}

/** Both packages open as many connections, unless told otherwise. */
const CONNECTIONS = 10;

// Under a stricter level, which can be the default of a database, the mark would fail once the claim has been renewed.
const ISOLATION = "isolation level read committed";

export function databaseOf<Transaction>(client: PgPool | PostgresJs<Transaction>): Database<Transaction> {
  const connections = client.options?.max ?? CONNECTIONS;
  return "unsafe" in client
    ? { connections, query: queryOfPostgresJs(client), transaction: transactionOfPostgresJs(client) }
    : { connections, query: queryOfPg(client), transaction: transactionOfPg(client) };
}

/** Without values, several statements can be sent as one text. */
const listed = <Value>(values: Value[]) => (values.length > 0 ? values : undefined);

const queryOfPg =
  (client: Pick<PgPool, "query">): Query =>
  async (text, ...values) =>
    (await client.query(text, listed(values))).rows;

const transactionOfPg =
  <Transaction>(pool: PgPool): Database<Transaction>["transaction"] =>
  async (work) => {
    const client = await pool.connect();
    // While a client is out of its pool, nobody else listens to the loss of its connection, and an event `error` that
    // nobody listens to ends the process. The next statement rejects.
    const ignore = () => {};
    client.on("error", ignore);
    let clean = false;
    try {
      await client.query(`begin ${ISOLATION}`);
      let commit = false;
      try {
        commit = await work(client as Transaction, queryOfPg(client));
      } finally {
        // Where that fails, the connection is closed, which rolls back as well; the error to tell is that of `work`.
        if (!commit) clean = await succeeds(client.query("rollback"));
      }
      if (commit) await client.query("commit");
      clean ||= commit;
      return commit;
    } finally {
      client.off("error", ignore);
      client.release(!clean);
    }
  };

const succeeds = (promise: Promise<unknown>) =>
  promise.then(
    () => true,
    () => false,
  );

const queryOfPostgresJs =
  (sql: PostgresJsQueries): Query =>
  async (text, ...values) =>
    (await sql.unsafe(text, listed(values as never[]))) as unknown[];

const transactionOfPostgresJs =
  <Transaction>(sql: PostgresJs<Transaction>): Database<Transaction>["transaction"] =>
  async (work) => {
    const undo = Symbol();
    let over = false;
    // Postgres.js 3.4 ends a transaction whose connection was lost at once. Whatever is still sent in it afterwards, its
    // own `rollback` included, ends the process, or goes to the connection that came in its place.
    const unlessOver = async () => {
      // Who waited for a statement hears of the loss a few ticks before we do.
      for (let tick = 0; tick < 10; tick++) await Promise.resolve();
      if (over) await new Promise(() => {});
    };
    try {
      await sql.begin(ISOLATION, async (transaction) => {
        const query = queryOfPostgresJs(transaction as PostgresJsQueries);
        try {
          const commit = await work(transaction, async (...statement) => {
            await unlessOver();
            return query(...statement);
          });
          if (!commit) throw undo;
        } finally {
          await unlessOver();
        }
      });
      return true;
    } catch (error) {
      over = true;
      if (error === undo) return false;
      throw error;
    }
  };
