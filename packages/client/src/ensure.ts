import type { components } from "@mindbridge-sdk/contract";
import { checkOptions, failure, misuse, newContext } from "./call.ts";
import { wait } from "./deadline.ts";
import { AbortError, MindBridgeError } from "./errors.ts";
import { REQUEST_OPTIONS, type RequestOptions } from "./options.ts";

type Schemas = components["schemas"];

/** The contract's types. What stands for them in a contract without webhooks lets the client compile. */
type Webhook = Schemas extends { Webhook: infer Read extends AnyWebhook } ? Read : AnyWebhook;
type WebhookCreate = Schemas extends { WebhookCreate: infer Wanted extends Named } ? Wanted : Named;

interface Named {
  readonly name: string;
  readonly url: string;
}
interface AnyWebhook extends Named {
  readonly id: string;
  readonly version: number;
}

/** What `ensureWebhook` calls: a `MindBridge`. */
export interface WebhookClient {
  readonly webhooks: {
    create(wanted: WebhookCreate, options: RequestOptions): Promise<Webhook>;
    get(id: string, options: RequestOptions): Promise<Webhook>;
    query(
      filter: Record<string, never>,
      options: RequestOptions & { query: { sort: string[] } },
    ): AsyncIterable<Webhook>;
    update(
      id: string,
      webhook: WebhookCreate & Pick<Webhook, "version">,
      options: RequestOptions,
    ): Promise<Webhook | undefined>;
  };
}

/** Which webhook to make sure of, and how. The options of a call apply to each call. */
export interface EnsureOptions extends RequestOptions {
  /** By what the webhook is found: its `name` by default, or its `url`. */
  readonly match?: "name" | "url" | undefined;
  /** The id of the webhook, in place of `match`. It must exist: nothing is created then. */
  readonly id?: string | undefined;
  /** Only says what would be done. Nothing is written. */
  readonly dryRun?: boolean | undefined;
  /**
   * After a create whose outcome is unknown: how long to wait before looking for the webhook, in milliseconds. 1,000 by
   * default. The server may still be at it.
   */
  readonly lookAfter?: number | undefined;
}

/** A field that is, or was, not as it is wanted. */
export interface WebhookChange {
  readonly field: keyof WebhookCreate;
  readonly before: unknown;
  readonly after: unknown;
}

/** What was found or made. */
export interface EnsuredWebhook {
  /** What was done; with `dryRun`, what would be. */
  readonly action: "created" | "changed" | "unchanged";
  /** The webhook as it is now, with its `publicKey`. */
  readonly webhook: Webhook;
  /** What was changed, if anything was. */
  readonly changes: readonly WebhookChange[];
}

/** What would be done. */
export interface PlannedWebhook extends Omit<EnsuredWebhook, "webhook"> {
  /** The webhook as it is; `undefined` if there is none yet. */
  readonly webhook: Webhook | undefined;
}

/**
 * Thrown by `ensureWebhook` where several webhooks have the name, or the URL. None of them was changed. Delete all but one, or
 * pass the `id` of the one that is meant.
 */
export class SeveralWebhooksError extends MindBridgeError {
  static {
    this.prototype.name = "SeveralWebhooksError";
  }

  readonly code = "several_webhooks";
  declare readonly webhooks: readonly Webhook[];
}

/** The names of all options. A misspelt `dryRun` would write. */
const OPTIONS: Readonly<Record<keyof EnsureOptions, true>> = {
  match: true,
  id: true,
  dryRun: true,
  lookAfter: true,
  ...REQUEST_OPTIONS,
};

/**
 * Makes sure that a webhook is there, once, as it is wanted: creates it, changes it, or leaves it alone. It deletes nothing,
 * and writes nothing where nothing differs. Run it when you deploy: two that run at once can still make two webhooks.
 *
 * Finding, changing and the pages of the query follow from the vendor's general rule for every entity: no page of their own
 * is published. It goes through all webhooks, since which fields can be queried is not published either.
 *
 * @param mindbridge The client to call with.
 * @param wanted The webhook as it is to be. `events` are compared as a set.
 * @returns What was done, and the webhook.
 * @throws {ConfigurationError} for an unknown or impossible option, or a webhook without what it is found by.
 * @throws {SeveralWebhooksError} if several are found.
 * @throws {NotFoundError} if there is none with the `id` of the options.
 * @throws {MindBridgeError} if a call fails. After a create or a change, see `outcome`: once a create may have
 * succeeded, a later failure to find the webhook throws the error of that create.
 */
export function ensureWebhook(
  mindbridge: WebhookClient,
  wanted: WebhookCreate,
  options?: EnsureOptions & { readonly dryRun?: false | undefined },
): Promise<EnsuredWebhook>;
export function ensureWebhook(
  mindbridge: WebhookClient,
  wanted: WebhookCreate,
  options?: EnsureOptions,
): Promise<PlannedWebhook>;
export async function ensureWebhook(
  { webhooks }: WebhookClient,
  wanted: WebhookCreate,
  given: EnsureOptions = {},
): Promise<PlannedWebhook> {
  check(wanted, given);
  const { match = "name", id, dryRun = false, lookAfter = 1_000, ...options } = given;
  /** The error of a create that may have succeeded all the same. */
  let doubt: unknown;

  for (;;) {
    const found = await find().catch((error: unknown) => {
      throw error instanceof SeveralWebhooksError ? error : (doubt ?? error);
    });
    if (found) {
      const ensured = await change(found);
      // By this call, whose answer was lost.
      const isCreated = doubt !== undefined && ensured.action === "unchanged";
      return isCreated ? { ...ensured, action: "created" } : ensured;
    }
    if (dryRun) return { action: "created", webhook: undefined, changes: [] };
    try {
      return { action: "created", webhook: await webhooks.create(wanted, options), changes: [] };
    } catch (error) {
      if (!isUnknown(error)) throw doubt ?? error;
      // It creates twice at most.
      if (doubt !== undefined || error instanceof AbortError) throw error;
      doubt = error;
      await wait(lookAfter, options.signal);
    }
  }

  async function find(): Promise<Webhook | undefined> {
    if (id !== undefined) return webhooks.get(id, options);
    const found = new Map<string, Webhook>();
    // In an order that a change of a webhook does not disturb.
    const query = { sort: ["creationDate,asc"] };
    for await (const webhook of webhooks.query({}, { ...options, query })) {
      // A page may hold again what moved while the pages were read.
      if (webhook[match] === wanted[match]) found.set(webhook.id, webhook);
    }
    const [only, ...others] = found.values();
    if (only === undefined || others.length === 0) return only;
    const all = [only, ...others];
    const list = all.map(({ id: each, name, url }) => `${each} (${name}, ${url})`).join(", ");
    const sentence = `${all.length} webhooks have the ${match} ${JSON.stringify(wanted[match])}: ${list}. Delete all but one, or pass the id of the one that is meant.`;
    const call = newContext("ensureWebhook", "", false, doubt === undefined ? "not-sent" : "unknown");
    throw failure(call, SeveralWebhooksError, sentence, { webhooks: all });
  }

  async function change(found: Webhook): Promise<EnsuredWebhook> {
    const changes = changesOf(found, wanted);
    if (changes.length === 0) return { action: "unchanged", webhook: found, changes };
    if (dryRun) return { action: "changed", webhook: found, changes };
    let latest = found;
    try {
      return { action: "changed", webhook: await update(latest), changes };
    } catch (error) {
      if (!(error instanceof MindBridgeError) || error.outcome === "not-sent" || error instanceof AbortError)
        throw error;
      // Somebody else may have changed it, or this call has and its answer was lost.
      const now = await webhooks.get(found.id, options).catch(() => found);
      if (now.version === found.version) throw error;
      latest = now;
    }
    const isDone = changesOf(latest, wanted).length === 0;
    return { action: "changed", webhook: isDone ? latest : await update(latest), changes };
  }

  async function update(latest: Webhook): Promise<Webhook> {
    const updated = await webhooks.update(latest.id, { ...latest, ...wanted }, options);
    return updated ?? webhooks.get(latest.id, options);
  }
}

/** @throws {ConfigurationError} */
function check(wanted: WebhookCreate, options: EnsureOptions): void {
  const call = newContext("ensureWebhook");
  checkOptions(call, options, OPTIONS);
  const { match = "name", id, dryRun = false, lookAfter = 0 } = options;
  if (match !== "name" && match !== "url") misuse(call, 'match must be "name" or "url"');
  if (id !== undefined && !isText(id)) misuse(call, "id must be the id of a webhook");
  if (typeof dryRun !== "boolean") misuse(call, "dryRun must be true or false");
  if (!Number.isFinite(lookAfter) || lookAfter < 0) {
    misuse(call, "lookAfter must be a number of milliseconds, 0 or more");
  }
  if (Object(wanted) !== wanted) misuse(call, "pass the webhook as it is to be");
  if (id === undefined && !isText(wanted[match])) {
    misuse(call, `the webhook has no ${match}, by which it would be found`);
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

function isUnknown(error: unknown): boolean {
  return error instanceof MindBridgeError && error.outcome === "unknown";
}

/** The fields that differ. The order of events, and how often one is named, does not count. */
function changesOf(found: Webhook, wanted: WebhookCreate): WebhookChange[] {
  const fields = Object.keys(wanted) as (keyof WebhookCreate)[];
  const before: Partial<Record<keyof WebhookCreate, unknown>> = found;
  const differing = fields.filter((field) => keyOf(before[field]) !== keyOf(wanted[field]));
  return differing.map((field) => ({ field, before: before[field], after: wanted[field] }));
}

function keyOf(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...new Set<string>(value)].toSorted() : value);
}
