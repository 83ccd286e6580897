import { createTestSigner } from "../signing.ts";
import { type EventChange, FORMS, type Form, writeInAscii, writeUnusually } from "./bodies.ts";
import { answered, type Case, type Judgement, judgeAnswer, RIGHT, unchecked, WRONG } from "./case.ts";
import { deliver, type Particulars, type Probe, sign, takesGenuine } from "./probe.ts";
import type { Answer } from "./send.ts";

/** Sends a sample as it is. */
export async function sample(probe: Probe): Promise<Case> {
  const trial = { kind: "genuine", name: `a genuine ${probe.type}`, expected: "2xx" } as const;
  const answer = await deliver(probe, await sign(probe));
  return answered(trial, answer, judgeAnswer(answer));
}

/** Signs what endpoints usually verify in place of the body, until one delivery is taken. */
export async function findForm(probe: Probe): Promise<{ form: Form; found: Case } | undefined> {
  const trial = { kind: "rewritten", expected: "4xx" } as const;
  for (const form of FORMS) {
    const name = `one whose signature is of ${form.name}`;
    const answer = await deliver(probe, await sign(probe, { form }));
    if (answer.outcome === "taken") return { form, found: answered({ ...trial, name }, answer, WRONG) };
  }
  return undefined;
}

/** Sends bodies whose bytes change when they are parsed, trimmed or decoded, and written again. */
export async function* unusualBytes(probe: Probe): AsyncGenerator<Case> {
  const trial = { kind: "rewritten", expected: "2xx" } as const;
  const unusual = await deliver(probe, await sign(probe, { write: writeUnusually }));
  const name = "a genuine one, its JSON written as no library does";
  yield answered({ ...trial, name }, unusual, await judgeGenuine(probe, unusual));

  const change = { note: "Été, 決算, 📈" };
  const beyondAscii = await deliver(probe, await sign(probe, { change }));
  yield answered(
    { ...trial, name: "a genuine one, with text beyond ASCII" },
    beyondAscii,
    await judgeBeyondAscii(probe, beyondAscii, change),
  );
}

/** Sends a delivery as it is signed while a key is being replaced: its own signature is not the first. */
export async function twoSignatures(probe: Probe): Promise<Case> {
  const { headers, body } = await sign(probe);
  const { "webhook-id": id = "", "webhook-timestamp": timestamp = "", "webhook-signature": own } = headers;
  const other = await (await createTestSigner()).sign({ id, timestamp, body });
  const answer = await deliver(probe, { headers: { ...headers, "webhook-signature": `${other} ${own}` }, body });
  const trial = { kind: "two-signatures", name: "a genuine one, with another signature before its own" } as const;
  return answered({ ...trial, expected: "2xx" }, answer, await judgeGenuine(probe, answer));
}

/** It is wrong to refuse a genuine delivery if the endpoint takes one without its particulars right after it. */
export async function judgeGenuine(probe: Probe, answer: Answer, without?: Particulars): Promise<Judgement> {
  if (answer.outcome === "taken") return RIGHT;
  return (await takesGenuine(probe, without)) ? judgeAnswer(answer) : unchecked("unproven");
}

/** An endpoint may refuse a field that it does not know, whichever way it is written. */
async function judgeBeyondAscii(probe: Probe, answer: Answer, change: EventChange): Promise<Judgement> {
  const judgement = await judgeGenuine(probe, answer, { change, write: writeInAscii });
  const isUnproven = judgement.reason === "unproven";
  return isUnproven && (await takesGenuine(probe)) ? unchecked("refused-for-content") : judgement;
}
