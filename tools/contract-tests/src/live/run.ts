import { MindBridge } from "@mindbridge-sdk/client";
import { type Document, readDocument, SPEC } from "../document.ts";
import type { ClientClass } from "../run-case.ts";
import { isRecord } from "../schema.ts";
import { type LiveCheck, liveChecks } from "./checks.ts";
import { startExchange } from "./exchange.ts";
import { type Departure, type Judgement, judge } from "./judge.ts";
import { createRedactor } from "./redact.ts";
import { type CheckedCall, type LiveReport, resultOf, withoutSecrets } from "./report.ts";
import type { LiveSettings } from "./settings.ts";

export interface RunOptions {
  readonly settings: LiveSettings;
  /** The path of the OpenAPI document; by default the one that the SDK is generated from. */
  readonly document?: string | undefined;
  /** The client of that document. */
  readonly client?: ClientClass | undefined;
  /** Told of each thing that is about to be created, and of what has been, as soon as it is known. */
  readonly announce: (sentence: string) => void;
}

/**
 * Calls the live API through the client and Prism's proxy, and holds what it answers against the contract.
 *
 * @returns What was found. It holds no token.
 * @throws {Error} if Prism cannot be started, or ends before a request has reached the API.
 */
export async function runLive({
  settings,
  document: path = SPEC,
  client = MindBridge,
  announce,
}: RunOptions): Promise<LiveReport> {
  const document = await readDocument(path);
  const { checks, notCovered } = liveChecks(document, settings);
  const calls: CheckedCall[] = [];
  const departures: Departure[] = [];
  const created: { operation: string; id: string }[] = [];
  await using exchange = await startExchange(settings, path, client);

  const queue = [...checks];
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    const { operation, kind } = check;
    if (kind === "create") announce(beforeCreating(operation.id, settings.baseUrl));
    const evidence = await exchange.run(check);
    if ("undecided" in evidence) {
      calls.push(callOf(check, { outcome: "undecided", reason: evidence.undecided, departures: [] }));
      if (kind === "create")
        announce(`${operation.id}: what it was to make may be there all the same. Look in MindBridge.`);
      continue;
    }
    const judgement = judge(document, check, evidence);
    calls.push({ ...callOf(check, judgement), status: evidence.answer.status });
    departures.push(...judgement.departures);
    const id = kind === "create" ? idIn(evidence.answer.text) : undefined;
    if (id !== undefined) {
      created.push({ operation: operation.id, id });
      announce(`${operation.id} made ${id}. No published operation deletes it: delete it in MindBridge.`);
      queue.push(...readsBack(document, settings, check, id));
    }
  }
  const { baseUrl, token } = settings;
  const report = { baseUrl, result: resultOf(calls, departures), calls, departures, notCovered, created };
  return withoutSecrets(report, createRedactor([token]));
}

function callOf(
  { operation, kind, contractCase: { name, expected } }: LiveCheck,
  { outcome, reason }: Judgement,
): CheckedCall {
  const status = expected.kind === "refusal" ? 422 : expected.status;
  return {
    operation: operation.id,
    kind,
    name,
    expected: status,
    outcome,
    ...(reason === undefined ? {} : { reason }),
  };
}

function beforeCreating(operation: string, baseUrl: string): string {
  return [
    `!!! ${operation} is about to CREATE something at ${baseUrl} (MINDBRIDGE_ALLOW_WRITES=1).`,
    "!!! There is NO PUBLISHED WAY TO DELETE what it makes: someone has to do that in MindBridge, by hand.",
  ].join("\n");
}

function idIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) && ["string", "number"].includes(typeof body.id) ? String(body.id) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads what was created, where an operation does that: the one at the same path, with one parameter more. */
function readsBack(document: Document, settings: LiveSettings, { operation }: LiveCheck, id: string): LiveCheck[] {
  const isParameterOf = (path: string): string | undefined =>
    path.startsWith(`${operation.path}/`)
      ? /^\{([^}/]+)\}$/.exec(path.slice(operation.path.length + 1))?.[1]
      : undefined;
  return liveChecks(document, {
    ...settings,
    given: (name) =>
      Object.keys(document.paths ?? {}).some((path) => isParameterOf(path) === name) ? id : settings.given(name),
  })
    .checks.filter((check) => check.kind === "read" && isParameterOf(check.operation.path) !== undefined)
    .map((check) => ({ ...check, contractCase: { ...check.contractCase, name: "reads back what was created" } }));
}
