import type { AnswerCode, Refusal } from "../answers.ts";
import { checkFunctions } from "../check-options.ts";
import { ConfigurationError, type DeliveryTooNewError, type DeliveryTooOldError } from "../errors.ts";
import type { HeadersInput } from "../headers.ts";
import { type Delivery, isObject } from "../verify/delivery.ts";
import { createReport, type Log } from "./log.ts";

/** A delivery that has been verified. */
export interface ReceivedInfo {
  readonly delivery: Delivery;
}

/** A request that was refused. */
export interface RefusedInfo extends Refusal {
  /** The delivery, if it had been verified. */
  readonly delivery?: Delivery | undefined;
}

/** A delivery that was refused for its time alone. */
export interface ClockSkewInfo {
  /** By how many seconds it is out of `tolerance`. */
  readonly error: DeliveryTooOldError | DeliveryTooNewError;
}

/** A delivery that has been handled. */
export interface HandledInfo {
  readonly delivery: Delivery;
  /** Milliseconds from the claim to the mark that it is done. */
  readonly duration: number;
}

/** A delivery whose handling began, but which is not marked as handled. */
export interface FailedInfo extends Refusal {
  readonly delivery: Delivery;
  /** Milliseconds from the claim to the failure. */
  readonly duration: number;
}

/**
 * Called for logs, metrics and traces. A request is either `refused` before it is verified, or `received` and then one of the
 * others. The receiver does not wait for hooks, and an error of theirs loses no delivery. The option `log` gets that error, and
 * what `refused` and `failed` would get if they are not there.
 */
export interface Hooks {
  /** A delivery has been verified. */
  readonly received?: ((info: ReceivedInfo) => unknown) | undefined;
  /** A request was refused: it does not verify, another process handles it, or the store is down. */
  readonly refused?: ((info: RefusedInfo) => unknown) | undefined;
  /**
   * The signature of a delivery matches, but its time is out of tolerance. If that is so for all deliveries, a clock is wrong.
   * If it is so for one, someone may be replaying it. `refused` is called, too.
   */
  readonly clockSkew?: ((info: ClockSkewInfo) => unknown) | undefined;
  /** Verified, but there is no handler for it. Without this hook, the log has a line for each such type, once. */
  readonly ignored?: ((info: ReceivedInfo) => unknown) | undefined;
  /** Verified, and already handled. */
  readonly duplicate?: ((info: ReceivedInfo) => unknown) | undefined;
  /** Handled, and marked as handled. */
  readonly handled?: ((info: HandledInfo) => unknown) | undefined;
  /** The handler failed, the claim was lost, or the store could not mark the delivery as handled. */
  readonly failed?: ((info: FailedInfo) => unknown) | undefined;
}

const HOOKS: Readonly<Record<keyof Hooks, true>> = {
  received: true,
  refused: true,
  clockSkew: true,
  ignored: true,
  duplicate: true,
  handled: true,
  failed: true,
};

/** Refusals that are part of the normal run of things. */
const NORMAL = new Set<AnswerCode>(["aborted", "closing", "held", "method_not_allowed"]);

const IGNORED =
  "No handler listens to this type, so the delivery is dropped. Add on or onUnknown. The hook `ignored` replaces this line.";

/** Calls a hook, or the log. `headers` are those of a request that was refused. Never throws. */
export type Tell = <Name extends keyof Hooks>(
  name: Name,
  info: Parameters<NonNullable<Hooks[Name]>>[0],
  headers?: HeadersInput,
) => void;

/**
 * Creates what tells the hooks of each request, and the log of what goes wrong and has no hook.
 *
 * @throws {ConfigurationError} if one of them cannot work.
 */
export function createTell(hooks: Hooks, log: Log | undefined): Tell {
  if (!isObject(hooks)) throw new ConfigurationError("hooks is an object with functions.");
  for (const [name, hook] of Object.entries(hooks)) {
    if (!Object.hasOwn(HOOKS, name)) throw new ConfigurationError(`There is no hook ${JSON.stringify(name)}.`);
    if (hook !== undefined) checkFunctions(`hooks.${name}`, hook);
  }
  const report = createReport(log);
  return (name, info, headers) => {
    const hook = hooks[name] as ((given: typeof info) => unknown) | undefined;
    const { code, status, error, delivery } = info as Partial<RefusedInfo>;
    if (hook) {
      const advice = `The hook \`${name}\` threw. The delivery is not affected.`;
      (async () => hook(info))().catch((thrown) => report({ code: "hook", error: thrown, delivery, headers, advice }));
    } else if (code && (name === "failed" || !NORMAL.has(code)) && !(hooks.clockSkew && code.startsWith("too_"))) {
      // A delivery without `raw` came out of a queue: nobody is answered.
      void report({ code, status: delivery && !delivery.raw ? undefined : status, error, delivery, headers });
    } else if (name === "ignored") void report({ code: "ignored", delivery, advice: IGNORED });
  };
}
