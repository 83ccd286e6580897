import type { Change, Rating } from "./change.ts";
import type { Compared } from "./compared.ts";
import { describeKeyword, sentence } from "./describe.ts";
import type { Difference } from "./difference.ts";
import { keysOf } from "./json.ts";
import { nodeName } from "./place.ts";
import { documented } from "./rated.ts";

/** What has changed of the servers. Nothing where that is told with the address, which is that of the first. */
export function rateServer(difference: Difference, compared: Compared, pointer: string): Change | undefined {
  const { kind, property = "", typeName, revision, base } = difference;
  const name = nodeName(difference, compared);
  const isFirst = keysOf(pointer)[1] === "0";
  if ((property === "url" && isFirst) || (typeName === "ServerVariable" && kind !== "modified")) return undefined;
  if (property === "default") return documented(pointer, describeKeyword(name, property, difference));
  const change = (what: string, rating: Rating): Change => ({
    ...rating,
    directions: ["address"],
    operations: [],
    pointer,
    what,
  });
  if (property === "x-pattern" || property === "enum") {
    const isWider = revision?.value === undefined || (property === "enum" && isSuperset(revision.value, base?.value));
    return change(
      describeKeyword(name, property, difference),
      isWider
        ? { level: "minor", reason: "More may be filled in than before." }
        : { level: "major", reason: "What was filled in before may be refused." },
    );
  }
  const what =
    kind === "modified"
      ? describeKeyword(name, property, difference)
      : `${name} is ${kind === "added" ? "new" : "gone"}.`;
  return change(sentence(what), {
    level: "patch",
    reason: "The packages use the first server of the document, whose address is compared by itself.",
  });
}

function isSuperset(after: unknown, before: unknown): boolean {
  return Array.isArray(after) && Array.isArray(before) && before.every((value) => after.includes(value));
}
