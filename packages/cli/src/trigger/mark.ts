import type { Output } from "../output.ts";
import type { Verdict } from "./case.ts";

const MARKS = {
  right: ["green", "✓"],
  wrong: ["red", "✗"],
  lenient: ["yellow", "!"],
  unchecked: ["yellow", "?"],
} as const;

/** The sign before what was tried. */
export function mark(verdict: Verdict, { style }: Pick<Output, "style">): string {
  const [colour, sign] = MARKS[verdict];
  return style(colour, sign);
}
