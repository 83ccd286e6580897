import type { TestSigner } from "@mindbridge-sdk/testing";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { shownUrl } from "../loopback.ts";
import type { Output } from "../output.ts";
import { printableLine } from "../printable.ts";
import type { Case, Verdict } from "./case.ts";
import { examine } from "./examine.ts";
import { findHints, type Hint, isIncomplete } from "./hints.ts";
import { mark } from "./mark.ts";
import { findMistakes, type Mistake } from "./mistakes.ts";
import type { Sending } from "./read-options.ts";

/** Sends whatever tells whether an endpoint is safe, and says what came of it. */
export async function triggerAll(
  sending: Sending,
  signer: TestSigner,
  { output, signal }: Pick<Context, "output" | "signal">,
): Promise<number> {
  const cases: Case[] = [];
  for await (const each of examine({ ...sending, signer, signal })) {
    cases.push(each);
    output.tell(formatCase(each, output));
  }
  const mistakes = findMistakes(cases);
  const hints = findHints(cases);
  const count = (verdict: Verdict) => cases.filter((each) => each.verdict === verdict).length;
  const [right, wrong, lenient, unchecked] = [count("right"), count("wrong"), count("lenient"), count("unchecked")];
  const counts = { right, wrong, lenient, unchecked };
  output.result({ to: shownUrl(sending.url), publicKey: signer.publicKey, ...counts, mistakes, hints, cases }, () =>
    [
      "",
      ...mistakes.map((mistake) => formatMistake(mistake, output)),
      ...hints.map((hint) => formatHint(hint, output)),
      `${right} right, ${wrong} wrong, ${lenient === 0 ? "" : `${lenient} lenient, `}${unchecked} not checked.`,
    ].join("\n"),
  );
  return wrong > 0 || isIncomplete(cases) ? EXIT.failure : EXIT.success;
}

function formatCase({ name, expected, answer, verdict }: Case, output: Output): string {
  const said = verdict === "wrong" ? `  wrong: expected ${expected}` : "";
  return `${mark(verdict, output)} ${name.padEnd(72)} ${printableLine(answer)}${said}`;
}

function formatMistake({ name, explanation, whatToDo }: Mistake, { style }: Output): string {
  return `${style(["red", "bold"], name)}: ${explanation}\n  ${whatToDo}\n`;
}

function formatHint({ name, explanation, whatToDo }: Hint, { style }: Output): string {
  const label = name === "lenient" ? "lenient" : "not checked";
  return `${style("yellow", label)}: ${explanation} ${whatToDo}\n`;
}
