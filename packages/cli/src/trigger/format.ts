import type { Case, Hint, Mistake, Verdict } from "@mindbridge-sdk/testing/examine";
import type { Output } from "../output.ts";
import { printableLine } from "../printable.ts";

const MARKS = {
  right: ["green", "✓"],
  wrong: ["red", "✗"],
  lenient: ["yellow", "!"],
  unchecked: ["yellow", "?"],
} as const;

/** The flags of `mindbridge trigger`, by what the examiner calls them. */
const FLAGS: Readonly<Record<string, string>> = {
  url: "--to",
  overrides: "--set",
  effects: "--effects",
  failing: "--failing",
  tolerance: "--tolerance",
  timeout: "--timeout",
  "signer.publicKey": "the public key above",
};

/** The sign before what was sent. */
export function mark(verdict: Verdict, { style }: Pick<Output, "style">): string {
  const [colour, sign] = MARKS[verdict];
  return style(colour, sign);
}

/** The longest name of a case. */
const NAME_WIDTH = 72;

/** The columns of the longest usual answer: `500 raw_body in 1.3 ms  expected 2xx`. */
const ANSWER_WIDTH = 37;

/** A case of `mindbridge trigger --all`, on a line, or on two if the terminal is too narrow for it. */
export function formatCase({ name, expected, answer, verdict }: Case, output: Output): string {
  const said = `${printableLine(answer)}${verdict === "wrong" ? `  expected ${expected}` : ""}`;
  const { width = Number.POSITIVE_INFINITY } = output;
  const start = `${mark(verdict, output)} `;
  const nameWidth = Math.min(NAME_WIDTH, width - 3 - ANSWER_WIDTH);
  const isOneLine = Math.max(name.length, nameWidth) + 3 + said.length <= width;
  return start + (isOneLine ? `${name.padEnd(nameWidth)} ${said}` : `${name}\n    ${said}`);
}

/** A mistake, as lines. */
export function formatMistake({ name, explanation, whatToDo }: Mistake, { style }: Output): string {
  return `${style(["red", "bold"], name)}: ${explanation}\n  ${whatToDo}\n`;
}

/** A hint, as a line. */
export function formatHint({ name, explanation, whatToDo }: Hint, { style }: Output): string {
  const label = name === "lenient" ? "lenient" : "not checked";
  return `${style("yellow", label)}: ${explanation} ${whatToDo}\n`;
}

/** A mistake or a hint in the words of the command line: it names flags where the examiner names its options. */
export function withFlags<T extends Mistake | Hint>(finding: T): T {
  const named = (text: string) => text.replaceAll(/`([\w.]+)`/g, (option, name) => FLAGS[name] ?? option);
  return { ...finding, explanation: named(finding.explanation), whatToDo: named(finding.whatToDo) };
}
