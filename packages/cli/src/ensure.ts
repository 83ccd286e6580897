import { ensureWebhook, type PlannedWebhook, type WebhookChange } from "@mindbridge-sdk/client/ensure";
import type { WebhookCreate } from "@mindbridge-sdk/contract";
import { isWebhookCreate } from "@mindbridge-sdk/contract/validators";
import { type Context, EXIT } from "./action.ts";
import { type ApiOptions, createClient, redactorOf } from "./configuration.ts";
import { UsageError } from "./errors.ts";
import { RESOURCES } from "./generated/operations.ts";
import { readJson } from "./input.ts";
import type { Output } from "./output.ts";
import { printableLine } from "./printable.ts";

/** The options of `mindbridge webhooks ensure`. */
export interface EnsureOptions extends ApiOptions {
  readonly file: string;
  readonly match: "name" | "url";
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

/** A webhook of the file. With an `id`, it is the one that has it, in place of the one that matches. */
interface Entry {
  readonly id: string | undefined;
  readonly webhook: WebhookCreate;
}

/**
 * Makes sure that the webhooks of a file are there. It plans all of them first, shows the plan and, on a terminal, asks. A
 * failure ends it: what was done before it is printed, and the webhook that failed is named.
 *
 * @throws {UsageError} if the file has no webhooks, or one that the API would refuse: nothing was sent.
 * @throws {CancelledError} if the user did not agree.
 * @throws {MindBridgeError} if a call fails, or several webhooks match one of the file.
 */
export async function ensure({ file, match, yes, ...options }: EnsureOptions, context: Context): Promise<number> {
  const dryRun = options.dryRun === true;
  const { output, signal } = context;
  const wanted = read(await readJson("--file", file, context), match);
  const client = await createClient(options, context);
  const redact = redactorOf(context);
  const redacted = (document: object): object => JSON.parse(redact(JSON.stringify(document)));
  const documentOf = (ensured: readonly PlannedWebhook[], isPlan: boolean) => ({
    dryRun,
    webhooks: ensured.map(({ action, ...others }, index) => {
      const { name, url } = wanted[index]?.webhook ?? {};
      return { action: isPlan ? PLANNED[action] : action, name, url, ...others };
    }),
  });

  const plan: PlannedWebhook[] = [];
  const done: PlannedWebhook[] = [];
  /** One after another: all webhooks of a tenant share its limit. */
  async function each(results: PlannedWebhook[], task: (entry: Entry) => Promise<PlannedWebhook>): Promise<void> {
    for (const entry of wanted) {
      try {
        results.push(await task(entry));
      } catch (error) {
        const { name, url } = entry.webhook;
        const again = isPassing(error) ? " Run it again for the others." : "";
        const far = `${done.length} of ${wanted.length} webhooks are as they are wanted.${again}`;
        output.warn(
          redact(printableLine(`${JSON.stringify(name)} failed. ${results === plan ? "Nothing was written." : far}`)),
        );
        const document = dryRun ? documentOf(plan, true) : documentOf(done, false);
        output.reach(redacted({ ...document, failed: { name, url } }));
        throw error;
      }
    }
  }

  await each(plan, ({ id, webhook }) => ensureWebhook(client, webhook, { match, id, dryRun: true, signal }));
  const isDone = plan.every(({ action }) => action === "unchanged");
  const lines = plan.map((planned, index) => redact(lineOf(planned, wanted[index], output)));
  const total = totalOf(plan);
  if (dryRun || isDone) {
    output.result(redacted(documentOf(plan, true)), () =>
      [...lines, isDone ? `${total} Nothing to do.` : total].join("\n"),
    );
    return EXIT.success;
  }
  if (context.interactive && file !== "-" && !yes) {
    await (await import("./operations/ask.ts")).confirmPlan([...lines, total], context);
  }
  await each(done, async (entry) => {
    const ensured = await ensureWebhook(client, entry.webhook, { match, id: entry.id, signal });
    if (!output.json) output.tell(redact(lineOf(ensured, entry, output, true)));
    return ensured;
  });
  output.result(redacted(documentOf(done, false)), () => totalOf(done, true));
  return EXIT.success;
}

/** Whether the same command may do better a moment later. Any other error asks to correct something first. */
function isPassing(error: unknown): boolean {
  const passing: unknown[] = ["abort", "connection", "timeout", "conflict", "rate_limit", "internal_server"];
  return passing.includes(Object(error).code);
}

/** What only the server sets: a webhook that was read has it. */
const SERVER_SET = new Set([
  "version",
  ...RESOURCES.flatMap(({ resource, operations }) =>
    resource === "webhooks" ? operations.flatMap(({ body }) => Object.keys(body?.readOnly ?? {})) : [],
  ),
]);

/** @throws {UsageError} */
function read(data: unknown, match: EnsureOptions["match"]): Entry[] {
  const given: unknown[] = Array.isArray(data) ? data : [data];
  if (given.length === 0) throw new UsageError("webhooks ensure: the file has no webhooks.");
  const problems: string[] = [];
  const entries = given.map((each, index): Entry => {
    const tell = (pointer: string, expected: string) =>
      problems.push(`  webhook ${index + 1}${pointer === "" ? "" : `, ${pointer}`}: expected ${expected}`);
    const isObject = typeof each === "object" && each !== null && !Array.isArray(each);
    const webhook: unknown = isObject
      ? Object.fromEntries(Object.entries(each).filter(([name]) => !SERVER_SET.has(name)))
      : each;
    for (const { pointer, expected } of isWebhookCreate.problems(webhook)) tell(pointer, expected);
    const id: unknown = isObject && "id" in each ? each.id : undefined;
    if (id !== undefined && (typeof id !== "string" || id === "")) tell("/id", "the id of a webhook");
    return { id: id as string | undefined, webhook: webhook as WebhookCreate };
  });
  if (problems.length > 0) {
    throw new UsageError(`webhooks ensure: the API would refuse these, so nothing was sent.\n${problems.join("\n")}`);
  }
  for (const [index, { id, webhook }] of entries.entries()) {
    for (const other of entries.slice(0, index)) {
      if (id !== undefined && id === other.id) {
        throw new UsageError(`webhooks ensure: two webhooks of the file have the id "${id}".`);
      }
      if ((id === undefined || other.id === undefined) && webhook[match] === other.webhook[match]) {
        throw new UsageError(`webhooks ensure: two webhooks of the file have the ${match} "${webhook[match]}".`);
      }
    }
  }
  return entries;
}

const SIGNS = { created: "+", changed: "~", unchanged: "=" } as const;
const STYLES = { created: "green", changed: "yellow", unchanged: "dim" } as const;
const PLANNED = { created: "create", changed: "change", unchanged: "unchanged" } as const;

/** A line of the plan, or of what was done: `~ change "Close the books" (66e0): events +ANALYSIS_FAILED`. */
function lineOf(
  { action, webhook, changes }: PlannedWebhook,
  entry: Entry | undefined,
  output: Output,
  isDone = false,
): string {
  const word = isDone ? action : PLANNED[action];
  const name = JSON.stringify(entry?.webhook.name ?? webhook?.name);
  const id = webhook ? ` (${webhook.id})` : "";
  const what = changes.length > 0 ? `: ${changes.map(textOf).join(", ")}` : "";
  return `${output.style(STYLES[action], `${SIGNS[action]} ${word}`)} ${printableLine(`${name}${id}${what}`)}`;
}

function textOf({ field, before, after }: WebhookChange): string {
  if (!Array.isArray(before) || !Array.isArray(after)) return `${field} ${before} → ${after}`;
  const added = after.filter((item) => !before.includes(item)).map((item) => `+${item}`);
  const removed = before.filter((item) => !after.includes(item)).map((item) => `-${item}`);
  return [field, ...added, ...removed].join(" ");
}

function totalOf(all: readonly PlannedWebhook[], isDone = false): string {
  const count = (action: PlannedWebhook["action"]) => all.filter((one) => one.action === action).length;
  const to = isDone ? "" : "to ";
  const [create, change] = isDone ? ["created", "changed"] : ["create", "change"];
  return `${count("created")} ${to}${create}, ${count("changed")} ${to}${change}, ${count("unchanged")} unchanged.`;
}
