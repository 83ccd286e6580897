import { type Command, CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Host, Run } from "./action.ts";
import { createProgram } from "./program.ts";
import { usageMessage } from "./usage-message.ts";

/**
 * Runs the command line, and resolves to its exit code.
 *
 * @param args The words after `mindbridge`.
 * @param signal Aborted when the command is interrupted.
 */
export async function run(args: readonly string[], host: Host, signal: AbortSignal): Promise<number> {
  let exitCode = 0;
  const runAction: Run = (load) => async (options) => {
    const [action, loaded] = await Promise.all([load(), import("./run-action.ts")]);
    exitCode = await loaded.runAction(action, options, host, signal);
  };
  const program = createProgram(args, runAction, host);
  try {
    await program.parseAsync(asOption(program, args), { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      error.message = usageMessage(error.message, args);
    }
    const { reportError } = await import("./run-action.ts");
    return reportError(error, { json: args.includes("--json"), interrupted: false }, host);
  }
  return exitCode;
}

/**
 * Reads `help webhooks create` and `webhooks help create` as `webhooks create --help`. commander reads one name only, and shows the
 * help of another command for an unknown name.
 */
function asOption(program: Command, args: readonly string[]): readonly string[] {
  const isGroup = (name: string | undefined) =>
    program.commands.some((each) => each.name() === name && each.commands.length > 0);
  const at = args.indexOf("help");
  if (at !== 0 && !(at === 1 && isGroup(args[0]))) return args;
  const words = args.toSpliced(at, 1).filter((word) => !word.startsWith("-"));
  if (words.length === 0) return args;
  let command: CommandUnknownOpts | undefined = program;
  for (const [index, word] of words.entries()) {
    command = command.commands.find((each) => [each.name(), ...each.aliases()].includes(word));
    // Without `help`, commander says what is wrong with the word.
    if (command === undefined) return words.slice(0, index + 1);
  }
  return [...words, "--help"];
}
