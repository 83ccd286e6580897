import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NotFoundError } from "@mindbridge-sdk/client";
import type { KeptDelivery } from "@mindbridge-sdk/receiver";
import { type Context, EXIT } from "../action.ts";
import { readTarget, shownUrl } from "../addresses.ts";
import { createClient } from "../configuration.ts";
import { UsageError } from "../errors.ts";
import { textOf, whyUnreadable } from "../input.ts";
import { printableLine } from "../printable.ts";
import { readHeaders } from "../verify/read-headers.ts";
import type { EventLogClient } from "./event-logs.ts";
import { formatSent, type ResendOptions, sendKept, signerOf } from "./send-kept.ts";

/** The options of `mindbridge replay`. */
export interface ReplayOptions extends ResendOptions {
  /** The id of an event, or the folder of `listen --save`. */
  readonly source: string;
}

/**
 * Sends an endpoint again what the event log has of a delivery, or what `listen --save` kept.
 *
 * @throws {UsageError} if an option is wrong, or nothing was kept: nothing was sent.
 */
export async function replay(options: ReplayOptions, context: Context): Promise<number> {
  const { source, timeout } = options;
  const { output, signal } = context;
  const url = readTarget(options.to, "--to", { allowRemote: options.allowRemote === true });
  // The id of an event has no slash.
  const isFolder = existsSync(source) || /[/\\]/.test(source);
  const deliveries = isFolder ? readFolder(source) : [await readLog(options, context)];
  const signer = await signerOf(options, context);
  const sent = [];
  for (const delivery of deliveries) {
    const each = await sendKept(delivery, { url, timeout, signer, signal });
    if (!each.taken || options.verbose || deliveries.length === 1) output.tell(formatSent(each, output));
    sent.push(each);
  }
  const taken = sent.filter((each) => each.taken).length;
  output.result({ to: shownUrl(url), sent }, () => `${taken} of ${sent.length} were taken.`);
  return taken === sent.length ? EXIT.success : EXIT.failure;
}

const NOTHING_THERE =
  "there is no such folder, and no event with this id. `mindbridge webhook-event-logs list` shows the ids.";

/** What the event log has of a delivery. */
async function readLog(options: ReplayOptions, context: Context): Promise<Pick<KeptDelivery, "headers" | "body">> {
  const { webhookEventLogs } = (await createClient(options, context)) as Partial<EventLogClient>;
  const what = printableLine(options.source);
  if (!webhookEventLogs) throw new UsageError(`${what}: there is no such folder, and the contract has no event logs.`);
  const log = await webhookEventLogs.get(options.source, { signal: context.signal }).catch((cause: unknown) => {
    if (!(cause instanceof NotFoundError)) throw cause;
    throw new Error(`${what}: ${NOTHING_THERE}`, { cause });
  });
  const { requestHeaders: headers, requestBody: body } = log;
  if (body !== undefined) return { headers, body };
  throw new Error(`The log of ${what} has no requestBody: there is nothing to send again.`);
}

/** What `listen --save` kept in a folder, the oldest first. */
function readFolder(folder: string): Pick<KeptDelivery, "headers" | "body">[] {
  if (!existsSync(folder)) throw new UsageError(`${folder}: ${NOTHING_THERE}`);
  if (statSync(folder).isFile()) {
    throw new UsageError(`${folder} is a file: give the folder of listen --save, or the id of an event.`);
  }
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".headers"));
    const deliveries = names.toSorted(inOrder).map((name) => {
      const path = join(folder, name);
      const headers = readHeaders(textOf(readFileSync(path)));
      return { headers, body: readFileSync(path.replace(/headers$/, "body")) };
    });
    if (deliveries.length > 0) return deliveries;
  } catch (error) {
    throw new UsageError(`${folder} cannot be read: ${whyUnreadable(error)}`, { cause: error });
  }
  throw new UsageError(`${folder} holds no delivery that listen --save has kept.`);
}

/** By their time and then their number: `1772442905000-2.headers`. */
function inOrder(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
