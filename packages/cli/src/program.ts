import { readFileSync } from "node:fs";
import { Command } from "@commander-js/extra-typings";
import { CONFIGURATION_HELP } from "./configuration.ts";
import type { Action, Context } from "./context.ts";
import { EXIT_CODES_HELP } from "./exit-codes.ts";
import { RESOURCES } from "./generated/operations.ts";
import { addOperations } from "./operations/commands.ts";
import { jsonOption, readPort } from "./options.ts";
import { createOutput } from "./output.ts";

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

  return program;
}

/** The version of this package: the file has the same place beside the sources and beside what is built. */
function readVersion(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}
