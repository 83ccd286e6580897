import type { Edit } from "../../src/index.ts";

/** What a change asks of the next version (Semantic Versioning). `none` asks for no release. */
export type Level = "none" | "patch" | "minor" | "major";

/** Whom a change meets. */
export type Direction =
  | "request"
  | "response"
  | "delivery"
  | "answer"
  | "name"
  | "address"
  | "security"
  | "documentation";

/** The level of a change, and the directions of those of its parts that have this level. */
export type Meaning = readonly [level: Level, ...directions: Direction[]];

/** A single change of the document, as a person would make it. */
export interface Change {
  /** What is changed, in words. Unique within its area. */
  readonly title: string;
  /** Several edits where one change shows in several places, or leaves a component behind that nothing uses. */
  readonly edits: readonly Edit[];
  /** What the change means for users. Given for the document with what `MISSING` adds. */
  readonly made?: Meaning;
  /** What it means for users to undo it. */
  readonly undone?: Meaning;
  /**
   * Who notices the change of the document as it is: the generator, the types or the contract tests (`by tests`), or for
   * the given reason only the comparison with the published facts, or nobody. Given for changes of what the contract
   * promises, in parts that the document has.
   */
  readonly noticed?: Noticed;
}

export type Noticed = "by tests" | { readonly byReferenceAlone: string } | { readonly byNobody: string };

/** The meaning of a change in whose direction more is allowed or promised: `minor`, and `major` to undo. */
export const widens = (...directions: Direction[]) =>
  ({ made: ["minor", ...directions], undone: ["major", ...directions] }) as const;

/** The meaning of a change in whose direction less is allowed or promised: `major`, and `minor` to undo. */
export const narrows = (...directions: Direction[]) =>
  ({ made: ["major", ...directions], undone: ["minor", ...directions] }) as const;

/** The meaning of a change that means the same when it is undone. */
export const both = (...meaning: Meaning) => ({ made: meaning, undone: meaning });
