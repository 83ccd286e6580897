import { checkFunctions } from "../check-options.ts";
import { ConfigurationError } from "../errors.ts";

/** What the store uses of the `Pool` of the package `pg`. `Client` is its `PoolClient`. */
export interface PgPool<Client extends PgClient = PgClient> {
  query(text: string, values?: unknown[]): Promise<PgResult>;
  /** The store uses the first form only; `pg` has both. */
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

/** What the store uses of the result of a query of `pg`. */
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
  /** `postgres` declares the parameters with a type of its own. */
  unsafe(query: string, parameters?: never[], options?: { readonly prepare?: boolean }): PromiseLike<unknown>;
}

/** Runs one statement, and returns its rows. */
export type Query = (text: string, ...values: (string | number)[]) => Promise<readonly unknown[]>;

/** One interface to both packages. */
export interface Database<Transaction> {
  /** The most connections that the client opens. */
  readonly connections: number;
  readonly query: Query;
  /**
   * Runs `work` in a transaction, and commits if it resolves to `true`. Otherwise it rolls back, and rejects with what `work`
   * rejected with. The transaction that `work` gets rejects everything once it is over.
   */
  transaction(work: (transaction: Transaction, query: Query) => Promise<boolean>): Promise<boolean>;
}

/** The default of both packages. */
const CONNECTIONS = 10;

// A database can default to a stricter level. There, the mark would fail after the claim has been renewed.
const ISOLATION = "isolation level read committed";

/** @throws {ConfigurationError} if `client` is neither. */
export function databaseOf<Transaction>(client: PgPool | PostgresJs<Transaction>): Database<Transaction> {
  const isPostgresJs = "unsafe" in Object(client);
  checkFunctions("The client of postgresStore", client, ...(isPostgresJs ? ["begin"] : ["query", "connect"]));
  // A `Client` has the same methods. Its one connection is not replaced if it is lost.
  if ("connectionParameters" in client) {
    throw new ConfigurationError("postgresStore needs a Pool of pg, and got a Client.");
  }
  const connections = client.options?.max ?? CONNECTIONS;
  return "unsafe" in client
    ? { connections, query: queryOfPostgresJs(client), transaction: transactionOfPostgresJs(client) }
    : { connections, query: queryOfPg(client), transaction: transactionOfPg(client) };
}

/** A statement without values may be several statements in one text. */
const listed = <Value>(values: Value[]) => (values.length > 0 ? values : undefined);

const isOver = () =>
  new Error(
    "This transaction is over: its connection was lost, or the handler has returned. Wait for every statement in the handler.",
  );

/** A statement that begins or ends a transaction. `rollback to` a savepoint does not. */
const ENDS_TRANSACTION =
  /^\s*(?:begin|start\s+transaction|prepare\s+transaction|commit|end|abort|rollback(?!\s+(?:(?:work|transaction)\s+)?to\b))\b/i;

/** Why a statement of a handler is refused, if it is. */
function refusalOf(statement: unknown): Error | undefined {
  // `pg` also takes an object that has the text.
  const text = (statement as { text?: unknown } | undefined)?.text ?? statement;
  if (!ENDS_TRANSACTION.test(`${text}`)) return undefined;
  return new ConfigurationError(
    "A handler must not begin or end a transaction: the store commits the one that the handler was given, with the mark. " +
      "Leave out begin, commit, rollback and a transaction() of a library, or use a savepoint. The statement was not sent.",
  );
}

const queryOfPg =
  (client: Pick<PgPool, "query">): Query =>
  async (text, ...values) =>
    (await client.query(text, listed(values))).rows;

const transactionOfPg =
  <Transaction>(pool: PgPool): Database<Transaction>["transaction"] =>
  async (work) => {
    const client = await pool.connect();
    // The pool listens for errors of idle clients only. An event `error` without a listener ends the process. With this one,
    // a lost connection shows when the next statement rejects.
    const ignore = () => {};
    client.on("error", ignore);
    const given = guardPg(client);
    let clean = false;
    try {
      await client.query(`begin ${ISOLATION}`);
      let commit = false;
      try {
        commit = await work(given.client as Transaction, queryOfPg(client));
      } finally {
        given.end();
        // If the rollback fails, closing the connection rolls back as well. The error to throw is that of `work`.
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

/**
 * A client whose `query` rejects what begins or ends a transaction, and everything after `end`: the connection may by then run
 * the transaction of another delivery.
 */
function guardPg(client: PgClient) {
  let over = false;
  const query = (...args: Parameters<PgClient["query"]>) => {
    const refusal = over ? isOver() : refusalOf(args[0]);
    return refusal ? Promise.reject(refusal) : client.query(...args);
  };
  const guarded = new Proxy(client, {
    get(target, key) {
      if (key === "query") return query;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return {
    client: guarded,
    end() {
      over = true;
    },
  };
}

const succeeds = (promise: Promise<unknown>) =>
  promise.then(
    () => true,
    () => false,
  );

/** A prepared statement takes one round trip from its second run on, and others take two. `prepare: false` of `sql` goes before this. */
const queryOfPostgresJs =
  (sql: PostgresJsQueries): Query =>
  async (text, ...values) =>
    (await sql.unsafe(text, listed(values as never[]), { prepare: values.length > 0 })) as unknown[];

/**
 * Postgres.js 3.4 goes on with a transaction whose connection was lost. Whatever it then sends, its own `rollback` included,
 * ends the process, or goes to the connection that replaced the lost one and is committed by itself there. So each statement
 * first waits until the loss would be known, and after a loss, the function given to `begin` never settles.
 */
const transactionOfPostgresJs =
  <Transaction>(sql: PostgresJs<Transaction>): Database<Transaction>["transaction"] =>
  async (work) => {
    const undo = Symbol();
    let over = false;
    let lose!: (error: Error) => void;
    const loss = new Promise<never>((_, reject) => {
      lose = reject;
    });
    loss.catch(() => {});
    const unlessOver = async () => {
      // A handler that waits for a statement hears of the loss a few ticks before we do.
      for (let tick = 0; tick < 10; tick++) await Promise.resolve();
      if (over) throw isOver();
    };
    try {
      await sql.begin(ISOLATION, async (transaction) => {
        const query = queryOfPostgresJs(transaction as PostgresJsQueries);
        try {
          const commit = await work(guardPostgresJs(transaction, unlessOver, loss), async (...statement) => {
            await unlessOver();
            return query(...statement);
          });
          if (!commit) throw undo;
        } finally {
          await unlessOver().catch(neverSettle);
          over = true;
        }
      });
      return true;
    } catch (error) {
      over = true;
      lose(isOver());
      if (error === undo) return false;
      throw error;
    }
  };

/** If this settled, Postgres.js would send `commit` or `rollback`. */
const neverSettle = () => new Promise<never>(() => {});

/**
 * What a transaction of Postgres.js makes of a template, whose texts are its `strings`. It is sent when somebody waits for it, by
 * its `handler`.
 */
interface PostgresJsQuery {
  readonly strings: readonly string[];
  handler: (query: PostgresJsQuery) => void;
  reject(error: unknown): void;
}

type PostgresJsSavepoint = (...args: unknown[]) => Promise<unknown>;

/**
 * The same transaction, except that it rejects what begins or ends one, and that every query first calls `unlessOver` and rejects
 * with what that rejects with. It also rejects with `loss`, since Postgres.js never settles a query that it gets between the loss and the notice of it.
 */
function guardPostgresJs<Transaction>(
  transaction: Transaction,
  unlessOver: () => Promise<void>,
  loss: Promise<never>,
): Transaction {
  const guardQuery = (query: unknown) => {
    const { handler } = query as Partial<PostgresJsQuery>;
    if (!handler) return query;
    const guarded = (given: PostgresJsQuery) => {
      loss.catch(given.reject);
      const send = () => {
        const refusal = refusalOf(given.strings[0]);
        if (refusal) given.reject(refusal);
        else handler(given);
      };
      void unlessOver().then(send, given.reject);
    };
    return Object.assign(query as PostgresJsQuery, { handler: Object.assign(guarded, handler) });
  };
  const guardSavepoint =
    (savepoint: PostgresJsSavepoint): PostgresJsSavepoint =>
    async (...args) => {
      await unlessOver();
      const work = args.pop() as (nested: Transaction) => unknown;
      const guarded = async (nested: Transaction) => {
        try {
          const result = await work(guardPostgresJs(nested, unlessOver, loss));
          return Array.isArray(result) ? await Promise.all(result) : result;
        } finally {
          await unlessOver().catch(neverSettle);
        }
      };
      return Promise.race([loss, savepoint(...args, guarded)]);
    };
  return new Proxy(transaction as object, {
    apply: (target, self, args) => guardQuery(Reflect.apply(target as () => unknown, self, args)),
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (key === "savepoint") return guardSavepoint(value as PostgresJsSavepoint);
      if (key === "unsafe" || key === "file") {
        return (...args: unknown[]) => guardQuery((value as (...args: unknown[]) => unknown)(...args));
      }
      return value;
    },
  }) as Transaction;
}
