import type { Document } from "@mindbridge-sdk/generator/document";
import type { Change } from "./change.ts";
import { exampleChanges } from "./examples.ts";
import { isEqual } from "./json.ts";
import { highest, LEVELS, type Level } from "./level.ts";
import { rateDifference } from "./rate.ts";
import { redoclyDiff } from "./redocly.ts";
import { securityChanges } from "./security.ts";
import { surfaceChanges } from "./surface.ts";
import { sitesOf, usesOf } from "./uses.ts";

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
export async function diffDocuments(base: Document, revision: Document): Promise<SpecDiff> {
  const [baseUses, revisionUses] = [usesOf(base), usesOf(revision)];
  const [baseSites, revisionSites] = [sitesOf(baseUses), sitesOf(revisionUses)];
  const compared = { base, revision, baseUses, revisionUses, baseSites, revisionSites };
  const differences = await redoclyDiff(base, revision);
  const found = [
    ...surfaceChanges(base, revision),
    ...securityChanges(base, revision),
    ...differences.flatMap((difference) => rateDifference(difference, compared) ?? []),
    ...exampleChanges(base, revision),
  ];
  const changes = found
    .filter((change, index, all) => all.findIndex((other) => isEqual(other, change)) === index)
    .toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  return { level: highest(changes.map(({ level }) => level)), changes };
}
