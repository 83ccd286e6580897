import { type Document, valueAt } from "@mindbridge-sdk/openapi";
import type { Change, Direction, Level } from "./change.ts";
import { describeKeyword, sentence, wordsFor } from "./words.ts";

/**
 * How a change moves what is allowed: `wider` allows all that was allowed and more, `narrower` less, and `other` takes something
 * away and lets something else in.
 */
export type Shift = "wider" | "narrower" | "other";

/** Two documents side by side, where it is known on which side of the contract a part is. */
export interface Walk {
  readonly base: Document;
  readonly revision: Document;
  readonly direction: Direction;
  /** The operation or the type of delivery. */
  readonly operation: string | undefined;
  /** The pointers of the components that have been compared with themselves. */
  readonly met: Set<string>;
  /** What was found of two schemas, by where they are used and where they stand: schemas are shared, and hold themselves. */
  readonly found: Map<string, readonly Change[]>;
}

/** Whether users write the values; otherwise they read them. */
export function isSent({ direction }: Walk): boolean {
  return direction === "request" || direction === "answer" || direction === "address";
}

export function shiftOfSets<T>(before: ReadonlySet<T>, after: ReadonlySet<T>): Shift | undefined {
  const [keepsAll, addsNone] = [before.isSubsetOf(after), after.isSubsetOf(before)];
  return keepsAll ? (addsNone ? undefined : "wider") : addsNone ? "narrower" : "other";
}

/** Who reads values must expect any that may come, and can rely on what is promised. Some promises are in no type. */
export function levelOf(walk: Walk, shift: Shift, isTyped = true): Level {
  if (isSent(walk)) return shift === "wider" ? "minor" : "major";
  return shift === "narrower" ? (isTyped ? "minor" : "patch") : "major";
}

/** A change of what stands at a pointer. The words go on after its name. */
export function tell(walk: Walk, level: Level, pointer: string, keyword: string, words: string): Change {
  return tellSentence(walk, level, pointer, keyword, `${nameAt(walk, pointer)} ${words}.`);
}

/** A change of the values of a keyword. */
export function tellKeyword(walk: Walk, level: Level, pointer: string, keyword: string, was: unknown, is: unknown) {
  return tellSentence(walk, level, pointer, keyword, describeKeyword(nameAt(walk, pointer), keyword, was, is));
}

export function tellSentence(walk: Walk, level: Level, pointer: string, keyword: string, text: string): Change {
  const { direction, operation } = walk;
  const operations = operation === undefined ? [] : [operation];
  return { level, directions: [direction], operations, pointer, keyword, what: sentence(text) };
}

export function nameAt({ base, revision }: Walk, pointer: string): string {
  return wordsFor(valueAt(revision, pointer) === undefined ? base : revision, pointer);
}
