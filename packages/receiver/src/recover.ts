/** Gets back what a receiver missed, from the event logs of MindBridge. */
import * as contract from "@mindbridge-sdk/contract";
import { checkRest } from "./check-options.ts";
import { ConfigurationError } from "./errors.ts";
import type { KeptDelivery, RecoveryOutcome } from "./receiver/types.ts";

type Schemas = contract.components["schemas"];

/** The contract's types. What stands for them in a contract without event logs lets the receiver compile. */
type WebhookEventLog = Schemas extends { WebhookEventLog: infer Log extends AnyEventLog } ? Log : AnyEventLog;
type WebhookEventLogStatus = Schemas extends { WebhookEventLogStatus: infer Status extends string } ? Status : string;

/** What is read of a log. */
interface AnyEventLog {
  readonly id?: string;
  readonly webhookId: string;
  readonly status?: string;
  readonly creationDate?: string;
  readonly requestHeaders?: KeptDelivery["headers"];
  readonly requestBody?: string;
}

/** Where event logs come from: a `MindBridge` of `@mindbridge-sdk/client`. */
export interface EventLogSource {
  readonly webhookEventLogs: {
    query(
      filter: Record<string, unknown>,
      options: {
        readonly query: { readonly size: number; readonly sort: string[] };
        readonly signal: AbortSignal | undefined;
      },
    ): AsyncIterable<WebhookEventLog>;
  };
  /** It is asked for the webhook if that has no log, since a wrong id has none either. */
  readonly webhooks: {
    get(id: string, options: { readonly signal: AbortSignal | undefined }): PromiseLike<unknown>;
  };
}

/** What deliveries are given to: a receiver. */
export interface Recoverer {
  recover(kept: KeptDelivery): Promise<Recovered>;
}

/** What became of one delivery. A receiver's answer is one. */
export interface Recovered {
  readonly outcome: RecoveryOutcome;
  /** Why it was not handled. */
  readonly code?: string | undefined;
  readonly error?: unknown;
  /** Whether another try may end in another way. */
  readonly retryable: boolean;
}

/** Which deliveries are recovered, and how. */
export interface RecoverDeliveriesOptions {
  /** The id of the webhook whose deliveries are recovered. */
  readonly webhookId: string;
  /** Logs that are older are left out: when the outage began, or the `since` of what was reported last. By default none is. */
  readonly since?: Date | string | undefined;
  /** The statuses of logs to recover; `FAILED`, `FAILED_PERMANENTLY` and `DISCONNECTED` by default. */
  readonly statuses?: readonly WebhookEventLogStatus[] | undefined;
  /** How many deliveries are handled at a time; 4 by default. */
  readonly concurrency?: number | undefined;
  /** How many logs are asked for at a time; 100 by default. MindBridge does not publish how many it gives. */
  readonly pageSize?: number | undefined;
  /**
   * The query, in place of one for the webhook and the time. MindBridge does not publish which fields can be
   * queried: if it refuses that query, give `{}`. What it answers is checked here in either case.
   */
  readonly filter?: Readonly<Record<string, unknown>> | undefined;
  /** Ends the work: no further delivery is begun, the handlers that run are told, and the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each delivery. It is not waited for, and what it throws is ignored. */
  readonly onProgress?: ((progress: RecoveryProgress) => unknown) | undefined;
}

/** How many deliveries came to which end. */
export type RecoveryCounts = Readonly<Record<RecoveryOutcome, number>>;

/** What was done so far. */
export interface RecoverySummary {
  readonly counts: RecoveryCounts;
  /** Why deliveries were not handled: how many had each `code`. */
  readonly reasons: Readonly<Record<string, number>>;
  /**
   * Everything older is settled: it was recovered now, or handled before. Pass it to the next run as `since`. If no log was found, it
   * is the `since` that was given; `undefined` if none was.
   */
  readonly since: string | undefined;
}

/** What became of one delivery, and what was done so far. */
export interface RecoveryProgress extends Recovered, RecoverySummary {
  /** The log, as MindBridge gave it. */
  readonly log: WebhookEventLog;
}

/** The statuses of event logs that the contract lists. */
export const EVENT_LOG_STATUSES: readonly string[] =
  (contract as { readonly WEBHOOK_EVENT_LOG_STATUSES?: readonly string[] }).WEBHOOK_EVENT_LOG_STATUSES ?? [];

/** The statuses of deliveries that did not arrive, or of which MindBridge does not know that they did. */
const MISSED: readonly WebhookEventLogStatus[] = ["FAILED", "FAILED_PERMANENTLY", "DISCONNECTED"];

/**
 * The order in which logs come. A log that is written meanwhile comes last, so it moves no other log to another page. A log whose
 * status changes stays where it is, since the query does not ask for a status.
 */
const SORT = ["creationDate,asc"];

/**
 * Goes through the event logs of a webhook and has the receiver handle what it missed. What was handled in time is not handled
 * again, so it does no harm to run it twice, or to run it again after it was killed.
 *
 * @param mindbridge The client, whose token needs the scope `api.webhooks.read`.
 * @param receiver The receiver that missed the deliveries, with its store.
 * @throws {ConfigurationError} if an option cannot work.
 * @throws the error of the client if the logs cannot be read, or there is no such webhook, and the reason of `signal`. Deliveries that
 *   were begun have ended.
 */
export async function recoverDeliveries(
  mindbridge: EventLogSource,
  receiver: Recoverer,
  options: RecoverDeliveriesOptions,
): Promise<RecoverySummary> {
  const {
    webhookId,
    since: start,
    statuses: named = MISSED,
    concurrency = 4,
    pageSize = 100,
    filter,
    signal,
    onProgress,
    ...others
  } = options;
  checkRest("recoverDeliveries", others);
  const statuses: readonly string[] = named;
  const since = start === undefined ? undefined : new Date(start);
  check({ webhookId, statuses, concurrency, pageSize, since });
  const query = filter ?? filterOf(webhookId, since);
  const progress = createProgress(since?.toISOString());
  const running = new Set<Promise<void>>();
  const recover = async (log: WebhookEventLog) => {
    const recovered = await recoverOne(receiver, log, signal);
    const summary = progress.end(log, recovered);
    (async () => onProgress?.({ ...recovered, ...summary, log }))().catch(() => {});
  };

  let hasLogs = false;
  try {
    const logs = mindbridge.webhookEventLogs.query({ ...query }, { query: { size: pageSize, sort: SORT }, signal });
    for await (const log of logs) {
      if (log.webhookId !== webhookId) continue;
      hasLogs = true;
      if (since !== undefined && Date.parse(log.creationDate ?? "") < since.getTime()) continue;
      if (!statuses.includes(log.status ?? "")) {
        // It may still fail, so `since` must not pass it.
        if (log.status === "IN_PROGRESS") progress.begin(log);
        continue;
      }
      while (running.size >= concurrency) await Promise.race(running);
      signal?.throwIfAborted();
      progress.begin(log);
      const recovering = recover(log).finally(() => running.delete(recovering));
      running.add(recovering);
    }
  } finally {
    await Promise.all(running);
  }
  signal?.throwIfAborted();
  if (!hasLogs) await mindbridge.webhooks.get(webhookId, { signal });
  return progress.summary();
}

/** What `recoverDeliveries` was given, with its defaults. */
interface Settings {
  readonly webhookId: string;
  readonly statuses: readonly string[];
  readonly concurrency: number;
  readonly pageSize: number;
  readonly since: Date | undefined;
}

/** @throws {ConfigurationError} that names the option that cannot work. */
function check({ webhookId, statuses, concurrency, pageSize, since }: Settings): void {
  if (!webhookId) throw new ConfigurationError("webhookId is missing.");
  if (!(concurrency >= 1)) throw new ConfigurationError("concurrency is a number of at least 1.");
  if (!(pageSize >= 1)) throw new ConfigurationError("pageSize is a number of at least 1.");
  if (Number.isNaN(since?.getTime())) throw new ConfigurationError("since is a Date, or a string with a date.");
  const list = EVENT_LOG_STATUSES.join(", ");
  if (statuses.length === 0) throw new ConfigurationError(`statuses is empty. Name at least one of ${list}.`);
  for (const status of statuses) {
    if (EVENT_LOG_STATUSES.includes(status)) continue;
    const nearest = EVENT_LOG_STATUSES.find((each) => each.startsWith(status.toUpperCase()));
    const hint = nearest ? ` Did you mean ${nearest}?` : "";
    throw new ConfigurationError(`The contract has no status "${status}".${hint} It has ${list}.`);
  }
}

/** Asks for the logs of a webhook, in the operators of the vendor's query language that are published. */
function filterOf(webhookId: string, since: Date | undefined): Record<string, unknown> {
  return { webhookId, ...(since && { creationDate: { $gte: since.toISOString() } }) };
}

async function recoverOne(
  receiver: Recoverer,
  { requestHeaders: headers, requestBody: body }: WebhookEventLog,
  signal: AbortSignal | undefined,
): Promise<Recovered> {
  if (body === undefined) {
    const error = new Error("The log has no requestBody, so nobody can verify the delivery.");
    return { outcome: "refused", code: "missing_body", error, retryable: false };
  }
  const { outcome, code, error, retryable } = await receiver.recover({ headers, body, signal });
  const isHandled = SETTLED.includes(outcome) || outcome === "ignored";
  return {
    outcome,
    code,
    error: error ?? (isHandled ? undefined : new Error(`It was not handled: ${code}.`)),
    retryable,
  };
}

/** The outcomes that leave nothing to do. Every other may change when a setting, a key or a handler does. */
const SETTLED: readonly RecoveryOutcome[] = ["recovered", "already-handled"];

/** Counts, and knows up to when everything is settled: at first, up to `latest`. */
function createProgress(latest: string | undefined) {
  const counts: Record<RecoveryOutcome, number> = {
    recovered: 0,
    "already-handled": 0,
    ignored: 0,
    held: 0,
    failed: 0,
    refused: 0,
  };
  const reasons: Record<string, number> = {};
  /** The deliveries that are not settled, in the order of their logs. */
  const open = new Set<WebhookEventLog>();
  const summary = (): RecoverySummary => {
    const [first] = open;
    return { counts: { ...counts }, reasons: { ...reasons }, since: first?.creationDate ?? latest };
  };
  return {
    begin(log: WebhookEventLog) {
      open.add(log);
      latest = log.creationDate ?? latest;
    },
    end(log: WebhookEventLog, { outcome, code }: Recovered): RecoverySummary {
      counts[outcome]++;
      if (code) reasons[code] = (reasons[code] ?? 0) + 1;
      if (SETTLED.includes(outcome)) open.delete(log);
      return summary();
    },
    summary,
  };
}
