import type { APIPromise } from "@mindbridge-sdk/client";
import type { OperationValidators } from "@mindbridge-sdk/contract/operation-validators";
import { type Context, EXIT } from "../action.ts";
import { type ApiOptions, createClient, redactorOf } from "../configuration.ts";
import { UsageError } from "../errors.ts";
import { RESOURCES } from "../generated/operations.ts";
import { readData } from "../input.ts";
import { fieldLines } from "../output.ts";
import { printableLine, shellWord } from "../printable.ts";
import { isPage, pageLines } from "./page.ts";
import type { Flag, OperationCommand, ReadOnlyProperties } from "./table.ts";

/** An operation to run, and its input. */
export interface OperationInput extends ApiOptions {
  readonly resource: string;
  /** Its words, such as `webhooks create`. */
  readonly command: string;
  readonly operation: OperationCommand;
  /** The values of its path parameters, in their order. */
  readonly path: readonly string[];
  readonly values: ReadonlyMap<Flag, unknown>;
  /** The text of `--data`. */
  readonly data?: string | undefined;
  /** The path of the file that a stream is written to. */
  readonly output?: string | undefined;
  /** Whether to send without asking. */
  readonly yes?: true | undefined;
  /** Whether to show every field of a page. */
  readonly verbose?: true | undefined;
}

/** A method of a resource of the client, called by its name. */
type Method = (...args: readonly unknown[]) => Promise<unknown> & Partial<Pick<APIPromise<unknown>, "withResponse">>;

/**
 * Calls an operation of the API, and prints its answer. On a terminal, it asks for what is missing. It then asks before it sends
 * that, and before it sends what has no body, such as a deletion. What was given whole is sent at once.
 *
 * @throws {UsageError} if something is missing or impossible: nothing was sent.
 * @throws {CancelledError} if the user did not agree.
 * @throws {MindBridgeError} if the call fails.
 */
export async function runOperation(input: OperationInput, context: Context): Promise<number> {
  const { resource, command, operation, path, data, yes = false } = input;
  const { output, signal } = context;
  const interactive = context.interactive && data !== "-";
  if (operation.isStream && input.output === undefined && context.stdout.isTTY) {
    throw new UsageError(`${command}: the answer is no text for a terminal. Give --output, or redirect stdout.`);
  }
  const nameless = operation.arguments.find((_, index) => /^\.{0,2}$/.test(path[index] ?? ""));
  if (nameless) throw new UsageError(`${command}: the ${nameless.word} must be an id, not nothing or dots.`);
  const client = await createClient(input, context, { needsToken: !operation.withoutToken });
  const given = data === undefined ? undefined : await readData(data, context);
  const values = new Map(input.values);

  const missing = operation.flags.filter((flag) => isMissing(flag, values, given, operation));
  if (missing.length > 0 && !interactive) {
    const ways = operation.body ? "give them, or a body with --data" : "give them";
    throw new UsageError(
      `${command}: ${missing.map(({ flag }) => flag).join(", ")} missing: ${ways}.${wayToUpdate(input)}`,
    );
  }
  for (const flag of missing) values.set(flag, await (await import("./ask.ts")).askFor(flag, context));

  const body = operation.body && bodyOf(input, given, values);
  if (body === undefined && operation.body?.required) {
    throw new UsageError(`${command}: the body is missing: give it with --data.`);
  }
  const hasFiles = [...values.keys()].some(({ type }) => type === "file");
  const sent = hasFiles ? bodyOf(input, given, await (await import("./files.ts")).openFiles(values, command)) : body;
  if (sent !== undefined) await check(input, sent);
  const wasGiven = missing.length === 0 && operation.body !== undefined;
  if (operation.writes && interactive && !wasGiven && !yes) {
    const lines = [
      ...path.map((id) => `  ${printableLine(id)}`),
      ...(body === undefined ? [] : fieldLines(body, output)),
    ];
    await (await import("./ask.ts")).confirmSending(command, lines, context);
  }

  const methods = resource.split(".").reduce<object>((inside, name) => Reflect.get(inside, name), client) as Readonly<
    Record<string, Method>
  >;
  const options = {
    query: groupOf("query", values),
    headers: groupOf("headers", values),
    signal,
    // A file takes as long as it takes: whoever waits for it can interrupt the command.
    ...((hasFiles || operation.isStream) && { timeout: Number.POSITIVE_INFINITY }),
    ...(operation.isStream && { maxResponseBytes: Number.POSITIVE_INFINITY }),
  };
  const call = methods[operation.name]?.(...path, ...(operation.body ? [sent] : []), options);
  const received = await call;
  if (operation.isStream) {
    await (await import("./files.ts")).writeStream(received as ReadableStream | undefined, input.output, context);
    return EXIT.success;
  }
  const redacted = (value: unknown): unknown => JSON.parse(redactorOf(context)(JSON.stringify(value)));
  const { response } = (await call?.withResponse?.()) ?? {};
  const isAccepted = response?.status === 202;
  const rest = isAccepted || received === undefined ? (redacted(restOf(response)) as Rest) : {};
  const answer = received === undefined ? (isEmpty(rest) ? null : rest) : redacted(received);
  const isSorted = [...values.keys()].some(({ in: where, name }) => where === "query" && name === "sort");
  const where = isEmpty(rest) ? "" : `Look ${wayTo(rest)}.`;
  output.result(answer, () => {
    if (received === undefined) return `${isAccepted ? "Accepted." : "Done."} ${where}`.trimEnd();
    const lines =
      operation.word === "query" && isPage(answer)
        ? pageLines(answer, { ...input, isSorted }, output)
        : fieldLines(answer, output);
    return [...lines, ...(where ? [where] : [])].join("\n");
  });
  if (output.json && received !== undefined && where) output.tell(where);
  return EXIT.success;
}

/** Where the rest of an answer will be, and when: what its headers say. */
interface Rest {
  readonly location?: string;
  /** Seconds or a date. */
  readonly retryAfter?: string;
}

function restOf({ headers }: Pick<Response, "headers"> = new Response()): Rest {
  const [location, retryAfter] = [headers.get("location"), headers.get("retry-after")];
  return { ...(location !== null && { location }), ...(retryAfter !== null && { retryAfter }) };
}

function isEmpty(rest: Rest): boolean {
  return Object.keys(rest).length === 0;
}

/** `at /v1/jobs/1 in 5 s`. */
function wayTo({ location, retryAfter }: Rest): string {
  const wait = retryAfter !== undefined && /^\d+$/.test(retryAfter) ? `in ${retryAfter} s` : `after ${retryAfter}`;
  const words = [location === undefined ? "again" : `at ${location}`, ...(retryAfter === undefined ? [] : [wait])];
  return printableLine(words.join(" "));
}

/** How to change some fields of what is sent as a whole. */
function wayToUpdate({ resource, command, operation, path, values }: OperationInput): string {
  const siblings = RESOURCES.find((each) => each.resource === resource)?.operations ?? [];
  const canBeRead = siblings.some(({ word, arguments: { length } }) => word === "get" && length === 1);
  if (operation.word !== "update" || path.length !== 1 || !canBeRead) return "";
  const id = shellWord(path[0] ?? "");
  const group = command.replace(/ update$/, "");
  const file = `${group.split(" ").at(-1)?.replace(/s$/, "")}.json`;
  const flags = [...values].flatMap(([{ flag }, value]) =>
    [value].flat().map((each) => `${flag} ${shellWord(typeof each === "string" ? each : JSON.stringify(each))}`),
  );
  const update = ["mindbridge", command, id, "--data", `@${file}`, ...flags].join(" ");
  return ` Or read the rest first:\n  mindbridge ${group} get ${id} --json > ${file}\n  ${update}`;
}

function isMissing(
  flag: Flag,
  values: ReadonlyMap<Flag, unknown>,
  given: unknown,
  { body }: OperationCommand,
): boolean {
  if (!flag.required || values.has(flag)) return false;
  if (flag.in !== "body") return true;
  // An optional body is needed as soon as one of its flags is given.
  if (given !== undefined) return isRecord(given) && !Object.hasOwn(given, flag.name);
  return body?.required === true || [...values.keys()].some((each) => each.in === "body");
}

/** The body: the flags over what `--data` holds, without what only the server sets. */
function bodyOf({ command, operation }: OperationInput, given: unknown, values: ReadonlyMap<Flag, unknown>): unknown {
  const properties = groupOf("body", values);
  if (given !== undefined && !isRecord(given)) {
    if (properties === undefined) return given;
    throw new UsageError(`${command}: --data holds no object, so flags cannot go over it.`);
  }
  if (operation.body?.isFile) return properties?.file;
  if (given === undefined && properties === undefined) return undefined;
  return writable({ ...given, ...properties }, operation.body?.readOnly);
}

/**
 * A value without what only the server sets.
 *
 * @param around The read-only properties of the enclosing objects, the innermost first.
 */
function writable(
  value: unknown,
  readOnly: ReadOnlyProperties | undefined,
  around: readonly ReadOnlyProperties[] = [],
): unknown {
  if (readOnly === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => writable(each, readOnly, around));
  if (!isRecord(value)) return value;
  const all = [readOnly, ...around];
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const inside = readOnly[Object.hasOwn(readOnly, name) ? name : "*"];
      if (inside === true) return [];
      if (typeof inside !== "number") return [[name, writable(inner, inside, all)]];
      return [[name, writable(inner, all[inside], all.slice(inside + 1))]];
    }),
  );
}

function groupOf(where: Flag["in"], values: ReadonlyMap<Flag, unknown>): Record<string, unknown> | undefined {
  const entries = [...values].filter(([flag]) => flag.in === where).map(([flag, value]) => [flag.name, value] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** @throws {UsageError} if the contract refuses the body, as the server would. */
async function check({ resource, command, operation }: OperationInput, body: unknown): Promise<void> {
  // They take time to load, and most calls have no body.
  const { OPERATION_VALIDATORS } = await import("@mindbridge-sdk/contract/operation-validators");
  const validators = Object.entries<OperationValidators>(OPERATION_VALIDATORS);
  const [, validator] = validators.find(([id]) => id === `${resource}.${operation.name}`) ?? [];
  const problems = validator?.request?.problems(body) ?? [];
  if (problems.length === 0) return;
  const lines = problems.map(({ pointer, expected }) => {
    const [name] = pointer.slice(1).split("/");
    const flag = operation.flags.find((each) => each.in === "body" && each.name === name)?.flag;
    return `  ${[flag, pointer].filter(Boolean).join(", ") || "the body"}: expected ${expected}`;
  });
  // Each choice of a schema may refuse a body for the same reason.
  const reasons = [...new Set(lines)].join("\n");
  throw new UsageError(`${command}: the API would refuse this body, so it was not sent.\n${reasons}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
