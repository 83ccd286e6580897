import { ADVICE_ON_HANDLING } from "../advice.ts";
import type { AnswerCode } from "../answers.ts";
import { ConfigurationError, DeliveryError, InterruptedError } from "../errors.ts";
import { type HeadersInput, headerOf } from "../headers.ts";
import { ID } from "../verify/signature-scheme.ts";

/**
 * What the log says of a failure. It holds nothing of the data of a delivery, nothing of a key, and no message of an error that is
 * not ours.
 */
export interface LogEntry {
  /** All of it in one line of printable ASCII: `[mindbridge] 500 handler, …`. */
  readonly line: string;
  /** The `code` of the answer, `ignored` if no handler listens to the type, or `hook` if a hook threw. */
  readonly code: AnswerCode | "hook" | "ignored";
  /** The status of the answer; `undefined` for `ignored`, and in a worker, where there is none. */
  readonly status: number | undefined;
  /** The `webhook-id`, if it is printable ASCII without spaces. If the delivery is not verified, a stranger may have chosen it. */
  readonly id: string | undefined;
  /** The type of the delivery, if that is verified, and printable ASCII without spaces. */
  readonly type: string | undefined;
  /** How many lines with this code were left out before this one. */
  readonly omitted: number;
}

/** Where the lines go, or `false` for nowhere. */
export type Log = false | ((entry: LogEntry) => unknown);

/** What went wrong. */
export interface Failure {
  readonly code: LogEntry["code"];
  readonly status?: number | undefined;
  readonly error?: unknown;
  readonly delivery?: { readonly id: string; readonly type: string } | undefined;
  /** The headers of a request without a verified delivery. */
  readonly headers?: HeadersInput | undefined;
  /** What to do about it, if the code does not tell. */
  readonly advice?: string | undefined;
}

/** Strangers can cause failures, and must not be able to fill a disk: a code gets so many lines in a minute. */
const MAX_LINES = 5;
const MINUTE = 60_000;

/**
 * Creates what writes a line about a failure. It never rejects.
 *
 * @throws {ConfigurationError} if `log` is neither `false` nor a function.
 */
export function createReport(log: Log = ({ line }) => console.error(line)): (failure: Failure) => Promise<void> {
  if (log !== false && typeof log !== "function") throw new ConfigurationError("log is false or a function.");
  /** How many lines each code had in its present minute, with those that were left out. */
  const minutes = new Map<string, { count: number; readonly end: number }>();
  /** The types without a handler that have had their line. */
  const ignored = new Set<string | undefined>();

  return async ({ code, status, error, delivery, headers, advice }) => {
    if (code === "ignored" && ignored.has(delivery?.type)) return;
    const present = performance.now();
    const last = minutes.get(code);
    const minute = last && present < last.end ? last : { count: 0, end: present + MINUTE };
    minutes.set(code, minute);
    minute.count++;
    if (!log || minute.count > MAX_LINES) return;
    if (code === "ignored") ignored.add(delivery?.type);
    const omitted = last && last !== minute ? Math.max(0, last.count - MAX_LINES) : 0;
    try {
      const id = printable(delivery?.id ?? (headers && headerOf(headers, ID)));
      const type = printable(delivery?.type);
      const facts = [status, code].join(" ").trim();
      const line = [
        `[mindbridge] ${facts}${id ? `, webhook-id ${id}` : ""}${type ? `, type ${type}` : ""}:`,
        ...explain(code, error, advice),
        ...(omitted > 0 ? [`${omitted} lines with this code were left out before.`] : []),
        ...(minute.count === MAX_LINES ? ["More lines with this code are left out for a minute."] : []),
      ].join(" ");
      try {
        await log({ line, code, status, id, type, omitted });
      } catch {
        console.error(`${line} The option log threw.`);
      }
    } catch {
      // A console that fails must not lose a delivery.
    }
  };
}

const printable = (text: string | undefined) => (text && /^[!-~]{1,256}$/.test(text) ? text : undefined);

/** What to do about a failure, and what its error is. Only a message of ours is known to hold no secret. */
function explain(code: Failure["code"], error: unknown, advice: string | undefined): string[] {
  const general = advice ?? ADVICE_ON_HANDLING[code as keyof typeof ADVICE_ON_HANDLING];
  try {
    // Libraries for databases put the error of a store into one of their own.
    const ours = [error, (error as Partial<Error> | undefined)?.cause].find((one) => one instanceof DeliveryError);
    if (!ours) return [general, ...describe(error)];
    const isOfUser = code === "handler" || code === "hook";
    return isOfUser ? [general, ours.message, ...describe(error)] : [ours.message, ...describe(ours.cause)];
  } catch {
    // Code of others runs where we look at an error: a getter, or a revoked `Proxy`.
    return [general];
  }
}

/** An error without its message, which may hold a payload or a secret: its name, its code, and where it was thrown. */
function describe(error: unknown): string[] {
  if (error === undefined || error instanceof InterruptedError) return [];
  const { name, code, message, stack } = Object(error) as Record<string, unknown>;
  const words = [name, code].filter((word) => typeof word === "string" && /^[\w.$-]{1,64}$/.test(word));
  // The frames follow the whole message, which may have lines that look like them.
  const [, frames = ""] = `${stack}`.split(`${message}\n`);
  const [, place] = /^ +at ([ -~]{1,300})(?![^\n])/.exec(frames) ?? [];
  const found = [...words, ...(place ? [`at ${place}`] : [])];
  return found.length > 0 ? [`(${found.join(" ")})`] : [];
}
