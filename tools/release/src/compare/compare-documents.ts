import { type Document, type Operation, operationsOf } from "@mindbridge-sdk/openapi";
import { compareServers } from "./access.ts";
import { type Change, combineSame, highest, LEVELS, type Level, type Rating } from "./change.ts";
import { compareDeliveries } from "./deliveries.ts";
import { compareDescriptions } from "./descriptions.ts";
import { compareExchange, compareUnused, pathParameters } from "./exchanges.ts";
import { compareFlags, compareNames } from "./names.ts";
import type { Documents } from "./schemas.ts";
import { quoted } from "./words.ts";

/** What a change of the document means for users. */
export interface Comparison {
  /** The highest level of all changes. */
  readonly level: Level;
  /** The gravest first. */
  readonly changes: readonly Change[];
}

/**
 * Compares two documents whose `$ref`s are all local, for those who use the packages: both are walked side by side, each operation
 * and each delivery from its top, so that at every schema it is known whether users send its values or read them.
 */
export function compareDocuments(base: Document, revision: Document): Comparison {
  const documents: Documents = { base, revision, met: new Set(), same: new Map() };
  const descriptions = compareDescriptions(base, revision);
  const operations = compareOperations(documents);
  const found = [
    ...operations,
    ...compareFlags(base, revision, operations),
    ...compareDeliveries(documents),
    ...compareNames(base, revision),
    ...compareServers(base, revision),
    ...compareUnused(documents),
    ...descriptions.changes,
  ];
  const isUnchanged = found.every(({ level }) => level === "none");
  const changes = combineSame([...found, ...(isUnchanged && descriptions.rewritten ? [descriptions.rewritten] : [])]);
  return {
    level: highest(changes.map(({ level }) => level)),
    changes: changes.toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level)),
  };
}

function compareOperations(documents: Documents): Change[] {
  const [before, after] = [operationsOf(documents.base), operationsOf(documents.revision)];
  const pairs = before.map((old) => [old, counterpart(old, before, after)] as const);
  const paired = new Set(pairs.map(([, now]) => now));
  return [
    ...pairs.flatMap(([old, now]) =>
      now === undefined ? [operationChange(GONE, old, "is gone")] : compareOperation(documents, old, now),
    ),
    ...after.filter((now) => !paired.has(now)).map((now) => operationChange(NEW, now, "is new")),
  ];
}

const GONE: Rating = { level: "major", reason: "Code that calls the method no longer compiles." };
const NEW: Rating = { level: "minor", reason: "A new method is new API." };
const RENAMED: Rating = { level: "major", reason: "The operationId is the name of the client's method." };
const MOVED: Rating = {
  level: "major",
  reason: "The low-level API, mocks and proxies name an operation by its method and path.",
};
const OTHER_PARAMETERS: Rating = {
  level: "major",
  reason: "The low-level API takes the parameters of a path by their names.",
};

/** The operation of the same name; or else the one at the same place, if its name is new. */
function counterpart(old: Operation, before: readonly Operation[], after: readonly Operation[]): Operation | undefined {
  const isAtSamePlace = (now: Operation): boolean => now.method === old.method && shape(now) === shape(old);
  return (
    after.find((now) => nameOf(now) === nameOf(old)) ??
    after.find((now) => isAtSamePlace(now) && before.every((each) => nameOf(each) !== nameOf(now)))
  );
}

function compareOperation(documents: Documents, before: Operation, after: Operation): Change[] {
  const [was, is] = [before, after].map(({ path }) => pathParameters(path)) as [string[], string[]];
  const isMoved = before.method !== after.method || shape(before) !== shape(after);
  const place = ({ method, path }: Operation): string => `\`${method.toUpperCase()} ${path}\``;
  return [
    ...(nameOf(before) === nameOf(after)
      ? []
      : [operationChange(RENAMED, after, `is now called \`${nameOf(after)}\``, nameOf(before))]),
    ...(isMoved ? [operationChange(MOVED, after, `is now ${place(after)}; it was ${place(before)}`)] : []),
    ...(isMoved || was.join("/") === is.join("/")
      ? []
      : [
          operationChange(
            OTHER_PARAMETERS,
            after,
            `now calls the parameters of its path ${quoted(is)}; they were ${quoted(was)}`,
          ),
        ]),
    ...compareExchange(documents, before, after, nameOf(after)),
  ];
}

/** A path without the names of its parameters. */
const shape = ({ path }: Operation): string => path.replaceAll(/\{[^{}]*\}/g, "{}");

const nameOf = ({ id, method, path }: Operation): string => id || `${method.toUpperCase()} ${path}`;

function operationChange(rating: Rating, operation: Operation, what: string, name = nameOf(operation)): Change {
  return {
    ...rating,
    directions: ["name"],
    operations: [name],
    pointer: operation.pointer,
    keyword: "paths",
    what: `\`${name}\` ${what}.`,
  };
}
