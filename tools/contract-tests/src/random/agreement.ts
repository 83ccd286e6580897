import * as fc from "fast-check";
import type { Body, Judge } from "./judges.ts";
import { SEED_VARIABLE } from "./seed.ts";

/** What all judges said of a body. */
export interface Judged extends Body {
  readonly accepted: boolean;
}

export interface AgreementOptions {
  readonly judges: readonly Judge[];
  readonly valid: fc.Arbitrary<unknown>;
  readonly broken: fc.Arbitrary<unknown>;
  readonly seed: number;
  /** How many different bodies are to be accepted, and how many refused, at least. */
  readonly count: number;
}

/** A few requests in flight make use of the time in which the mock works. */
const LANES = 4;
const RUNS = 50;
/** Where this many draws one after another bring no body that was not there before, there are no more. */
const EXHAUSTED = 2_000;
const MOST_DRAWS = 20_000;
/** In milliseconds, for the runs of one lane and for making the failing body smaller. */
const MOST_TIME = 30_000;

/**
 * Draws bodies until enough different ones have been accepted and refused, and asks every judge about each. A schema
 * that accepts only few different bodies gives what it has.
 *
 * @throws {Error} that shows the smallest body found on which the judges differ, with the verdict of each.
 */
export async function expectAgreement({ judges, valid, broken, seed, count }: AgreementOptions): Promise<Judged[]> {
  const judged = new Map<string, Promise<Judged>>();
  const judge = (drawn: unknown): Promise<Judged> => {
    const text = JSON.stringify(drawn);
    const verdict = judged.get(text) ?? agree(judges, { text, value: JSON.parse(text) }, seed);
    judged.set(text, verdict);
    return verdict;
  };
  let lane = 0;
  for (const [wanted, bodies] of [
    [true, valid],
    [false, broken],
  ] as const) {
    for (let draws = 0, idle = 0; ; draws += LANES * RUNS) {
      const all = await Promise.all(judged.values());
      const found = all.filter(({ accepted }) => accepted === wanted).length;
      if (found >= count || (found > 0 && idle >= EXHAUSTED)) break;
      if (draws >= MOST_DRAWS) {
        const what = wanted ? "accepted" : "refused";
        throw new Error(`Only ${found} different bodies of ${draws} were ${what}, and ${count} are due.`);
      }
      const before = judged.size;
      const isAgreedOn = fc.asyncProperty(bodies, async (body) => {
        await judge(body);
      });
      const lanes = Array.from({ length: LANES }, () =>
        fc.assert(isAgreedOn, {
          seed: (seed + lane++) | 0,
          numRuns: RUNS,
          interruptAfterTimeLimit: MOST_TIME,
          markInterruptAsFailure: true,
        }),
      );
      // All of them, so that none goes on after the first failure has been reported.
      const failure = (await Promise.allSettled(lanes)).find(({ status }) => status === "rejected");
      if (failure?.status === "rejected") throw failure.reason;
      idle = judged.size === before ? idle + LANES * RUNS : 0;
    }
  }
  return Promise.all(judged.values());
}

async function agree(judges: readonly Judge[], body: Body, seed: number): Promise<Judged> {
  const verdicts = await Promise.all(judges.map(async (judge) => [judge.name, await verdictOf(judge, body)] as const));
  const [first] = verdicts;
  const accepted = first?.[1] === "accepted";
  if (verdicts.every(([, verdict]) => verdict === (accepted ? "accepted" : "refused"))) return { ...body, accepted };
  throw new Error(
    [
      `The validators differ. Run it again with ${SEED_VARIABLE}=${seed}.`,
      `  body: ${body.text}`,
      ...verdicts.map(([name, verdict]) => `  ${name}: ${verdict}`),
    ].join("\n"),
  );
}

async function verdictOf(judge: Judge, body: Body): Promise<string> {
  try {
    return (await judge.accepts(body)) ? "accepted" : "refused";
  } catch (error) {
    return `no verdict (${String(error)})`;
  }
}
