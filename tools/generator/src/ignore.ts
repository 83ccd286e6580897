import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseYaml } from "@redocly/openapi-core";
import type { Problem } from "./problem.ts";

/** The name of the file beside a document that lists the problems to ignore. */
export const IGNORE_FILE = "lint-ignore.yaml";

/** An entry of that file. */
interface Entry {
  readonly rule: string;
  /** The place. Without one, the rule is ignored everywhere. */
  readonly pointer?: string;
  readonly reason: string;
}

/**
 * The problems of a document but for those that the file beside it lists, and what is wrong with the file: an entry without a reason,
 * or one that nothing fits any more.
 */
export function withoutIgnored(document: string, problems: readonly Problem[]): Problem[] {
  const entries = readEntries(join(dirname(document), IGNORE_FILE));
  const fits = ({ rule, pointer }: Entry, problem: Problem): boolean =>
    rule === problem.rule && (pointer === undefined || pointer === problem.pointer);
  const wrong = entries.flatMap((entry, index): Problem[] => {
    const { rule, reason } = entry;
    const isReasoned = typeof reason === "string" && reason.trim() !== "";
    if (isReasoned && problems.some((problem) => fits(entry, problem))) return [];
    const message = isReasoned
      ? `Entry ${index + 1} of ${IGNORE_FILE} ignores \`${rule}\` where the document does not break it. Remove the entry.`
      : `Entry ${index + 1} of ${IGNORE_FILE} has no \`reason\`. Say why \`${rule}\` is ignored.`;
    return [
      { file: IGNORE_FILE, line: 1, column: 1, rule: "ignore", pointer: `#/${index}`, severity: "error", message },
    ];
  });
  return [...wrong, ...problems.filter((problem) => !entries.some((entry) => fits(entry, problem)))];
}

function readEntries(file: string): readonly Entry[] {
  try {
    return (parseYaml(readFileSync(file, "utf8")) ?? []) as Entry[];
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}
