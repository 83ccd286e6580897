import { MindBridgeError } from "@mindbridge-sdk/client";
import { readDocument } from "../document.ts";
import { operationsOf } from "../operations.ts";
import type { ClientClass } from "../run-case.ts";
import { createRedactor } from "./redact.ts";
import { formatReport, isGreen } from "./report.ts";
import { runLive } from "./run.ts";
import { type Environment, readSettings, variableOf } from "./settings.ts";

export interface LiveOptions {
  readonly env: Environment;
  /** Where text for people goes. */
  readonly write: (text: string) => void;
  /** Keeps the report, which is JSON. */
  readonly save: (report: string) => Promise<void>;
  /** The path of another OpenAPI document, with the client of it. */
  readonly document?: string;
  readonly client?: ClientClass;
}

/**
 * The whole command: reads the environment, calls the API, reports. Neither what it writes nor what it saves holds the
 * token.
 *
 * @returns The exit code: 0 where the API conforms to the contract or only adds to it, else 1.
 */
export async function live({ env, write, save, document, client }: LiveOptions): Promise<number> {
  const redact = createRedactor([env.MINDBRIDGE_API_TOKEN ?? ""]);
  const say = (text: string): void => write(redact(text));
  try {
    const settings = await readSettings(env);
    if ("missing" in settings) {
      say(await usage(settings.missing, document));
      return 1;
    }
    const report = await runLive({ settings, document, client, announce: (sentence) => say(`${sentence}\n\n`) });
    await save(`${JSON.stringify(report, undefined, 2)}\n`);
    say(formatReport(report));
    if (report.result === "proved-nothing") say(`\n${await howToProve(document, env)}\n`);
    return isGreen(report.result) ? 0 : 1;
  } catch (error) {
    // A setting that cannot work needs no stack.
    const text = error instanceof MindBridgeError || !(error instanceof Error) ? String(error) : (error.stack ?? "");
    say(`The live contract tests could not be run. ${text}\n`);
    return 1;
  }
}

async function usage(missing: readonly string[], document: string | undefined): Promise<string> {
  return `The live contract tests look at the API of a tenant. Set ${missing.join(" and ")}:

  MINDBRIDGE_API_URL       the API, such as https://acme.mindbridge.ai (what the client's baseUrl takes)
  MINDBRIDGE_API_TOKEN     a token that may read; it appears in no output
  MINDBRIDGE_ALLOW_WRITES  1 to create something as well, for which there is no published way to delete it

${await howToProve(document, {})}
`;
}

/** The variables that say what to read, but for those that are set. */
async function howToProve(document: string | undefined, env: Environment): Promise<string> {
  const reads = operationsOf(await readDocument(document)).filter(({ httpMethod }) => httpMethod === "get");
  const lines = reads.flatMap(({ id, path }) => {
    const variables = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => variableOf(name));
    const missing = variables.filter((name) => !env[name]);
    return missing.length === 0 ? [] : [`  ${missing.join(" and ")} for ${id}`];
  });
  return lines.length === 0
    ? "What was to be read could not be: see above."
    : ["To have something to read, set:", ...lines].join("\n");
}
