import { randomUUID } from "node:crypto";
import { MindBridge, MindBridgeError } from "@mindbridge-sdk/client";
import { contract, type Finding } from "@mindbridge-sdk/client/contract";
import { redactor } from "@mindbridge-sdk/client/redact";
import { type Document, isObject, operationsOf, readDocument } from "@mindbridge-sdk/openapi";
import { plainDocument } from "../document.ts";
import { pathParameters } from "../parameters.ts";
import { type ClientClass, runCase } from "../run-case.ts";
import { type LiveCheck, liveChecks } from "./checks.ts";
import { type Answer, type Evidence, type Mismatch, verdictOf } from "./oracle.ts";
import { type CheckedCall, formatReport, isGreen, type LiveReport, resultOf, withoutTokens } from "./report.ts";
import { type Environment, type LiveSettings, readSettings, variableOf } from "./settings.ts";

export interface LiveOptions {
  readonly env: Environment;
  /** Prints text for people. */
  readonly write: (text: string) => void;
  /** Saves the report, which is JSON. */
  readonly save: (report: string) => Promise<void>;
  /** The path of the OpenAPI document; by default the one that the SDK is generated from. */
  readonly document?: string;
  /** By default the client of the SDK. */
  readonly client?: ClientClass;
}

/**
 * Runs the command: reads the environment, calls the API and reports. Nothing that it writes or saves holds the token.
 *
 * @returns The exit code: 0 where the API conforms to the contract or only adds to it, otherwise 1.
 */
export async function live({ env, write, save, document: path, client = MindBridge }: LiveOptions): Promise<number> {
  const redact = redactor([env.MINDBRIDGE_API_TOKEN ?? ""]);
  const say = (text: string): void => write(redact(text));
  try {
    const document = plainDocument(await readDocument(path));
    const settings = await readSettings(env);
    if ("missing" in settings) {
      say(usage(settings.missing, document));
      return 1;
    }
    const report = withoutTokens(await callAll(document, settings, client, (text) => say(`${text}\n\n`)), redact);
    await save(`${JSON.stringify(report, undefined, 2)}\n`);
    say(formatReport(report));
    if (report.result === "proved-nothing") say(`\n${howToProve(document, env)}\n`);
    return isGreen(report.result) ? 0 : 1;
  } catch (error) {
    // The client says what to do about a setting that cannot work. A stack would not help.
    const text = error instanceof MindBridgeError || !(error instanceof Error) ? String(error) : (error.stack ?? "");
    say(`The live contract tests could not be run. ${text}\n`);
    return 1;
  }
}

/** Runs every check, and reads back what was created. */
async function callAll(
  document: Document,
  settings: LiveSettings,
  client: ClientClass,
  announce: (sentence: string) => void,
): Promise<LiveReport> {
  const { checks, notCovered } = liveChecks(document, settings);
  const calls: CheckedCall[] = [];
  const mismatches: Mismatch[] = [];
  const created: { operation: string; id: string }[] = [];

  const queue = [...checks];
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
    const { operation, kind, status: expected, contractCase } = check;
    const call = { operation: operation.id, kind, name: contractCase.name, expected };
    if (kind === "create") announce(beforeCreating(operation.id, settings.baseUrl));
    const evidence = await run(check, settings, client);
    if ("undecided" in evidence) {
      calls.push({ ...call, outcome: "undecided", reason: evidence.undecided });
      if (kind === "create") announce(`${operation.id} may have created something all the same. Look in MindBridge.`);
      continue;
    }
    const { mismatches: found, ...verdict } = verdictOf(document, check, evidence);
    calls.push({ ...call, status: evidence.answer.status, ...verdict });
    mismatches.push(...found);
    const id = kind === "create" ? idIn(evidence.answer.text) : undefined;
    if (id !== undefined) {
      created.push({ operation: operation.id, id });
      announce(`${operation.id} made ${id}. No published operation deletes it: delete it in MindBridge.`);
      queue.push(...readsBack(document, settings, check, id));
    }
  }
  const { baseUrl } = settings;
  return { baseUrl, result: resultOf(calls, mismatches), calls, mismatches, notCovered, created };
}

/**
 * Makes the call of a check through the client, which validates it against the contract.
 *
 * @returns What the API answered, or why it did not.
 */
async function run(
  { kind, contractCase }: LiveCheck,
  { baseUrl, token }: LiveSettings,
  MindBridgeClass: ClientClass,
): Promise<Evidence | { readonly undecided: string }> {
  let answer: Answer | undefined;
  let failure: Error | undefined;
  const findings: Finding[] = [];
  try {
    await runCase(contractCase, {
      url: baseUrl,
      MindBridge: MindBridgeClass,
      token: kind === "wrong-token" ? randomUUID() : token,
      async fetch(...request) {
        const response = await fetch(...request);
        answer = { status: response.status, headers: response.headers, text: await response.clone().text() };
        return response;
      },
      validate: contract({ onViolation: (finding) => findings.push(finding), repeatAfter: 0 }),
    });
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  return answer === undefined ? { undecided: `no answer: ${rootCauseOf(failure)}` } : { answer, findings, failure };
}

/** The message of the first cause, which says more than "fetch failed". */
function rootCauseOf(error: Error | undefined): string {
  return error?.cause instanceof Error ? rootCauseOf(error.cause) : error?.message || String(error?.name);
}

function beforeCreating(operation: string, baseUrl: string): string {
  return [
    `!!! ${operation} is about to CREATE something at ${baseUrl} (MINDBRIDGE_ALLOW_WRITES=1).`,
    "!!! NOTHING HERE DELETES what it makes: do that in MindBridge, or with `mindbridge webhooks delete`.",
  ].join("\n");
}

function idIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) && ["string", "number"].includes(typeof body.id) ? String(body.id) : undefined;
  } catch {
    return undefined;
  }
}

/** The checks that read what was created: those at the same path with one parameter more. */
function readsBack(document: Document, settings: LiveSettings, { operation }: LiveCheck, id: string): LiveCheck[] {
  const addedParameter = (path: string): string | undefined =>
    path.startsWith(`${operation.path}/`)
      ? /^\{([^}/]+)\}$/.exec(path.slice(operation.path.length + 1))?.[1]
      : undefined;
  const isAdded = (name: string): boolean => operationsOf(document).some(({ path }) => addedParameter(path) === name);
  return liveChecks(document, { ...settings, given: (name) => (isAdded(name) ? id : settings.given(name)) })
    .checks.filter((check) => check.kind === "read" && addedParameter(check.operation.path) !== undefined)
    .map((check) => ({ ...check, contractCase: { ...check.contractCase, name: "reads back what was created" } }));
}

function usage(missing: readonly string[], document: Document): string {
  return `The live contract tests look at the API of a tenant. Set ${missing.join(" and ")}:

  MINDBRIDGE_API_URL       the API, such as https://acme.mindbridge.ai (what the client's baseUrl takes)
  MINDBRIDGE_API_TOKEN     a token that may read; it appears in no output
  MINDBRIDGE_ALLOW_WRITES  1 to create something as well, which no published operation deletes

${howToProve(document, {})}
`;
}

/** The variables that name something to read and are not set. */
function howToProve(document: Document, env: Environment): string {
  const lines = operationsOf(document).flatMap(({ id, path, method }) => {
    const variables = pathParameters(path).map(variableOf);
    const missing = variables.filter((name) => !env[name]);
    return method !== "get" || missing.length === 0 ? [] : [`  ${missing.join(" and ")} for ${id}`];
  });
  return lines.length === 0
    ? "Something was to be read, but could not be: see above."
    : ["To have something to read, set:", ...lines].join("\n");
}
