import { randomBytes } from "node:crypto";
import { adviceOn } from "@mindbridge-sdk/receiver";
import {
  type Attack,
  createTestSigner,
  deliveries,
  signDelivery,
  type TestSigner,
  tampered,
} from "@mindbridge-sdk/testing";
import {
  type Answer,
  formatAnswer,
  judgeAnswer,
  mistakeIn,
  sendDelivery,
  type Verdict,
} from "@mindbridge-sdk/testing/examine";
import { type Context, EXIT } from "../action.ts";
import { adviceOnSilence, shownUrl } from "../addresses.ts";
import { UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { printable, printableLine } from "../printable.ts";
import { mark, withFlags } from "./format.ts";
import { type Event, newFields, type Setting, withSettings } from "./settings.ts";

/** A single delivery, and where to send it. */
export interface Single {
  readonly url: URL;
  readonly type: string;
  readonly settings: readonly Setting[];
  readonly repeat: number;
  /** The name of an attack. */
  readonly tamper: string | undefined;
  /** In seconds. */
  readonly tolerance: number;
  /** In milliseconds. */
  readonly timeout: number;
}

/** Sends one delivery, `repeat` times. */
export async function triggerOne(
  { url, type, settings, repeat, tamper, tolerance, timeout }: Single,
  signer: TestSigner,
  { output, signal }: Context,
): Promise<number> {
  const id = randomBytes(12).toString("hex");
  const { sample, isKnown } = sampleOf(type, id);
  if (!isKnown) output.warn(describeUnknown(type));
  const added = isKnown ? newFields(sample, settings) : [];
  for (const each of added) output.warn(each);
  const event = withSettings(sample, settings);
  const attack = tamper === undefined ? undefined : findAttack(await tampered({ event, signer, tolerance }), tamper);
  const delivery = attack?.delivery ?? (await signDelivery(event, { signer, id }));
  const sent = [];
  for (let count = 0; count < repeat; count += 1) {
    const answer = await sendDelivery(delivery, { url, timeout, signal });
    const { verdict } = judgeAnswer(answer, attack);
    sent.push({ ...answer, verdict });
    output.tell(`${mark(verdict, output)} ${formatAnswer(answer)}${remarkOn(answer, verdict, attack !== undefined)}`);
    if (answer.status !== undefined && answer.body.trim() !== "") {
      output.tell(printable(answer.body.trim()).replaceAll(/^/gm, "  "));
    }
    const advised = verdict === "right" ? undefined : adviceFor(answer, url, attack !== undefined);
    if (advised !== undefined) output.tell(`  ${advised}`);
  }
  const wrong = sent.filter(({ verdict }) => verdict === "wrong" || verdict === "unchecked").length;
  output.result(
    {
      to: shownUrl(url),
      publicKey: signer.publicKey,
      type,
      ...(attack && { attack: attackWord(attack) }),
      ...delivery,
      sent,
    },
    () => {
      if (wrong > 0) return `${wrong} of ${sent.length} not as it should be.`;
      const unusual = [...(isKnown ? [] : ["an unlisted type"]), ...(added.length > 0 ? ["a new field"] : [])];
      return unusual.length === 0
        ? "As it should be."
        : `As it should be, but for ${unusual.join(" and ")}: see the warning above.`;
    },
  );
  return wrong === 0 ? EXIT.success : EXIT.failure;
}

/** @throws {UsageError} if there is none of that name. */
export async function checkAttack(name: string): Promise<void> {
  findAttack(await anyAttacks(), name);
}

/** The names of all attacks, as words of the command line. */
export async function attackWords(): Promise<string[]> {
  return (await anyAttacks()).map(attackWord);
}

async function anyAttacks(): Promise<Attack[]> {
  return tampered({ event: { type: "any" }, signer: await createTestSigner() });
}

/** The types that have a sample: those that the contract lists. */
export function sampleTypes(): string[] {
  return samples().map(({ type }) => String(type));
}

function samples(): Event[] {
  return Object.values(deliveries).map((make): Event => ({ ...make() }));
}

/** A sample of a type, as a new event. */
function sampleOf(type: string, id: string): { readonly sample: Event; readonly isKnown: boolean } {
  const known = samples().find((each) => each.type === type);
  const sample = known ?? { ...samples()[0], type, data: {} };
  // An endpoint that acts once may remember an event by any of these ids.
  for (const holder of [sample, sample.data as Event]) if ("eventId" in holder) holder.eventId = id;
  return { sample, isKnown: known !== undefined };
}

/**
 * The attack of a name, as a word of the command line or as it stands.
 *
 * @throws {UsageError} if there is none of that name.
 */
function findAttack(attacks: readonly Attack[], name: string): Attack {
  const word = attackWord({ name });
  const found = attacks.find((attack) => attackWord(attack) === word);
  if (found) return found;
  const words = attacks.map(attackWord);
  const meant = nearest(name, words);
  const suggestion = meant === undefined ? "" : ` Did you mean ${meant}?`;
  throw new UsageError(`There is no attack called ${JSON.stringify(name)}.${suggestion} All of them: --tamper list`);
}

/** The name of an attack as a word of the command line: `the id is another` is `id-is-another`. */
function attackWord({ name }: Pick<Attack, "name">): string {
  return name
    .replace(/^the /, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .toLowerCase();
}

/** What to do about an answer that was not right. */
function adviceFor(answer: Answer, url: URL, isAttack: boolean): string | undefined {
  if (answer.status === undefined) return adviceOnSilence(url, answer.error, answer.timedOut);
  const mistake = isAttack ? undefined : mistakeIn(answer);
  return adviceOn(answer.code ?? "") ?? (mistake && withFlags(mistake).whatToDo);
}

/** A remark on an answer that was not right. */
function remarkOn({ outcome }: Answer, verdict: Verdict, isAttack: boolean): string {
  if (verdict === "right") return "";
  if (!isAttack) return "  It was not taken.";
  if (outcome !== "taken") return "  That does not say whether it was refused.";
  return verdict === "lenient" ? "  It took an attack that does no harm." : "  It took an attack.";
}

function describeUnknown(type: string): string {
  const meant = nearest(type, sampleTypes());
  const suggestion = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `The contract lists no ${printableLine(type)}: the delivery has no data except what --set gives it.${suggestion}`;
}
