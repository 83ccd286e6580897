// The commands of a release, each a script of the repository's package.json.
//
//   node src/main.ts COMMAND [OPTION...]
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { changeset } from "./commands/changeset.ts";
import { check } from "./commands/check.ts";
import { diff } from "./commands/diff.ts";
import { plan } from "./commands/plan.ts";
import { publish } from "./commands/publish.ts";
import { version } from "./commands/version.ts";
import { parseOptions } from "./options.ts";

/** Each returns an exit code. */
type Command = (args: readonly string[]) => number | Promise<number>;

const withoutOptions =
  (script: string, run: (root: string) => number | Promise<number>): Command =>
  (args) => {
    parseOptions(script, args, {});
    return run(ROOT);
  };

const COMMANDS: Readonly<Record<string, Command>> = {
  changeset: withoutOptions("spec:changeset", changeset),
  check: withoutOptions("release:check", check),
  diff: (args) => diff(ROOT, args),
  plan: withoutOptions("release:plan", plan),
  publish: withoutOptions("release:publish", publish),
  version: withoutOptions("release:version", version),
};

const [name = "", ...args] = process.argv.slice(2);
try {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Error(`There is no \`${name}\`: there are ${Object.keys(COMMANDS).join(", ")}.`);
  process.exitCode = await command(args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
