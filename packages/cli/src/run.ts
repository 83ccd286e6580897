import { type Command, CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { EXIT } from "./exit-codes.ts";
import { createProgram } from "./program.ts";

/**
 * `help webhooks create`, and `webhooks help create`, as `webhooks create --help`: commander takes no more than one name, and
 * prints the help of another command where there is none of that name.
 */
function asOption(program: Command, args: readonly string[]): readonly string[] {
  const isGroup = (name: string | undefined) =>
    program.commands.some((each) => each.name() === name && hasCommands(each));
  const at = args.indexOf("help");
  if (at !== 0 && !(at === 1 && isGroup(args[0]))) return args;
  const words = args.toSpliced(at, 1).filter((word) => !word.startsWith("-"));
  if (words.length === 0) return args;
  let command: CommandUnknownOpts | undefined = program;
  for (const [index, word] of words.entries()) {
    command = command.commands.find((each) => each.name() === word);
    // What is wrong with it is told where it is given without `help`.
    if (command === undefined) return words.slice(0, index + 1);
  }
  return [...words, "--help"];
}

const hasCommands = ({ commands }: CommandUnknownOpts): boolean => commands.length > 0;

/** Runs the command line with its arguments, the words after `mindbridge`, and resolves to its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // Who reads our output may end first, as `head` does, and needs no telling.
    if (code !== "EPIPE") process.stderr.write(`The output cannot be written: ${message}\n`);
    process.exit(EXIT.failure);
  });
  process.stderr.on("error", () => process.exit(EXIT.failure));
  let exitCode = 0;
  const program = await createProgram(args, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(asOption(program, args), { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { reportError } = await import("./report-error.ts");
    return reportError(error, {
      json: args.includes("--json"),
      interrupted: false,
      token: process.env.MINDBRIDGE_API_TOKEN,
    });
  }
  return exitCode;
}
