import { attacked } from "./attacks.ts";
import type { Case } from "./case.ts";
import { sampleTypes } from "./event.ts";
import { failed, UNTRIED_FAILURE } from "./failure.ts";
import { findForm, sample, twoSignatures, unusualBytes } from "./genuine.ts";
import type { ExamineOptions, Probe } from "./probe.ts";
import { repeated, UNTRIED_REPETITION } from "./repetition.ts";

/** Sends an endpoint what it has to take and what it has to refuse, one after the other. */
export async function* examine(options: ExamineOptions): AsyncGenerator<Case> {
  const types = sampleTypes();
  const [firstType = ""] = types;
  const samples: Case[] = [];
  for (const type of types) {
    const each = await sample({ ...options, type });
    samples.push(each);
    yield each;
    // Nothing is to be learnt from what is not there.
    if (type === firstType && each.outcome === "unanswered") return;
  }
  const takenType = types.find((_, index) => samples[index]?.outcome === "taken");
  const probe: Probe = { ...options, type: takenType ?? firstType };
  if (takenType !== undefined) {
    yield* unusualBytes(probe);
    yield* examineTaking(probe);
    return;
  }
  const rewriting = samples.every(({ outcome }) => outcome === "refused") ? await findForm(probe) : undefined;
  if (rewriting) {
    yield rewriting.found;
    yield* examineTaking({ ...probe, form: rewriting.form });
    return;
  }
  yield UNTRIED_REPETITION;
  yield UNTRIED_FAILURE;
  yield* attacked(probe);
}

/** Examines an endpoint that takes genuine deliveries. */
async function* examineTaking(probe: Probe): AsyncGenerator<Case> {
  yield await twoSignatures(probe);
  const repetition = await repeated(probe);
  yield repetition;
  yield* failed(probe);
  // Where an effect does not show, none will.
  yield* attacked(repetition.effects === 0 ? { ...probe, effects: undefined } : probe);
}
