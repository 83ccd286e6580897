/** Commands of other names that users look for. */
const MEANT: Readonly<Record<string, string>> = { diagnose: "verify" };

const KEPT_HINT =
  "\n(For an event log: --log FILE. For a delivery in a folder of listen --save: --headers FOLDER/NAME.headers --body FOLDER/NAME.body)";

/** Options of commands that users put before the command. */
const AFTER_THE_COMMAND = ["--api-url", "--json", "--profile", "--verbose"];

/**
 * What commander says to wrong use, with our hints and without the values that it quotes, since one may be a token. The name of an
 * option stays, and so does a word that looks like a command.
 *
 * @param args The words after `mindbridge`.
 */
export function usageMessage(message: string, args: readonly string[]): string {
  return message
    .trimEnd()
    .replace(/(too many arguments.* but got \d+): .*$/s, (_, said: string) => `${said}.${tokenHint("", args)}`)
    .replace(/too many arguments for 'verify'.*/, `$&${KEPT_HINT}`)
    .replace(/(unknown option) '(.*)'/s, (_, said: string, flag: string) => {
      const name = flag.replace(/=.*$/s, "");
      const isName = /^(?:--[a-z][a-z-]{0,40}|-[a-z])$/i.test(name);
      return `${said}${isName ? ` '${name}'${placeHint(name, args)}${tokenHint(name, args)}` : ""}`;
    })
    .replace(/(unknown command) '(.*)'(?=(\n\(Did you mean)?)/s, (_, said: string, word: string, near = "") => {
      const meant = MEANT[word];
      if (meant !== undefined) return `${said} '${word}'\n(Did you mean ${meant}?)`;
      return near !== "" || /^[a-z-]{1,40}$/.test(word) ? `${said} '${word}'` : said;
    });
}

function placeHint(option: string, [first = ""]: readonly string[]): string {
  if (!first.startsWith("-") || !AFTER_THE_COMMAND.includes(option)) return "";
  return `\n(It goes after the command, such as: mindbridge webhooks list ${option})`;
}

function tokenHint(option: string, [command]: readonly string[]): string {
  if (command === "login") {
    return option === "" || option === "--token"
      ? "\n(The token is no argument: login asks for it, or reads it from stdin)"
      : "";
  }
  return option === "--token"
    ? "\n(The token is no argument: mindbridge login keeps it, or set MINDBRIDGE_API_TOKEN)"
    : "";
}
