import { flagsOf, kebabCase } from "@mindbridge-sdk/generator";
import type { Change } from "./change.ts";
import type { Compared } from "./compared.ts";
import { byKey, pointerOf } from "./json.ts";

type Operation = Compared["after"]["operations"][number];
type Flag = ReturnType<typeof flagsOf>[number];

/**
 * What has changed of the command line's options, which are made from the document. What else has another name, or is gone, is gone
 * from there as well, and is told where that is.
 */
export function commandChanges({ base, revision, before, after }: Compared): Change[] {
  const newer = byKey(after.operations, ({ id }) => id);
  return before.operations.flatMap((old) => {
    const now = newer.get(old.id);
    if (now === undefined) return [];
    const flags = flagsOf(revision, now);
    return flagsOf(base, old).flatMap((flag) => {
      const what = whatBreaks(flag, flags);
      return what === undefined ? [] : [toldOf(what, now)];
    });
  });
}

/** What is done with a command line that has the flag. Nothing where it goes on as it did. */
function whatBreaks(was: Flag, flags: readonly Flag[]): string | undefined {
  const now = flags.find(({ flag }) => flag === was.flag);
  const heir = flags.find((each) => each.in === was.in && each.name === was.name);
  if (heir !== undefined && heir.flag !== was.flag) {
    const instead = now === undefined ? "" : `, and \`${was.flag}\` is \`${now.name}\``;
    return `\`${was.flag}\` is now called \`${heir.flag}\`${instead}`;
  }
  if (now === undefined || heir === undefined) return undefined;
  if (was.list !== now.list) return `\`${was.flag}\` is ${now.list ? "now" : "no longer"} a list`;
  return was.type === now.type || isReadAlike(was, now) ? undefined : `\`${was.flag}\` is now read as ${now.type}`;
}

/** Whether what was read as one type is read as a value of it now. */
function isReadAlike(was: Flag, now: Flag): boolean {
  if (now.type === "any" || (was.type === "integer" && now.type === "number")) return true;
  return now.type === "json" && was.type !== "string" && was.type !== "any";
}

function toldOf(what: string, { id, path, method, resource, name }: Operation): Change {
  return {
    level: "major",
    directions: ["request"],
    operations: [id],
    pointer: pointerOf(["paths", path, method.toLowerCase()]),
    what: `On the command line, ${what} of \`${kebabCase(resource)} ${kebabCase(name)}\`.`,
    reason: "A command line that gives it is refused, or sends something else.",
  };
}
