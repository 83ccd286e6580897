import { flagsOf, kebabCase, type Model } from "@mindbridge-sdk/generator";
import { pointerOf } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";

type Flag = ReturnType<typeof flagsOf>[number];

/** What changes of the options of the command line. One that breaks with its field or its parameter is told with that. */
export function compareOptions(base: Model, revision: Model, told: readonly Change[]): Change[] {
  return base.operations.flatMap((old) => {
    const now = revision.operations.find(({ id }) => id === old.id);
    if (now === undefined) return [];
    const { id, path, method, resource, name } = now;
    const flags = flagsOf(revision.document, now);
    const isTold = (flag: Flag): boolean =>
      told.some(
        ({ level, operations, what }) =>
          level === "major" && operations.includes(id) && what.includes(`${flag.name}\``),
      );
    return flagsOf(base.document, old).flatMap((flag): Change[] => {
      const what = whatBreaks(flag, flags);
      if (what === undefined || isTold(flag)) return [];
      return [
        {
          level: "major",
          directions: ["request"],
          operations: [id],
          pointer: pointerOf(["paths", path, method.toLowerCase()]),
          keyword: "command",
          what: `On the command line, ${what} of \`${kebabCase(resource)} ${kebabCase(name)}\`.`,
        },
      ];
    });
  });
}

/** What becomes of a command line that has the option; nothing where it goes on as it did. */
function whatBreaks(was: Flag, flags: readonly Flag[]): string | undefined {
  const now = flags.find(({ flag }) => flag === was.flag);
  const heir = flags.find((each) => each.in === was.in && each.name === was.name);
  if (heir !== undefined && heir.flag !== was.flag) {
    const successor = now === undefined ? "" : `, and \`${was.flag}\` is \`${now.name}\``;
    return `\`${was.flag}\` is now called \`${heir.flag}\`${successor}`;
  }
  if (now === undefined || heir === undefined) return undefined;
  if (was.list !== now.list) return `\`${was.flag}\` is ${now.list ? "now" : "no longer"} a list`;
  return isReadAlike(was.type, now.type) ? undefined : `\`${was.flag}\` is now read as ${now.type}`;
}

/** Whether what was read as one type is read as a value of another as well. */
function isReadAlike(was: Flag["type"], is: Flag["type"]): boolean {
  if (was === is || is === "any" || (was === "integer" && is === "number")) return true;
  return is === "json" && was !== "string" && was !== "any";
}
