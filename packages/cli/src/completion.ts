// Completes the command line in a shell, by a script that holds all words: nothing of ours runs while somebody types.
import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { EVENT_LOG_STATUSES } from "@mindbridge-sdk/receiver/recover";
import { type Context, EXIT } from "./action.ts";
import { attackWords, sampleTypes } from "./trigger/trigger-one.ts";

/** The options of `mindbridge completion`. */
export interface CompletionOptions {
  readonly shell: keyof typeof RENDERERS;
  /** The whole command line. */
  readonly program: CommandUnknownOpts;
}

/** Prints the script that completes the command line in a shell. */
export async function completion({ shell, program }: CompletionOptions, { output }: Context): Promise<number> {
  const script = RENDERERS[shell](commandsOf(program, program.name(), await lateValues()));
  // `record` prints a text as it is, `result` would fit it into the terminal.
  output.record({ shell, script }, () => script);
  return EXIT.success;
}

/** A word that can follow, and what it means. */
interface Word {
  readonly word: string;
  readonly meaning: string;
}

/** A flag, such as `--events`. */
interface FlagWord extends Word {
  /** Whether a value follows it. */
  readonly takesValue: boolean;
  /** The values that it can have, if they are listed. */
  readonly values: readonly string[];
}

/** A command, and what can follow its name. */
interface CommandWords {
  /** Such as `mindbridge webhooks create`. */
  readonly path: string;
  /** Its commands, or what its argument can be. */
  readonly words: readonly Word[];
  readonly flags: readonly FlagWord[];
}

/** The values that a command checks when it runs, since they take time to load: by its name and the flag, or its argument. */
type LateValues = Readonly<Record<string, readonly string[]>>;

async function lateValues(): Promise<LateValues> {
  return {
    "mindbridge trigger type": sampleTypes(),
    "mindbridge trigger --tamper": await attackWords(),
    "mindbridge recover --status": EVENT_LOG_STATUSES,
  };
}

/** A command and those in it, under each of their names. */
function commandsOf(command: CommandUnknownOpts, path: string, late: LateValues): CommandWords[] {
  const help = command.createHelp();
  const [argument] = command.registeredArguments;
  const values = argument?.argChoices ?? late[`${path} ${argument?.name()}`] ?? [];
  const subcommands = help.visibleCommands(command).flatMap((each) =>
    [each.name(), ...each.aliases()].map((word) => ({
      each,
      word,
      meaning: firstSentence(each.summary() || each.description()),
    })),
  );
  const flags = help.visibleOptions(command).map((option) => flagOf(option, path, late));
  const own = { path, words: [...subcommands, ...values.map((word) => ({ word, meaning: "" }))], flags };
  const inside = subcommands.flatMap(({ each, word }): CommandWords[] => {
    const subpath = `${path} ${word}`;
    return word === "help" ? [{ path: subpath, words: subcommands, flags: [] }] : commandsOf(each, subpath, late);
  });
  return [own, ...inside];
}

function flagOf({ long, description, required, argChoices }: Option, path: string, late: LateValues): FlagWord {
  const word = long ?? "";
  const values = argChoices ?? late[`${path} ${word}`] ?? [];
  return { word, meaning: firstSentence(description), takesValue: required, values };
}

/** The first sentence, without its full stop and what is in parentheses. */
function firstSentence(text: string): string {
  return text.replace(/(?:\.\s+[A-Z].*| \(.*|\n.*|\.)$/s, "");
}

const RENDERERS = { bash, zsh, fish };

/** A text as a word of a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The branches of a `case`, each for several patterns. A branch without a pattern is left out. */
function branches(pairs: readonly (readonly [patterns: readonly string[], then: string])[]): string {
  return pairs
    .filter(([patterns]) => patterns.length > 0)
    .map(([patterns, then]) => `    ${patterns.map(quoted).join("|")}) ${then} ;;`)
    .join("\n");
}

/** The flags that take a value. Before each stands its command, as in `mindbridge recover --status`. */
function valuesByFlag(commands: readonly CommandWords[]): [path: string, FlagWord][] {
  return commands.flatMap(({ path, flags }) =>
    flags.filter(({ takesValue }) => takesValue).map((flag): [string, FlagWord] => [`${path} ${flag.word}`, flag]),
  );
}

/**
 * The lines that the scripts for bash and zsh share. `find` stands in a loop over the words, and finds the command. `choose` stands
 * after the loop, and chooses what can follow the command or its flag.
 *
 * @param free What to do after a flag whose values are not listed.
 */
function linesOf(commands: readonly CommandWords[], render: (words: readonly Word[]) => string, free: string) {
  const valued = valuesByFlag(commands);
  const listed = valued.filter(([, { values }]) => values.length > 0);
  const others = valued.filter(([, { values }]) => values.length === 0).map(([path]) => path);
  const values = branches([
    ...listed.map(([path, each]) => [[path], render(each.values.map((word) => ({ word, meaning: "" })))] as const),
    [others, free],
  ]);
  return {
    find: `    case "$command $word" in
${branches([[commands.slice(1).map(({ path }) => path), 'command="$command $word"']])}
    esac`,
    choose: `  case "$command $previous" in
${values}
    *)
    case "$command" in
${branches(commands.map(({ path, words, flags }) => [[path], render([...words, ...flags])]))}
    esac ;;
  esac`,
  };
}

function bash(commands: readonly CommandWords[]): string {
  const render = (words: readonly Word[]) => `words=${quoted(words.map(({ word }) => word).join(" "))}`;
  const { find, choose } = linesOf(commands, render, ":");
  return `# Completes mindbridge in bash. In ~/.bashrc: source <(mindbridge completion bash)
_mindbridge() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD - 1]}" command=mindbridge words= word
  # Bash takes the = of --flag=value for a word.
  [[ $current == = ]] && current=
  [[ $previous == = ]] && previous="\${COMP_WORDS[COMP_CWORD - 2]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
${find}
  done
${choose}
  # A list is completed after its last comma. Where there are no words, bash offers files.
  local before=
  [[ $current == *,* ]] && before="\${current%,*},"
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "\${current##*,}"))
}
complete -o default -F _mindbridge mindbridge`;
}

function zsh(commands: readonly CommandWords[]): string {
  const render = (words: readonly Word[]) =>
    `found=(${words.map(({ word, meaning }) => quoted(`${word.replaceAll(":", "\\:")}${meaning && `:${meaning}`}`)).join(" ")})`;
  const { find, choose } = linesOf(commands, render, "_files; return");
  return `#compdef mindbridge
# Completes mindbridge in zsh. In ~/.zshrc, after compinit: source <(mindbridge completion zsh)
_mindbridge() {
  local previous="\${words[CURRENT - 1]}" command=mindbridge word
  local -a found
  for word in "\${(@)words[2,CURRENT - 1]}"; do
${find}
  done
${choose}
  # A list is completed after its last comma.
  compset -P '*,'
  _describe mindbridge found || _files
}
compdef _mindbridge mindbridge`;
}

function fish(commands: readonly CommandWords[]): string {
  const fishQuoted = (text: string) => `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
  const lines = commands.flatMap(({ path, words, flags }) => {
    const start = `complete -c mindbridge -n ${fishQuoted(`__mindbridge_is ${fishQuoted(path)}`)}`;
    const described = (meaning: string) => (meaning === "" ? "" : ` -d ${fishQuoted(meaning)}`);
    return [
      ...words.map(({ word, meaning }) => `${start} -f -a ${fishQuoted(word)}${described(meaning)}`),
      ...flags.map(({ word, meaning, takesValue, values }) => {
        const listed = values.length > 0 ? ` -f -a ${fishQuoted(`(__fish_append , ${values.join(" ")})`)}` : "";
        return `${start} -l ${word.slice(2)}${takesValue ? " -r" : ""}${listed}${described(meaning)}`;
      }),
    ];
  });
  return `# Completes mindbridge in fish. In ~/.config/fish/config.fish: mindbridge completion fish | source
function __mindbridge_is
    set -l command mindbridge
    for word in (commandline -opc)[2..]
        switch "$command $word"
            case ${commands
              .slice(1)
              .map(({ path }) => fishQuoted(path))
              .join(" ")}
                set command "$command $word"
        end
    end
    test "$command" = "$argv[1]"
end
${lines.join("\n")}`;
}
