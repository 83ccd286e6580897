import {
  EVENT_LOG_STATUSES,
  type RecoverDeliveriesOptions,
  type Recoverer,
  recoverDeliveries,
} from "@mindbridge-sdk/receiver/recover";
import { type Context, EXIT } from "../action.ts";
import { readTarget, shownUrl } from "../addresses.ts";
import { createClient } from "../configuration.ts";
import { UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { printableLine } from "../printable.ts";
import { mark } from "../trigger/format.ts";
import type { EventLogClient } from "./event-logs.ts";
import { formatSent, type ResendOptions, type Sent, sendKept, signerOf } from "./send-kept.ts";

/** The options of `mindbridge recover`. */
export interface RecoverOptions extends ResendOptions {
  /** The id of the webhook. */
  readonly webhook: string;
  /** In milliseconds since the epoch. */
  readonly since?: number | undefined;
  /** Which logs, by their status. Without one, those of deliveries that did not arrive. */
  readonly status: readonly string[];
  readonly concurrency: number;
}

/**
 * Sends an endpoint again what it has missed, by the event logs of a webhook.
 *
 * @throws {UsageError} if an option is wrong: nothing was sent.
 */
export async function recover(options: RecoverOptions, context: Context): Promise<number> {
  const { webhook, since, concurrency, timeout } = options;
  const statuses = options.status.map(readStatus);
  const { output, signal } = context;
  const url = readTarget(options.to, "--to", { allowRemote: options.allowRemote === true });
  const mindbridge = (await createClient(options, context)) as EventLogClient;
  const signer = await signerOf(options, context);
  const sent: Sent[] = [];
  const endpoint: Recoverer = {
    async recover(kept) {
      const answer = await sendKept(kept, { url, timeout, signer, signal });
      sent.push(answer);
      if (!answer.taken || options.verbose) output.tell(formatSent(answer, output));
      if (answer.taken) return { outcome: "recovered", retryable: false };
      const { status: answered = 0 } = answer;
      return {
        outcome: "refused",
        code: answered ? `${answered}` : "unanswered",
        retryable: !answered || answered >= 500,
      };
    },
  };
  const summary = await recoverDeliveries(mindbridge, endpoint, {
    webhookId: webhook,
    statuses: statuses.length === 0 ? undefined : (statuses as RecoverDeliveriesOptions["statuses"]),
    since: since === undefined ? undefined : new Date(since),
    concurrency,
    signal,
    onProgress: ({ log, code, error }) => {
      if (code !== "missing_body") return;
      output.tell(`${mark("wrong", output)} ${printableLine(log.id ?? "")}  ${(error as Error).message}`);
    },
  });
  const { counts, reasons } = summary;
  const { recovered: taken, refused } = counts;
  const total = taken + refused;
  output.result({ to: shownUrl(url), taken, refused, reasons, since: summary.since, sent }, () =>
    [
      total === 0
        ? `No log of this webhook${since === undefined ? "" : " since then"} has these statuses.`
        : `${taken} of ${total} were taken.`,
      ...(taken > 0 && summary.since !== undefined
        ? [`Everything older is settled. Pass this to the next run: --since ${printableLine(summary.since)}`]
        : []),
    ].join("\n"),
  );
  return refused === 0 ? EXIT.success : EXIT.failure;
}

/** A status of the contract. */
function readStatus(text: string): string {
  if (EVENT_LOG_STATUSES.includes(text)) return text;
  const meant = nearest(text, EVENT_LOG_STATUSES);
  throw new UsageError(
    `--status: the contract has no status ${printableLine(JSON.stringify(text))}.${meant ? ` Did you mean ${meant}?` : ""} It has ${EVENT_LOG_STATUSES.join(", ")}.`,
  );
}
