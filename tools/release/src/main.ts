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

/** Each returns an exit code. */
const COMMANDS: Readonly<Record<string, (root: string, args: readonly string[]) => number | Promise<number>>> = {
  changeset,
  check,
  diff,
  plan,
  publish,
  version,
};

const [name = "", ...args] = process.argv.slice(2);
try {
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`There is no \`${name}\`: there are ${Object.keys(COMMANDS).join(", ")}.`);
  process.exitCode = await command(ROOT, args);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
