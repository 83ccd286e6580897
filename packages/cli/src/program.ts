import { Command, type CommandUnknownOpts, Help, type Option } from "@commander-js/extra-typings";
import manifest from "../package.json" with { type: "json" };
import type { Host, Run } from "./action.ts";
import {
  addCompletion,
  addEnsure,
  addListen,
  addLogin,
  addMock,
  addRecover,
  addReplay,
  addTrigger,
  addVerify,
} from "./commands.ts";
import { RESOURCES } from "./generated/operations.ts";
import { addOperations } from "./operations/commands.ts";
import { printable } from "./printable.ts";
import { usageMessage } from "./usage-message.ts";

/** What `--help` says after the list of commands. The exit codes are those of `EXIT`. */
const MORE_HELP = `
Examples:
  $ mindbridge login
  $ mindbridge mock --stateful
  $ mindbridge webhooks get 66e0a4f7c2d81b0013fe5a90
  $ mindbridge webhooks ensure --file webhooks.json --dry-run
  $ mindbridge trigger --all --to localhost:3000/webhooks
  $ mindbridge listen --forward localhost:3000/webhooks
  $ mindbridge verify --key whpk_… --headers headers.txt --body body.json
  $ mindbridge help trigger

Environment:
  MINDBRIDGE_API_URL    the API, where --api-url is not given:
                        https://acme.mindbridge.ai, or the address of a mock
  MINDBRIDGE_API_TOKEN  the token. It is never an argument, and never printed
  MINDBRIDGE_PROFILE    the profile, where --profile is not given. The variables
                        above go over it, and --profile over them

Exit codes:
  0    done
  1    not done: the API refused, a signature does not verify, an endpoint gave
       a wrong answer
  2    used wrongly: nothing was done
  130  interrupted, or not agreed to when asked`;

/** The widest column of flags or commands. A longer one has its description below it. */
const WIDEST_TERM = 36;

/** How far such a description is indented, more than the names are. */
const BELOW = 6;

const { commandUsage, formatItem, padWidth } = Help.prototype;

/** How `--help` fits into a terminal, whatever names the document has. */
export const HELP_FORMAT = {
  optionDescription: describeOption,
  subcommandTerm: termOf,
  commandUsage(command) {
    const start = "Usage: ".length;
    const width = (this.helpWidth ?? 80) - start;
    return this.boxWrap(commandUsage.call(this, command), width).replaceAll("\n", `\n${" ".repeat(start)}`);
  },
  padWidth(command, helper) {
    return Math.min(padWidth.call(this, command, helper), WIDEST_TERM);
  },
  formatItem(term, termWidth, description, helper) {
    if (!description || helper.displayWidth(term) <= termWidth)
      return formatItem.call(this, term, termWidth, description, helper);
    return `  ${term}\n${formatItem.call(this, "", BELOW, description, helper)}`;
  },
} satisfies Partial<Help> & ThisType<Help>;

/**
 * The command line: the names, the options and their help. A command is loaded when it runs.
 *
 * @param args The words after `mindbridge`: commands that none of them names may be left out.
 */
export function createProgram(args: readonly string[], run: Run, { stdout, stderr }: Host): Command {
  const program = new Command("mindbridge")
    .description("Registers MindBridge webhooks, shows and checks their deliveries, and tests endpoints. Unofficial.")
    .version(manifest.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "Print the help of a command.")
    .configureHelp(HELP_FORMAT)
    // What it writes to stderr quotes the arguments.
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(printable(text)),
      outputError: (text, write) => write(`${usageMessage(text, args)}\n`),
    })
    .exitOverride()
    .showHelpAfterError("(--help says more)")
    .addHelpText("after", MORE_HELP);

  for (const resource of RESOURCES) {
    const words = resource.operations.map(({ word }) => word);
    if (resource.word === "webhooks") words.push("ensure");
    const group = program
      .command(resource.word)
      .summary(`Call the API: ${words.join(", ")}.`)
      .description(resource.description)
      .helpCommand("help [command]", "Print the help of a command.");
    // The document may have hundreds of operations, and their options take time to make.
    if (args.includes(resource.word) || args[0] === "completion") addOperations(group, resource, run);
    if (resource.word === "webhooks") addEnsure(group, run);
  }

  addLogin(program, run);
  addMock(program, run);
  addTrigger(program, run);
  addListen(program, run);
  addVerify(program, run);
  addReplay(program, run);
  if (RESOURCES.some(({ resource }) => resource === "webhookEventLogs")) addRecover(program, run);
  addCompletion(program, run);
  return program;
}

/** A command in a list, with its arguments: every command has options. */
function termOf(command: CommandUnknownOpts): string {
  const names = [command.name(), ...command.aliases()].join("|");
  const argumentTerms = command.registeredArguments.map((each) =>
    each.required ? `<${each.name()}>` : `[${each.name()}]`,
  );
  return [names, ...argumentTerms].join(" ");
}

/** Describes an option for `--help`, with its values and its default. */
function describeOption({ description, defaultValue, argChoices }: Option): string {
  const isEmpty = defaultValue === undefined || (Array.isArray(defaultValue) && defaultValue.length === 0);
  return [
    description,
    ...(argChoices ? [`(one of ${argChoices.join(", ")})`] : []),
    ...(isEmpty ? [] : [`(default: ${String(defaultValue)})`]),
  ].join(" ");
}
