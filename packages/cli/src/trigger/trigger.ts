import { signDelivery, tampered } from "@mindbridge-sdk/testing";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { readTarget } from "../loopback.ts";
import { printable } from "../printable.ts";
import { defaultKeyFile, loadSigningKey, type SigningKey } from "../signing/signing-key.ts";
import { UsageError } from "../usage-error.ts";
import { attackWord, findAttack } from "./attack-names.ts";
import { sampleEvent, sampleTypes } from "./event.ts";
import { type Case, examine } from "./examine.ts";
import { findMistakes } from "./mistakes.ts";
import { formatAnswer, isTaken, type Sendable, send } from "./send.ts";

/** The options of `mindbridge trigger`. */
export interface TriggerOptions {
  readonly type?: string | undefined;
  readonly to: string;
  readonly set: readonly string[];
  readonly repeat: number;
  readonly tamper?: string | undefined;
  readonly all?: true | undefined;
  readonly effects?: string | undefined;
  readonly failing?: string | undefined;
  /** In seconds. */
  readonly tolerance: number;
  /** In milliseconds. */
  readonly timeout: number;
  readonly allowRemote?: true | undefined;
  readonly keyFile?: string | undefined;
}

/** Sends an endpoint one delivery, or with `--all` whatever tells whether it is safe, and says what came of it. */
export async function trigger(options: TriggerOptions, context: Context): Promise<number> {
  const { output, env } = context;
  const url = readTarget(options.to, "--to", { allowRemote: options.allowRemote === true });
  const key = await loadSigningKey(options.keyFile ?? defaultKeyFile(env));
  const made = key.isNew ? "made just now and " : "";
  output.tell(`Signed with the key pair ${made}kept in ${key.file}. The endpoint verifies it with the public key`);
  output.tell(`  ${key.signer.publicKey}\n`);
  return options.all ? triggerAll(url, key, options, context) : triggerOne(url, key, options, context);
}

async function triggerOne(
  url: URL,
  { signer }: SigningKey,
  { type, set, repeat, tamper, tolerance, timeout }: TriggerOptions,
  { output, signal }: Context,
): Promise<number> {
  if (type === undefined) throw new UsageError(`Which delivery? Give a type (${sampleTypes().join(", ")}), or --all.`);
  const { event, isKnown } = sampleEvent(type, set);
  if (!isKnown)
    output.warn(`The contract lists no ${printable(type)}: what is sent has no data but what --set gives it.`);
  const attack = tamper === undefined ? undefined : findAttack(await tampered({ event, signer, tolerance }), tamper);
  const delivery: Sendable = attack?.delivery ?? (await signDelivery(event, { signer }));
  const sent = [];
  for (let count = 0; count < repeat; count += 1) {
    const answer = await send(url, delivery, { timeout, signal });
    const right = attack ? (answer.status ?? 0) >= 400 : isTaken(answer);
    sent.push({ ...answer, right });
    const verdict = right ? "" : attack ? "  It took an attack." : "  It was not taken.";
    output.tell(`${right ? output.style("green", "✓") : output.style("red", "✗")} ${formatAnswer(answer)}${verdict}`);
    if (answer.status !== undefined && answer.body.trim() !== "") output.tell(`  ${printable(answer.body.trim())}`);
  }
  const wrong = sent.filter(({ right }) => !right).length;
  output.result(
    {
      to: url.href,
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

async function triggerAll(
  url: URL,
  { signer }: SigningKey,
  { type, set, tamper, repeat, effects, failing, tolerance, timeout, allowRemote }: TriggerOptions,
  { output, signal }: Context,
): Promise<number> {
  if (type !== undefined || tamper !== undefined || repeat !== 1) {
    throw new UsageError(
      "--all sends every type and every attack: it goes with neither a type, nor --tamper, nor --repeat.",
    );
  }
  const cases: Case[] = [];
  const counter =
    effects === undefined ? undefined : readTarget(effects, "--effects", { allowRemote: allowRemote === true });
  const options = { url, signer, settings: set, tolerance, effects: counter, failing, timeout, signal };
  for await (const each of examine(options)) {
    cases.push(each);
    output.tell(formatCase(each, output));
    // Nothing is to be learnt from what is not there.
    if (each.status === undefined && each.right === false && cases.length === 1) break;
  }
  const mistakes = findMistakes(cases);
  const count = (right: boolean | undefined) => cases.filter((each) => each.right === right).length;
  const counts = { right: count(true), wrong: count(false), unchecked: count(undefined) };
  output.result({ to: url.href, publicKey: signer.publicKey, ...counts, mistakes, cases }, () =>
    [
      "",
      ...mistakes.map(
        ({ name, explanation, whatToDo }) => `${output.style(["red", "bold"], name)}: ${explanation}\n  ${whatToDo}\n`,
      ),
      ...unchecked({ effects, failing }).map((line) => `${output.style("yellow", "not checked")}: ${line}\n`),
      `${counts.right} right, ${counts.wrong} wrong, ${counts.unchecked} not checked.`,
    ].join("\n"),
  );
  return counts.wrong === 0 ? EXIT.success : EXIT.failure;
}

function formatCase({ name, expected, answer, right }: Case, { style }: Context["output"]): string {
  const mark = right === undefined ? style("yellow", "?") : right ? style("green", "✓") : style("red", "✗");
  const verdict = right === false ? `  wrong: expected ${expected}` : "";
  return `${mark} ${name.padEnd(62)} ${printable(answer)}${verdict}`;
}

/** What an endpoint must tell of itself, since no answer gives it away. */
function unchecked({ effects, failing }: Pick<TriggerOptions, "effects" | "failing">): string[] {
  return [
    ...(effects === undefined
      ? [
          "whether a delivery that comes twice has one effect. Give --effects URL, which answers GET with how many were handled.",
        ]
      : []),
    ...(failing === undefined
      ? [
          "whether a delivery that cannot be handled is answered with 5xx. Give --failing path=value, with which it cannot be.",
        ]
      : []),
  ];
}
