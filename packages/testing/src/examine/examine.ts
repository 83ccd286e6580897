import type { TestSigner } from "../signing.ts";
import { attacked } from "./attacks.ts";
import { type EventChange, SAMPLE_TYPES } from "./bodies.ts";
import type { Case, Verdict } from "./case.ts";
import { type CountEffects, createEffectCounter } from "./effects.ts";
import { ConfigurationError } from "./errors.ts";
import { findHints, findMistakes, type Hint, type Mistake } from "./findings.ts";
import { findForm, sample, twoSignatures, unusualBytes } from "./genuine.ts";
import { failed, repeated, UNTRIED } from "./handling.ts";
import type { Probe } from "./probe.ts";
import { checkTimeout, DEFAULT_TIMEOUT, type Target, urlOf, type WaitOptions } from "./send.ts";

/** Which endpoint to examine, and how. */
export type ExamineOptions = Target & ExamineSettings;

/** How to examine an endpoint. */
export interface ExamineSettings extends WaitOptions {
  /** Whose deliveries the endpoint takes: configure it with the `publicKey` of this signer. */
  readonly signer: TestSigner;
  /** What is changed in every sample, so that the endpoint can handle it: `{ tenantId: "acme" }`. Nothing by default. */
  readonly overrides?: EventChange | undefined;
  /**
   * Says how many deliveries the endpoint has handled so far. Only then can it be checked that a delivery which comes twice has
   * one effect. The endpoint may handle deliveries after its answer: an effect is waited for as long as `timeout`. An error
   * that the function throws ends the examination.
   */
  readonly effects?: CountEffects | undefined;
  /**
   * What is changed in a sample so that the endpoint fails to handle it, at every attempt: `{ data: { analysisId: "fail" } }`. Only
   * then can it be checked that such a delivery is answered with 5xx.
   */
  readonly failing?: EventChange | undefined;
  /** By how many seconds the endpoint lets a delivery be older or newer. 300 by default. */
  readonly tolerance?: number | undefined;
  /** Called with each case once it has been judged, such as to print it. */
  readonly onCase?: ((each: Case) => void) | undefined;
}

/** What came of an examination. */
export interface Examination {
  /** Whether no answer was wrong and the endpoint could be examined to the end. */
  readonly passed: boolean;
  /** What explains the wrong answers, the gravest first. Not empty if an answer was wrong. */
  readonly mistakes: readonly Mistake[];
  /** What could not be checked, and what was lenient. */
  readonly hints: readonly Hint[];
  /** How many cases have each verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** All that was sent, in this order. */
  readonly cases: readonly Case[];
}

/**
 * Examines an endpoint: sends it what it has to take and what it has to refuse, one delivery after the other, and finds the
 * mistakes that its answers give away.
 *
 * It sends every type that the contract lists, unusual but genuine bytes, a delivery with two signatures, one that comes twice,
 * one that cannot be handled, and every attack of `tampered`: about 80 deliveries. Each sample is an event of its own.
 * Examine a test instance: what the endpoint takes, it handles.
 *
 * @returns What came of it, also if the endpoint never answered.
 * @throws {ConfigurationError} if an option cannot work.
 * @throws The reason of `signal`, once it is aborted.
 */
export async function examineEndpoint(options: ExamineOptions): Promise<Examination> {
  const cases: Case[] = [];
  for await (const each of examine(await probeOf(options))) {
    cases.push(each);
    options.onCase?.(each);
  }
  const count = (verdict: Verdict) => cases.filter((each) => each.verdict === verdict).length;
  const counts = {
    right: count("right"),
    wrong: count("wrong"),
    lenient: count("lenient"),
    unchecked: count("unchecked"),
  };
  const isIncomplete = cases.some(({ reason }) => reason === "unproven" || reason === "not-sent");
  const passed = counts.wrong === 0 && !isIncomplete;
  return { passed, mistakes: findMistakes(cases), hints: findHints(cases), counts, cases };
}

async function probeOf(options: ExamineOptions): Promise<Probe> {
  const { signer, overrides, failing, effects, tolerance = 300, timeout = DEFAULT_TIMEOUT, signal } = options;
  urlOf(options);
  checkTimeout(timeout);
  if (typeof signer?.sign !== "function") {
    throw new ConfigurationError(
      "signer: give that of createTestSigner(), whose publicKey the endpoint verifies with.",
    );
  }
  if (!(tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY)) {
    throw new ConfigurationError("tolerance: give a finite number of seconds, 0 or more.");
  }
  if (effects !== undefined && typeof effects !== "function") {
    throw new ConfigurationError("effects: give a function that returns how many deliveries were handled so far.");
  }
  const [type = ""] = SAMPLE_TYPES;
  const target: Target = options.handle ? { handle: options.handle, url: options.url } : { url: options.url };
  const counter = await createEffectCounter(effects, { timeout, signal });
  return { target, signer, overrides, failing, effects: counter, tolerance, timeout, signal, type };
}

async function* examine(probe: Probe): AsyncGenerator<Case> {
  const samples: Case[] = [];
  for (const type of SAMPLE_TYPES) {
    const each = await sample({ ...probe, type });
    samples.push(each);
    yield each;
    // An endpoint that is not there tells no more.
    if (samples.length === 1 && each.outcome === "unanswered") return;
  }
  const takenType = SAMPLE_TYPES.find((_, index) => samples[index]?.outcome === "taken");
  if (takenType !== undefined) {
    yield* unusualBytes({ ...probe, type: takenType });
    yield* examineTaking({ ...probe, type: takenType });
    return;
  }
  const rewriting = samples.every(({ outcome }) => outcome === "refused") ? await findForm(probe) : undefined;
  if (rewriting) {
    yield rewriting.found;
    yield* examineTaking({ ...probe, form: rewriting.form });
    return;
  }
  yield* UNTRIED;
  yield* attacked(probe);
}

/** Examines an endpoint that takes genuine deliveries. */
async function* examineTaking(probe: Probe): AsyncGenerator<Case> {
  yield await twoSignatures(probe);
  const repetition = await repeated(probe);
  yield repetition;
  yield* failed(probe);
  // If no effect has shown so far, none will.
  yield* attacked(repetition.effects === 0 ? { ...probe, effects: undefined } : probe);
}
