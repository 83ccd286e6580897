import { ensureWebhook, type PlannedWebhook, type WebhookChange } from "@mindbridge-sdk/client/ensure";
import type { WebhookCreate } from "@mindbridge-sdk/contract";
import { isWebhookCreate } from "@mindbridge-sdk/contract/validators";
import { type Context, EXIT } from "./action.ts";
import { type ApiOptions, createClient, redactorOf } from "./configuration.ts";
import { UsageError } from "./errors.ts";
import { readData } from "./input.ts";
import type { Output } from "./output.ts";
import { printableLine } from "./printable.ts";

/** The options of `mindbridge webhooks ensure`. */
export interface EnsureOptions extends ApiOptions {
  readonly file: string;
  readonly match: "name" | "url";
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
}

/**
 * Makes sure that the webhooks of a file are there. It plans all of them first, shows the plan and, on a terminal, asks. A
 * failure ends it: what was done before it is printed.
 *
 * @throws {UsageError} if the file has no webhooks, or one that the API would refuse: nothing was sent.
 * @throws {CancelledError} if the user did not agree.
 * @throws {MindBridgeError} if a call fails, or several webhooks match one of the file.
 */
export async function ensure(
  { file, match, dryRun, yes, ...options }: EnsureOptions,
  context: Context,
): Promise<number> {
  const { output, stdin, signal } = context;
  const redact = redactorOf(context.env);
  const wanted = read(await readData(file === "-" ? "-" : `@${file}`, stdin), match);
  const client = await createClient(options, context);
  const plan = await each(wanted, (webhook) => ensureWebhook(client, webhook, { match, dryRun: true, signal }));
  const isDone = plan.every(({ action }) => action === "unchanged");
  const lines = plan.map((planned, index) => redact(lineOf(planned, wanted[index], output)));
  const total = totalOf(plan);
  const redacted = (document: object): unknown => JSON.parse(redact(JSON.stringify(document)));

  if (dryRun || isDone) {
    const document = { dryRun: dryRun === true, webhooks: plan };
    output.result(redacted(document), () => [...lines, isDone ? `${total} Nothing to do.` : total].join("\n"));
    return EXIT.success;
  }
  if (context.interactive && file !== "-" && !yes) {
    await (await import("./operations/ask.ts")).confirmPlan([...lines, total], context);
  }
  const done: PlannedWebhook[] = [];
  try {
    for (const [index, webhook] of wanted.entries()) {
      const ensured = await ensureWebhook(client, webhook, { match, signal });
      done.push(ensured);
      if (!output.json) output.tell(redact(lineOf(ensured, wanted[index], output, true)));
    }
  } catch (error) {
    output.warn(`${done.length} of ${wanted.length} webhooks are as they are wanted. Run it again for the others.`);
    throw error;
  }
  output.result(redacted({ dryRun: false, webhooks: done }), () => totalOf(done, true));
  return EXIT.success;
}

/** One after another: all webhooks of a tenant share its limit. */
async function each<T, R>(items: readonly T[], task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await task(item));
  return results;
}

/** @throws {UsageError} */
function read(data: unknown, match: EnsureOptions["match"]): WebhookCreate[] {
  const webhooks: unknown[] = Array.isArray(data) ? data : [data];
  if (webhooks.length === 0) throw new UsageError("webhooks ensure: the file has no webhooks.");
  const problems = webhooks.flatMap((webhook, index) =>
    isWebhookCreate
      .problems(webhook)
      .map(
        ({ pointer, expected }) =>
          `  webhook ${index + 1}${pointer === "" ? "" : `, ${pointer}`}: expected ${expected}`,
      ),
  );
  if (problems.length > 0) {
    throw new UsageError(`webhooks ensure: the API would refuse these, so nothing was sent.\n${problems.join("\n")}`);
  }
  const all = webhooks as WebhookCreate[];
  const again = all.find((webhook, index) => all.findIndex((one) => one[match] === webhook[match]) < index);
  if (again) throw new UsageError(`webhooks ensure: two webhooks of the file have the ${match} "${again[match]}".`);
  return all;
}

const SIGNS = { created: "+", changed: "~", unchanged: "=" } as const;
const STYLES = { created: "green", changed: "yellow", unchanged: "dim" } as const;
const PLANNED = { created: "create", changed: "change", unchanged: "unchanged" } as const;

/** A line of the plan, or of what was done: `~ change "Close the books" (66e0): events +ANALYSIS_FAILED`. */
function lineOf(
  { action, webhook, changes }: PlannedWebhook,
  wanted: WebhookCreate | undefined,
  output: Output,
  isDone = false,
): string {
  const word = isDone ? action : PLANNED[action];
  const name = JSON.stringify(wanted?.name ?? webhook?.name);
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
