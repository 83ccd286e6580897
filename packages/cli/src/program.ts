import { readFileSync } from "node:fs";
import { Command } from "@commander-js/extra-typings";
import { CONFIGURATION_HELP } from "./configuration.ts";
import type { Action, Context } from "./context.ts";
import { EXIT_CODES_HELP } from "./exit-codes.ts";
import { RESOURCES } from "./generated/operations.ts";
import { addListen } from "./listen/command.ts";
import { addOperations } from "./operations/commands.ts";
import { collect, jsonOption, readPort, readSeconds, readTime } from "./options.ts";
import { createOutput } from "./output.ts";
import { KEY_HELP } from "./public-keys.ts";
import { addTrigger } from "./trigger/command.ts";

/** Makes what commander calls when a command is given: it loads the action, and runs it with the options. */
export type Run = <Options>(
  load: () => Promise<Action<Options>>,
) => (options: Options & { json?: true | undefined }) => Promise<void>;

/**
 * The command line: the names, the options and their help. What a command does is loaded when it runs.
 *
 * @param surroundings What the commands work with.
 * @param setExitCode Called when a command is done, with its exit code.
 */
export function createProgram(
  surroundings: Omit<Context, "output" | "interactive">,
  setExitCode: (code: number) => void,
): Command {
  const run: Run = (load) => async (options) => {
    const { stdin } = surroundings;
    const { stdout, stderr } = process;
    const output = createOutput({ json: options.json === true, stdout, stderr });
    const action = await load();
    setExitCode(await action(options, { ...surroundings, output, interactive: stdin.isTTY && stderr.isTTY }));
  };

  const program = new Command("mindbridge")
    .description("Registers MindBridge webhooks, shows and checks their deliveries, and tests endpoints. Unofficial.")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError("(--help says more)")
    .addHelpText("after", `\n${CONFIGURATION_HELP}\n\n${EXIT_CODES_HELP}`);

  addOperations(program, RESOURCES, run);

  program
    .command("mock")
    .description("serve a mock of the API: the contract of this version, in Prism, until it is interrupted")
    .option("--port <number>", "the port to listen on; 0 for a free one", readPort, 4010)
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Prism, which it runs, is to be installed besides: npm install --save-dev @stoplight/prism-cli@5

Examples:
  $ mindbridge mock
  $ mindbridge mock --port 0 --json`,
    )
    .action(run(async () => (await import("./mock.ts")).mock));

  program
    .command("verify")
    .description("say whether a captured delivery is genuine, and if not, what happened to it")
    .requiredOption("--key <key>", KEY_HELP, collect)
    .requiredOption("--headers <file>", "the headers, as `Name: value` on a line each, or as JSON")
    .requiredOption("--body <file>", "the body, byte for byte; - for stdin")
    .option("--at <time>", "when it was received: judges its age then, as RFC 3339 or seconds since 1970", readTime)
    .option("--tolerance <seconds>", "judges its age: how many seconds may lie between (with --at: 300)", readSeconds)
    .option("--allow-test-key", "take the key of RFC 8032 that the mock's webhooks have: anyone can sign with it")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
The age of a delivery is told and, without --at or --tolerance, not judged.
Exit codes: 0 genuine (and in time, where that is judged), 1 not.

Examples:
  $ mindbridge verify --key whpk_… --headers headers.txt --body body.json
  $ mindbridge verify --key @key.pem --headers headers.json --body - < body.json
  $ mindbridge verify --key 66e0a4f7c2d81b0013fe5a90=whpk_… --headers headers.txt --body body.json --at 2026-03-02T09:15:05Z`,
    )
    .action(run(async () => (await import("./verify/verify.ts")).verify));

  addTrigger(program, run);
  addListen(program, run);

  return program;
}

/** The version of this package: the file has the same place beside the sources and beside what is built. */
function readVersion(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}
