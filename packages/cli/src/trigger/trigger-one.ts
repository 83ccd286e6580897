import { signDelivery, type TestSigner, tampered } from "@mindbridge-sdk/testing";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { shownUrl } from "../loopback.ts";
import { nearest } from "../operations/nearest.ts";
import { printable, printableLine } from "../printable.ts";
import { attackWord, findAttack } from "./attack-names.ts";
import { judgeAttack } from "./attacks.ts";
import { RIGHT, type Verdict, WRONG } from "./case.ts";
import { newId, sampleEvent, sampleTypes } from "./event.ts";
import { mark } from "./mark.ts";
import type { Sending } from "./read-options.ts";
import { type Answer, formatAnswer, type Sendable, send } from "./send.ts";

/** Sends one delivery, as often as is said. */
export async function triggerOne(
  { url, type, settings, repeat, tamper, tolerance, timeout }: Sending & { readonly type: string },
  signer: TestSigner,
  { output, signal }: Context,
): Promise<number> {
  const id = newId();
  const { event, isKnown } = sampleEvent(type, { id, settings });
  if (!isKnown) output.warn(describeUnknown(type));
  const attack = tamper === undefined ? undefined : findAttack(await tampered({ event, signer, tolerance }), tamper);
  const delivery: Sendable = attack?.delivery ?? (await signDelivery(event, { signer, id }));
  const sent = [];
  for (let count = 0; count < repeat; count += 1) {
    const answer = await send(url, delivery, { timeout, signal });
    const judgeGenuine = () => (answer.outcome === "taken" ? RIGHT : WRONG);
    const { verdict } = attack ? judgeAttack(attack, answer, { verifies: true }) : judgeGenuine();
    sent.push({ ...answer, verdict });
    const remark = remarkOn(answer, verdict, attack !== undefined);
    output.tell(`${mark(verdict, output)} ${formatAnswer(answer)}${remark}`);
    if (answer.status !== undefined && answer.body.trim() !== "") {
      output.tell(printable(answer.body.trim()).replaceAll(/^/gm, "  "));
    }
  }
  const wrong = sent.filter(({ verdict }) => verdict === "wrong" || verdict === "unchecked").length;
  output.result(
    {
      to: shownUrl(url),
      publicKey: signer.publicKey,
      type,
      ...(attack && { attack: attackWord(attack.name) }),
      ...delivery,
      sent,
    },
    () => (wrong === 0 ? "As it should be." : `${wrong} of ${sent.length} not as it should be.`),
  );
  return wrong === 0 ? EXIT.success : EXIT.failure;
}

/** What is said besides the answer. */
function remarkOn({ outcome }: Answer, verdict: Verdict, isAttack: boolean): string {
  if (verdict === "right") return "";
  if (!isAttack) return "  It was not taken.";
  if (outcome !== "taken") return "  That does not say whether it was refused.";
  return verdict === "lenient" ? "  It took an attack that does no harm." : "  It took an attack.";
}

function describeUnknown(type: string): string {
  const meant = nearest(type, sampleTypes());
  const suggestion = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `The contract lists no ${printableLine(type)}: what is sent has no data but what --set gives it.${suggestion}`;
}
