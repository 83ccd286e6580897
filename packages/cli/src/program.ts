import { Command } from "@commander-js/extra-typings";
import manifest from "../package.json" with { type: "json" };
import type { Action } from "./context.ts";
import { RESOURCES } from "./generated/operations.ts";
import { CONFIGURATION_HELP, describeOption, EXAMPLES_HELP, EXIT_CODES_HELP } from "./help.ts";
import { addListen } from "./listen/command.ts";
import { addMock } from "./mock/command.ts";
import { addTrigger } from "./trigger/command.ts";
import { addVerify } from "./verify/command.ts";

/** Makes what commander calls when a command is given: it loads the action, and runs it with the options. */
export type Run = <Options>(
  load: () => Promise<Action<Options>>,
) => (options: Options & { json?: true | undefined }) => Promise<void>;

/**
 * The command line: the names, the options and their help. What a command does is loaded when it runs.
 *
 * @param args The words after `mindbridge`: what none of them calls may be left out.
 * @param setExitCode Called when a command is done, with its exit code.
 */
export async function createProgram(args: readonly string[], setExitCode: (code: number) => void): Promise<Command> {
  const run: Run = (load) => async (options) => {
    const [{ runAction }, action] = await Promise.all([import("./run-action.ts"), load()]);
    setExitCode(await runAction(action, options));
  };

  const program = new Command("mindbridge")
    .description("Registers MindBridge webhooks, shows and checks their deliveries, and tests endpoints. Unofficial.")
    .version(manifest.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp({ optionDescription: describeOption })
    .exitOverride()
    .showHelpAfterError("(--help says more)")
    .addHelpText("after", `\n${EXAMPLES_HELP}\n\n${CONFIGURATION_HELP}\n\n${EXIT_CODES_HELP}`);

  for (const resource of RESOURCES) {
    const group = program
      .command(resource.word)
      .description(resource.description)
      .helpCommand("help [command]", "print the help of a command");
    // The document may have hundreds of operations, whose options take time to make.
    if (args.includes(resource.word)) (await import("./operations/commands.ts")).addOperations(group, resource, run);
  }

  addMock(program, run);
  addTrigger(program, run);
  addListen(program, run);
  addVerify(program, run);

  return program;
}
