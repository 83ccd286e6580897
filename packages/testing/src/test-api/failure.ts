/** How the next request to an operation fails. */
export type Failure = FailedAnswer | FailedConnection;

interface Common {
  /** Whether the operation is carried out before it fails, which the caller cannot know. By default it is not. */
  readonly after?: "done" | undefined;
  /** How many requests fail in this way, one after the other; 1 by default. */
  readonly times?: number | undefined;
}

/** The caller gets an answer that is no success. */
export interface FailedAnswer extends Common {
  /** With 429, the caller is told to come again after a second, unless `headers` say otherwise. */
  readonly status: number;
  /** By default the contract's first example of the status, if there is one. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly connection?: undefined;
}

/** The caller gets no answer. */
export interface FailedConnection extends Common {
  /** `"cut"`: the connection ends. `"silent"`: nothing comes, until the caller gives up. */
  readonly connection: "cut" | "silent";
  readonly status?: undefined;
  readonly body?: undefined;
  readonly headers?: undefined;
}

/** The connection was cut, as a failure asked for. */
export class CutError extends TypeError {
  override get name() {
    return "CutError";
  }

  constructor() {
    // The code of a connection that ended after something was sent.
    const cause = Object.assign(new Error("The connection was cut, as the test asked for."), { code: "ECONNRESET" });
    super("fetch failed", { cause });
  }
}

/** What a failure may have, by its form. */
const ALLOWED = {
  answer: ["status", "body", "headers", "after", "times"],
  connection: ["connection", "after", "times"],
};

/** @throws {TypeError} that says what is wrong with a failure: a program in JavaScript has no types that say it. */
export function checkFailure(failure: Failure): void {
  const given = Object.entries(failure).filter(([, value]) => value !== undefined);
  const names = given.map(([name]) => name);
  const refuse = (why: string): never => {
    throw new TypeError(`fail: ${why}`);
  };
  if (names.includes("status") === names.includes("connection")) {
    refuse(`give either status or connection. It has ${names.join(", ") || "nothing"}.`);
  }
  const allowed = names.includes("status") ? ALLOWED.answer : ALLOWED.connection;
  const unknown = names.find((name) => !allowed.includes(name));
  if (unknown !== undefined) refuse(`there is no ${unknown} here. There are ${allowed.join(", ")}.`);
  const { status = 503, connection = "cut", after = "done", times = 1 } = failure;
  if (!(Number.isInteger(status) && status >= 200 && status <= 599)) refuse("status is a number from 200 to 599.");
  if (!["cut", "silent"].includes(connection)) refuse('connection is "cut" or "silent".');
  if (after !== "done") refuse('after is "done", or left out.');
  if (!(Number.isInteger(times) && times >= 1)) refuse("times is a whole number of at least 1.");
}

/** The failures that are to come, by operation. */
export interface Failures {
  add(id: string, failure: Failure): void;
  /** The failure of a request to this operation, if it is to fail. */
  take(id: string): Failure | undefined;
}

export function createFailures(): Failures {
  const queues = new Map<string, Failure[]>();
  return {
    add(id, failure) {
      const queue = queues.get(id) ?? [];
      queues.set(id, [...queue, ...Array.from({ length: failure.times ?? 1 }, () => failure)]);
    },
    take: (id) => queues.get(id)?.shift(),
  };
}

/** The header by which a limited endpoint says when to come again, in seconds, whatever its name says. */
const COME_AGAIN = { "x-user-hour-limit-remaining": "1" };

/** The headers of a failure. */
export function headersOf(status: number, headers?: Readonly<Record<string, string>>): Record<string, string> {
  return { ...(status === 429 && COME_AGAIN), ...headers };
}
