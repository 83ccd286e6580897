import type { Document } from "@mindbridge-sdk/openapi";
import type { Change } from "./change.ts";
import { commandChanges } from "./commands.ts";
import { type Compared, compared } from "./compared.ts";
import { sentence } from "./describe.ts";
import type { Difference } from "./difference.ts";
import { exampleChanges } from "./examples.ts";
import { extensionChanges } from "./extensions.ts";
import { headerChanges } from "./headers.ts";
import { isEqual, valueAt } from "./json.ts";
import { highest, LEVELS, type Level } from "./level.ts";
import { asWritten } from "./normal-form.ts";
import { rateDifference } from "./rate.ts";
import { combined } from "./rated.ts";
import { redoclyDiff } from "./redocly.ts";
import { replacedAt } from "./replaced.ts";
import { securityChanges } from "./security.ts";
import { surfaceChanges } from "./surface.ts";

/** What a change of the document means for users. */
export interface SpecDiff {
  /** The highest level of all changes. */
  readonly level: Level;
  /** The gravest first. */
  readonly changes: readonly Change[];
}

/**
 * Compares two documents, whose `$ref`s are all local: Redocly's diff finds the places, and the rules here say what each
 * means for those who use the packages.
 */
export async function diffDocuments(
  base: Document,
  revision: Document,
  findDifferences = redoclyDiff,
): Promise<SpecDiff> {
  const both = compared(base, revision);
  const differences = isEqual(both.base, both.revision) ? [] : await findDifferences(both.base, both.revision);
  const found = [
    ...surfaceChanges(both),
    ...securityChanges(both),
    ...differences.flatMap((difference) => tellDifference(difference, both)),
    ...headerChanges(both),
    ...commandChanges(both),
    ...exampleChanges(both),
    ...extensionChanges(base, revision),
  ];
  // What is found at one place by several comparisons is one change.
  const changes = [...Map.groupBy(found, ({ pointer, what }) => `${pointer} ${what}`).values()]
    .flatMap(([first, ...others]) => (first === undefined ? [] : [combined([first, ...others])]))
    .map((change) => {
      const isThere = valueAt(both.revision, change.pointer) !== undefined;
      return { ...change, pointer: asWritten(isThere ? revision : base, change.pointer) };
    })
    .toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  return { level: highest(changes.map(({ level }) => level)), changes };
}

function tellDifference(difference: Difference, both: Compared): Change[] {
  const change = rateDifference(difference, both);
  if (change === undefined) return [];
  const replaced = replacedAt(difference, both);
  return [replaced === undefined ? change : { ...change, pointer: replaced.pointer, what: sentence(replaced.what) }];
}
