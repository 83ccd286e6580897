import { type Attack, type SignedDelivery, signDelivery, type TestSigner, tampered } from "@mindbridge-sdk/testing";
import { countEffects } from "./effects.ts";
import { type Event, sampleEvent, sampleTypes } from "./event.ts";
import { type Answer, formatAnswer, isTaken, type Sendable, send } from "./send.ts";

/** What is sent, and why. */
export type CaseKind = "genuine" | "rewritten" | "attack" | "repetition" | "failure";

/** One thing that was tried. */
export interface Case {
  readonly kind: CaseKind;
  /** What was sent. */
  readonly name: string;
  /** What a right answer is, in words. */
  readonly expected: string;
  /** What came, in words. */
  readonly answer: string;
  /** `undefined` where no answer came, or nothing was sent. */
  readonly status: number | undefined;
  /** How many effects it had, where that is known. */
  readonly effects?: number;
  /** `undefined` where it could not be told. */
  readonly right: boolean | undefined;
}

/** How to examine an endpoint. */
export interface ExamineOptions {
  readonly url: URL;
  readonly signer: TestSigner;
  /** `path=value` each, over the sample. */
  readonly settings: readonly string[];
  /** By how many seconds the endpoint lets a delivery be older or newer. */
  readonly tolerance: number;
  /** What answers with how many deliveries have been handled. */
  readonly effects: URL | undefined;
  /** `path=value`, with which the endpoint cannot handle a delivery. */
  readonly failing: string | undefined;
  /** For one answer, in milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** Sends an endpoint what it has to take and what it has to refuse, one after the other. */
export async function* examine(options: ExamineOptions): AsyncGenerator<Case> {
  const { url, signer, settings, tolerance } = options;
  const deliver = (delivery: Sendable): Promise<Answer> => send(url, delivery, options);
  const types = sampleTypes();
  const { event } = sampleEvent(types[0] ?? "", settings);

  for (const type of types) {
    const delivery = await signDelivery(sampleEvent(type, settings).event, { signer });
    yield taken("genuine", `a genuine ${type}`, await deliver(delivery));
  }
  const rewritten = await signDelivery(inOtherWords(event), { signer });
  yield taken("rewritten", "a genuine one, with its JSON written in another way", await deliver(rewritten));
  yield await repeated(event, deliver, options);
  yield* failed(event, deliver, options);
  for (const attack of await tampered({ event, signer, tolerance }))
    yield refused(attack, await deliver(attack.delivery));
}

function taken(kind: CaseKind, name: string, answer: Answer): Case {
  return { kind, name, expected: "2xx", ...described(answer), right: isTaken(answer) };
}

/** Only 4xx and 5xx tell a sender that a delivery was not taken: a redirect leads it elsewhere. */
function refused({ name }: Attack, answer: Answer): Case {
  const right = answer.status !== undefined && answer.status >= 400;
  return { kind: "attack", name, expected: "4xx", ...described(answer), right };
}

/** The same delivery again, signed anew as a retry is: it is to be taken, and to have no second effect. */
async function repeated(
  event: Event,
  deliver: (delivery: SignedDelivery) => Promise<Answer>,
  { signer, effects, timeout, signal }: ExamineOptions,
): Promise<Case> {
  const signed = (id?: string) => signDelivery(event, { signer, id });
  const first = await signed();
  const id = first.headers["webhook-id"];
  const before = effects && (await countEffects(effects, { signal }));
  await deliver(first);
  const answer = await deliver(await signed(id));
  const name = "a genuine one twice";
  const expected = "2xx, and one effect";
  if (!isTaken(answer)) return { kind: "repetition", name, expected, ...described(answer), right: false };
  if (effects === undefined || before === undefined) {
    const unknown = `${formatAnswer(answer)}; its effects are not known`;
    return { kind: "repetition", name, expected, status: answer.status, answer: unknown, right: undefined };
  }
  // Who handles deliveries later, in their order, has come to the repetition when the effect of this one shows.
  await deliver(await signed());
  const counted = (await countEffects(effects, { signal, atLeast: before + 2, timeout })) - before - 1;
  const effect = counted < 1 ? "no effect" : counted === 1 ? "one effect" : `${counted} effects`;
  return {
    kind: "repetition",
    name,
    expected,
    status: answer.status,
    answer: `${formatAnswer(answer)}; ${effect}`,
    effects: Math.max(0, counted),
    right: counted === 1,
  };
}

/** A delivery that cannot be handled is not to be taken, and neither is its repetition: the sender would not send it again. */
async function* failed(
  event: Event,
  deliver: (delivery: SignedDelivery) => Promise<Answer>,
  { signer, settings, failing }: ExamineOptions,
): AsyncGenerator<Case> {
  const name = "one that cannot be handled";
  const expected = "5xx";
  if (failing === undefined) {
    yield {
      kind: "failure",
      name,
      expected,
      answer: "which that is, is not known",
      status: undefined,
      right: undefined,
    };
    return;
  }
  const delivery = await signDelivery(sampleEvent(String(event.type), [...settings, failing]).event, { signer });
  for (const each of [name, `${name}, again`]) {
    const answer = await deliver(delivery);
    const right = answer.status !== undefined && answer.status >= 500;
    yield { kind: "failure", name: each, expected, ...described(answer), right };
  }
}

function described(answer: Answer): Pick<Case, "answer" | "status"> {
  return { answer: formatAnswer(answer), status: answer.status };
}

/** The same JSON in a form that no library writes: what is parsed and written again has other bytes. */
function inOtherWords(event: Event): string {
  const escaped = (text: string) => text.replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
  return JSON.stringify(event, undefined, 3).replaceAll(/(?<=": ")[^"\\]+(?=")/g, escaped);
}
