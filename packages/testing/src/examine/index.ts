/** Examines an endpoint: sends it genuine deliveries and attacks, and finds the mistakes that its answers give away. */
export type { Event, EventChange } from "./bodies.ts";
export { type Case, type CaseKind, type Judgement, judgeAnswer, type Reason, type Verdict } from "./case.ts";
export type { CountEffects } from "./effects.ts";
export { ConfigurationError } from "./errors.ts";
export { type Examination, type ExamineOptions, type ExamineSettings, examineEndpoint } from "./examine.ts";
export { type Hint, type Mistake, type MistakeName, mistakeIn } from "./findings.ts";
export {
  type Answer,
  formatAnswer,
  type Handler,
  type Outcome,
  sendDelivery,
  type Target,
  type WaitOptions,
} from "./send.ts";
