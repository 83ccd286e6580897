import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { Run } from "../action.ts";
import { apiUrlOption, jsonOption, profileOption, verboseOption } from "../options.ts";
import { shellWord } from "../printable.ts";
import { hasSeparators, readItems, readValue } from "./flag-values.ts";
import type { Flag, OperationCommand, ResourceCommand } from "./table.ts";

/** Adds a command for each operation of a resource. */
export function addOperations(group: Command, { resource, operations }: ResourceCommand, run: Run): void {
  const hasList = operations.some(({ word }) => word === "list");
  for (const operation of operations) {
    const subcommand = addOperation(group, resource, operation, run);
    // A query without a filter lists all.
    if (operation.word === "query" && !hasList) subcommand.alias("list");
  }
  const examples = operations.map((operation) => examplesOf(`${group.name()} ${operation.word}`, operation));
  group.addHelpText("after", `\nExamples:\n${examples.join("\n")}`);
}

function addOperation(group: Command, resource: string, operation: OperationCommand, run: Run): Command {
  const { word, summary, description, deprecated, writes, flags, body, isStream } = operation;
  const command = `${group.name()} ${word}`;
  const options = flags.map((flag) => ({ flag, option: optionOf(flag) }));
  const subcommand = group
    .command(word)
    .summary(deprecated ? `${summary} (deprecated)` : summary)
    .description([deprecated ? `${summary} (deprecated)` : summary, description].filter(Boolean).join("\n\n"));
  for (const argument of operation.arguments) subcommand.argument(`<${argument.word}>`, argument.description);
  for (const { option } of options) subcommand.addOption(option);
  if (body && !body.isFile) {
    subcommand.option("--data <json>", "the body as JSON, @FILE, or - for stdin; flags go over it");
  }
  if (isStream) subcommand.option("-o, --output <path>", "the file to write the answer to; - for stdout, the default");
  if (word === "query") subcommand.addOption(verboseOption("show every field, in place of a table"));
  if (writes) subcommand.option("-y, --yes", "send without asking, as is always done without a terminal");
  subcommand.addOption(apiUrlOption()).addOption(profileOption()).addOption(jsonOption());
  subcommand.addHelpText("after", `\nExamples:\n${examplesOf(command, operation)}`);
  subcommand.action((...received: unknown[]) => {
    const count = operation.arguments.length;
    const given = received[count] as Readonly<Record<string, unknown>>;
    const values = options.flatMap(({ flag, option }) => {
      const name = option.attributeName();
      // A flag may have the name of a property that every object inherits.
      return Object.hasOwn(given, name) ? [[flag, (given[name] as Read).value] as const] : [];
    });
    const { apiUrl, profile, data, output, ...switches } = given as Partial<Record<string, string>>;
    const { json, yes, verbose } = switches as { json?: true; yes?: true; verbose?: true };
    const path = received.slice(0, count) as string[];
    const texts = { apiUrl, profile, data, output };
    const input = { resource, command, operation, path, values: new Map(values), ...texts, json, yes, verbose };
    return run(async () => (await import("./run-operation.ts")).runOperation)(input);
  });
  return subcommand;
}

/** What was read of an option. Commander would take the value `null` for an empty text. */
interface Read {
  readonly value: unknown;
}

function optionOf(flag: Flag): Option {
  const { name, description, required, deprecated, list, type, values, default: usual } = flag;
  const value = { string: "text", any: "text or json", file: "path" }[type as string] ?? type;
  const notes = [
    ...(required ? ["(required)"] : []),
    ...(deprecated ? ["(deprecated)"] : []),
    // The flag does not show such a name.
    ...(/[^\w-]/.test(name) ? [`(sent as ${name})`] : []),
    ...(list ? [hasSeparators(flag) ? "(repeat it, or separate them by commas)" : "(repeat it)"] : []),
    ...(usual === undefined ? [] : [`(default: ${wordOf(usual)})`]),
  ];
  const option = new Option(`${flag.flag} <${value}>`, [description, ...notes].filter(Boolean).join(" "));
  if (values) option.argChoices = values.map(String);
  option.argParser((text: string, previous: unknown): Read => {
    try {
      if (!list) return { value: readValue(flag, text) };
      const before = (previous as { value: unknown[] } | undefined)?.value ?? [];
      return { value: [...before, ...readItems(flag, text)] };
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  });
  return option;
}

/** Examples of a command for its help, made of the examples of the document. */
function examplesOf(command: string, { arguments: path, flags, body, isStream }: OperationCommand): string {
  const words = path.map(({ word, example }) => shellWord(String(example ?? word)));
  const start = ["  $ mindbridge", command, ...words].join(" ");
  const properties = Object(body?.example) as Readonly<Record<string, unknown>>;
  const optionsOf = (flag: Flag): string[] => {
    const given = flag.in === "body" ? properties[flag.name] : flag.example;
    const value = flag.type === "file" && flag.required ? flag.name : given;
    const isRepeated = flag.list && !hasSeparators(flag) && Array.isArray(value);
    const values = hasNoFlag(value) ? [] : isRepeated ? (value as unknown[]) : [value];
    return values.map((each) => `${flag.flag} ${shellWord(wordOf(each))}`);
  };
  const ofBody = flags.filter((flag) => flag.in === "body").flatMap(optionsOf);
  const others = [
    ...flags.filter((flag) => flag.in !== "body").flatMap(optionsOf),
    ...(isStream ? ["--output answer"] : []),
  ];
  // A body that flags cannot make comes by --data alone.
  const isSet = (name: string): boolean =>
    flags.some((flag) => flag.in === "body" && flag.name === name) && !hasNoFlag(properties[name]);
  const byFlags = !body?.required || (ofBody.length > 0 && Object.keys(properties).every(isSet));
  const lines = byFlags ? [[start, ...ofBody, ...others].join(" \\\n      ")] : [];
  if (body && !body.isFile) {
    const withData = others.length > 0 ? [start, ...others, "--data @body.json"] : [`${start} --data @body.json`];
    lines.push(withData.join(" \\\n      "));
  }
  return lines.join("\n");
}

/** No flag gives `null`, or a list without items. */
function hasNoFlag(value: unknown): boolean {
  return value == null || (Array.isArray(value) && value.length === 0);
}

function wordOf(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
}
