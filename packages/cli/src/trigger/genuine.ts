import { createTestSigner } from "@mindbridge-sdk/testing";
import { answered, type Case, type Judgement, RIGHT, unchecked, WRONG } from "./case.ts";
import type { Setting } from "./event.ts";
import { FORMS, type Form, writeAsNobody, writeInAscii } from "./forms.ts";
import { deliver, type Particulars, type Probe, sign, takesGenuine } from "./probe.ts";
import type { Answer } from "./send.ts";

/** Sends a sample as it is. */
export async function sample(probe: Probe): Promise<Case> {
  const trial = { kind: "genuine", name: `a genuine ${probe.type}`, expected: "2xx" } as const;
  const answer = await deliver(probe, await sign(probe));
  const judgement = answer.outcome === "limited" ? unchecked("limited") : answer.outcome === "taken" ? RIGHT : WRONG;
  return answered(trial, answer, judgement);
}

/** Signs what endpoints usually verify in place of the body, until a delivery is taken. */
export async function findForm(probe: Probe): Promise<{ form: Form; found: Case } | undefined> {
  const trial = { kind: "rewritten", expected: "4xx" } as const;
  for (const form of FORMS) {
    const name = `one whose signature is of ${form.name}`;
    const answer = await deliver(probe, await sign(probe, { form }));
    if (answer.outcome === "taken") return { form, found: answered({ ...trial, name }, answer, WRONG) };
  }
  return undefined;
}

/** Sends bytes that are others once they have been parsed, trimmed or decoded, and written again. */
export async function* unusualBytes(probe: Probe): AsyncGenerator<Case> {
  const trial = { kind: "rewritten", expected: "2xx" } as const;
  const inOtherWords = await deliver(probe, await sign(probe, { write: writeAsNobody }));
  const name = "a genuine one, its JSON written as no library does";
  yield answered({ ...trial, name }, inOtherWords, await judgeGenuine(probe, inOtherWords));

  const settings = [{ path: ["note"], text: "Été, 決算, 📈" }];
  const beyondAscii = await deliver(probe, await sign(probe, { settings }));
  yield answered(
    { ...trial, name: "a genuine one, with text beyond ASCII" },
    beyondAscii,
    await judgeBeyondAscii(probe, beyondAscii, settings),
  );
}

/** Sends a delivery as it is signed while a key is being replaced: the signature to look at is not the first one. */
export async function twoSignatures(probe: Probe): Promise<Case> {
  const { headers, body } = await sign(probe);
  const { "webhook-id": id = "", "webhook-timestamp": timestamp = "", "webhook-signature": own } = headers;
  const other = await (await createTestSigner()).sign({ id, timestamp, body });
  const answer = await deliver(probe, { headers: { ...headers, "webhook-signature": `${other} ${own}` }, body });
  const trial = { kind: "two-signatures", name: "a genuine one, with another signature before its own" } as const;
  return answered({ ...trial, expected: "2xx" }, answer, await judgeGenuine(probe, answer));
}

/** A genuine delivery that is not taken is wrongly refused if one without its particulars is taken after it. */
export async function judgeGenuine(probe: Probe, answer: Answer, without?: Particulars): Promise<Judgement> {
  if (answer.outcome === "taken") return RIGHT;
  if (!(await takesGenuine(probe, without))) return unchecked("unproven");
  return answer.outcome === "limited" ? unchecked("limited") : WRONG;
}

/** An endpoint may refuse a field that it does not know, however that is written. */
async function judgeBeyondAscii(probe: Probe, answer: Answer, settings: readonly Setting[]): Promise<Judgement> {
  const judgement = await judgeGenuine(probe, answer, { settings, write: writeInAscii });
  const isUnproven = judgement.reason === "unproven";
  return isUnproven && (await takesGenuine(probe)) ? unchecked("refused-for-content") : judgement;
}
