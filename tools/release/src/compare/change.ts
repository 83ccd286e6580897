/** What a change asks of the next version, as Semantic Versioning 2.0.0 has it; `none` needs no release. */
export const LEVELS = ["none", "patch", "minor", "major"] as const;
export type Level = (typeof LEVELS)[number];

export function isAtLeast(level: Level, other: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(other);
}

/** The highest of some levels: `none` where there are none. */
export function highest(levels: readonly Level[]): Level {
  return LEVELS[Math.max(0, ...levels.map((level) => LEVELS.indexOf(level)))] ?? "none";
}

/**
 * Which side of the contract a change is on:
 * - `request`: what users send with a call, parameters included,
 * - `response`: what a call returns,
 * - `delivery`: what MindBridge sends to users,
 * - `answer`: what their receiver answers to a delivery,
 * - `name`: a name that they write in their code,
 * - `address`: where the API is,
 * - `security`: how a call or a delivery is authenticated,
 * - `documentation`: what people read.
 */
export type Direction =
  | "request"
  | "response"
  | "delivery"
  | "answer"
  | "name"
  | "address"
  | "security"
  | "documentation";

/** One thing that has changed, and what it means for users. */
export interface Change {
  readonly level: Level;
  readonly directions: readonly Direction[];
  /** The operations and the types of delivery that it is a part of. Empty where it belongs to no single one. */
  readonly operations: readonly string[];
  /** Its place in the newer document; in the older one if it is gone (RFC 6901, as a URI fragment). */
  readonly pointer: string;
  /** The keyword of OpenAPI that has changed; `command` for an option of the command line. */
  readonly keyword: string;
  /** What has changed, in one sentence for users. */
  readonly what: string;
}

/** One change where the walk passed the same place more than once. The highest level counts, and whom that meets. */
export function combineSame(changes: readonly Change[]): Change[] {
  return [...Map.groupBy(changes, ({ pointer, what }) => `${pointer} ${what}`).values()].map((same) => {
    const level = highest(same.map((each) => each.level));
    const gravest = same.filter((each) => each.level === level);
    return {
      ...(gravest[0] as Change),
      directions: [...new Set(gravest.flatMap(({ directions }) => directions))],
      operations: [...new Set(gravest.flatMap(({ operations }) => operations))],
    };
  });
}
