import { answered, type Case, type Judgement, RIGHT, unchecked, untried, WRONG } from "./case.ts";
import { deliver, type Probe, sign, takesGenuine } from "./probe.ts";
import type { Answer } from "./send.ts";

const TRIAL = { kind: "failure", name: "one that cannot be handled", expected: "5xx" } as const;

/** What is said of an endpoint that takes nothing. */
export const UNTRIED_FAILURE: Case = untried(TRIAL, "not sent", "unproven");

/** A delivery that cannot be handled is not to be taken, and neither is its repetition: the sender would not send it again. */
export async function* failed(probe: Probe): AsyncGenerator<Case> {
  if (probe.failing === undefined) {
    yield untried(TRIAL, "not sent: nothing says which that is", "no-failing");
    return;
  }
  const delivery = await sign(probe, { settings: [probe.failing] });
  const [first, again] = [await deliver(probe, delivery), await deliver(probe, delivery)];
  // It could as well be that nothing is taken any more.
  const isProven = await takesGenuine(probe);
  yield answered(TRIAL, first, judge(first, isProven));
  yield answered({ ...TRIAL, name: `${TRIAL.name}, again` }, again, judge(again, isProven));
}

function judge({ outcome, status = 0 }: Answer, isProven: boolean): Judgement {
  if (outcome !== "taken" && !isProven) return unchecked("unproven");
  if (status >= 500) return RIGHT;
  return outcome === "limited" ? unchecked("limited") : WRONG;
}
