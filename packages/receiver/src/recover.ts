/** Gets back what a receiver missed, from the event logs of MindBridge. */
import type { WebhookEventLog } from "@mindbridge-sdk/contract";
import { ConfigurationError } from "./errors.ts";
import type { KeptDelivery, RecoveryOutcome } from "./receiver/types.ts";

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

export interface RecoverDeliveriesOptions {
  /** The id of the webhook whose deliveries are recovered. */
  readonly webhookId: string;
  /** Logs that are older are left out: when the outage began, or the `since` of what was reported last. By default none is. */
  readonly since?: Date | string | undefined;
  /** The statuses of logs to recover; `FAILED`, `FAILED_PERMANENTLY` and `DISCONNECTED` by default. */
  readonly statuses?: readonly string[] | undefined;
  /** How many deliveries are handled at a time; 4 by default. */
  readonly concurrency?: number | undefined;
  /** How many logs are asked for at a time; 100 by default. MindBridge does not publish how many it gives. */
  readonly pageSize?: number | undefined;
  /**
   * The query, in place of one for the webhook, the statuses and the time. MindBridge does not publish which fields can be
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
   * All older deliveries have come to an end that another try would not change. To go on later, give it as `since`. `undefined`
   * if there was no log with a date.
   */
  readonly since: string | undefined;
}

/** What became of one delivery, and what was done so far. */
export interface RecoveryProgress extends Recovered, RecoverySummary {
  /** The log, as MindBridge gave it. */
  readonly log: WebhookEventLog;
}

/** The statuses of deliveries that did not arrive, or of which MindBridge does not know that they did. */
const MISSED = ["FAILED", "FAILED_PERMANENTLY", "DISCONNECTED"];

/** The order in which logs come: a log that is written meanwhile comes last, and moves none from one page to another. */
const SORT = ["creationDate,asc"];

/**
 * Goes through the event logs of a webhook and has the receiver handle what it missed. What was handled in time is not handled
 * again, so it does no harm to run it twice, or to run it again after it was killed.
 *
 * @param mindbridge The client, whose token needs the scope `api.webhooks.read`.
 * @param receiver The receiver that missed the deliveries, with its store.
 * @throws {ConfigurationError} if an option cannot work.
 * @throws the error of the client if the logs cannot be read, and the reason of `signal`. Deliveries that were begun have ended.
 */
export async function recoverDeliveries(
  mindbridge: EventLogSource,
  receiver: Recoverer,
  options: RecoverDeliveriesOptions,
): Promise<RecoverySummary> {
  const { webhookId, statuses = MISSED, concurrency = 4, pageSize = 100, signal, onProgress } = options;
  const since = options.since === undefined ? undefined : new Date(options.since);
  if (!webhookId || !(concurrency >= 1 && pageSize >= 1) || Number.isNaN(since?.getTime() ?? 0)) {
    throw new ConfigurationError("Give a webhookId, a concurrency and a pageSize of at least 1, and a date as since.");
  }
  const filter = options.filter ?? filterOf(webhookId, statuses, since);
  const progress = createProgress();
  const running = new Set<Promise<void>>();
  const recover = async (log: WebhookEventLog) => {
    const recovered = await recoverOne(receiver, log, signal);
    const summary = progress.end(log, recovered);
    (async () => onProgress?.({ ...recovered, ...summary, log }))().catch(() => {});
  };

  try {
    const logs = mindbridge.webhookEventLogs.query({ ...filter }, { query: { size: pageSize, sort: SORT }, signal });
    for await (const log of logs) {
      const isOlder = since !== undefined && Date.parse(log.creationDate ?? "") < since.getTime();
      if (log.webhookId !== webhookId || isOlder || !statuses.includes(log.status ?? "")) continue;
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
  return progress.summary();
}

/** Asks for the logs of a webhook, in the operators of the vendor's query language that are published. */
function filterOf(webhookId: string, statuses: readonly string[], since: Date | undefined): Record<string, unknown> {
  const parts = [
    { webhookId },
    { $or: statuses.map((status) => ({ status })) },
    ...(since ? [{ creationDate: { $gte: since.toISOString() } }] : []),
  ];
  return { $and: parts };
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
  return { outcome, code, error, retryable };
}

/** Counts, and knows up to when everything is done. */
function createProgress() {
  const counts: Record<RecoveryOutcome, number> = {
    recovered: 0,
    "already-handled": 0,
    ignored: 0,
    held: 0,
    failed: 0,
    refused: 0,
  };
  const reasons: Record<string, number> = {};
  /** The deliveries that have not come to an end, in the order of their logs. */
  const open = new Set<WebhookEventLog>();
  let latest: string | undefined;
  const summary = (): RecoverySummary => {
    const [first] = open;
    return { counts: { ...counts }, reasons: { ...reasons }, since: first?.creationDate ?? latest };
  };
  return {
    begin(log: WebhookEventLog) {
      open.add(log);
      latest = log.creationDate ?? latest;
    },
    end(log: WebhookEventLog, { outcome, code, retryable }: Recovered): RecoverySummary {
      counts[outcome]++;
      if (code) reasons[code] = (reasons[code] ?? 0) + 1;
      if (!retryable) open.delete(log);
      return summary();
    },
    summary,
  };
}
