import type { Change, Rating } from "./change.ts";
import type { Compared } from "./compared.ts";
import { describeKeyword, sentence } from "./describe.ts";
import { type Difference, nodeKeys } from "./difference.ts";
import { isObject, keysOf } from "./json.ts";
import { nameAt } from "./place.ts";
import { isSent, rateAll, usesOfDifference } from "./rated.ts";
import { newStatusIsTyped } from "./status.ts";
import type { Use } from "./uses.ts";

/** How the value of a header is written, which the client reads as text. */
const STYLES: ReadonlySet<string> = new Set(["style", "explode"]);

/** What has changed of a message but for its schema: a body, a response, a header, a media type. */
export function rateMessage(difference: Difference, compared: Compared, pointer: string): Change {
  const { kind, property = "" } = difference;
  const uses = usesOfDifference(difference, compared);
  // What has another key is called by the one that users know.
  const name = partName(property === "key" ? { ...difference, revision: undefined } : difference, compared);
  if (kind !== "modified" || property === "key") {
    const now = kind === "added" ? "new" : kind === "removed" ? "gone" : `now \`${keysOf(pointer).at(-1) ?? ""}\``;
    return rateAll(pointer, uses, sentence(`${name} is ${now}.`), (use) => ratePart(difference, compared, use));
  }
  if (property === "required") {
    const isRequired = difference.revision?.value === true;
    const what = sentence(`${name} is now ${isRequired ? "required" : "optional"}.`);
    return rateAll(pointer, uses, what, (use) => rateRequired(isRequired, use));
  }
  return rateAll(pointer, uses, describeKeyword(name, property, difference), () =>
    STYLES.has(property)
      ? { level: "patch", reason: "It changes how the value is written, and no code of users." }
      : unknown(property),
  );
}

/** What it means that a part of a message comes, or goes, or has another key. */
function ratePart({ kind, typeName, revision }: Difference, compared: Compared, use: Use | undefined): Rating {
  if (kind !== "added") {
    return { level: "major", reason: "Code that relies on it no longer compiles, or finds nothing there." };
  }
  switch (typeName) {
    case "RequestBody": {
      if (use?.direction !== "request") return NEW;
      const isRequired = isObject(revision?.value) && revision.value.required === true;
      return isRequired
        ? { level: "major", reason: "Calls without it are refused, and no longer compile." }
        : {
            level: "major",
            reason: "The method takes it before its options, and calls that give options no longer compile.",
          };
    }
    case "MediaType":
      if (use?.direction === "delivery") {
        return {
          level: "major",
          reason: "A delivery may come that receivers cannot read: nothing is agreed before it.",
        };
      }
      return NEW;
    case "Response":
      return use && newStatusIsTyped(compared, use.operation, keysOf(use.site).at(-1) ?? "")
        ? { level: "major", reason: "The method may give something that code does not expect." }
        : NEW;
    case "Header":
    case "HeadersMap":
    case "MediaTypesMap":
      return NEW;
    default:
      return unknown(typeName);
  }
}

const NEW: Rating = { level: "minor", reason: "It is new API, and what was there stays." };

function unknown(what: string): Rating {
  return {
    level: "major",
    reason: `What a change of \`${what}\` means is not known, so that this is taken for a break.`,
  };
}

/** What it means that a part of a message, such as a header, is required now, or no longer is. */
export function rateRequired(isRequired: boolean, use: Use | undefined): Rating {
  if (use && isSent(use.direction)) {
    return isRequired
      ? { level: "major", reason: "Calls without it are refused, and no longer compile." }
      : { level: "minor", reason: "It may be left out, which is new API." };
  }
  return isRequired
    ? { level: "minor", reason: "It always comes, and code can rely on it." }
    : { level: "major", reason: "It may be missing, which code does not expect." };
}

/** What has a place by itself, or one below what is named: a media type of a response. */
function partName(difference: Difference, compared: Compared): string {
  const { typeName, revision, base } = difference;
  const side = revision ?? base;
  const keys = side === undefined ? [] : nodeKeys(difference, side);
  const name = nameAt(keys, difference, compared);
  const key = keys.at(-1) ?? "";
  if (typeName === "RequestBody" || typeName === "Response") return name;
  if (typeName === "MediaType") return `the media type \`${key}\` of ${name}`;
  if (typeName !== "Header") return `\`${key}\` of ${name}`;
  return keys[1] === "headers" ? name : `the header \`${key}\` of ${name}`;
}
