import { isWebhookEvent } from "@mindbridge-sdk/contract";
import { subscriptions } from "@mindbridge-sdk/testing";
import { type Context, EXIT } from "../action.ts";
import { readTarget } from "../addresses.ts";
import { UsageError } from "../errors.ts";
import { printableLine } from "../printable.ts";
import { loadSigningKey, type SigningKey } from "../signing-key.ts";
import { readSetting } from "./settings.ts";
import { effectsAt, triggerAll } from "./trigger-all.ts";
import { attackWords, checkAttack, sampleTypes, triggerOne } from "./trigger-one.ts";

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
  readonly verbose?: true | undefined;
  readonly keyFile?: string | undefined;
}

/**
 * Sends an endpoint one delivery or, with `--all`, everything that shows whether it is safe. `--tamper list` sends nothing.
 *
 * @throws {UsageError} if an option is wrong: nothing was sent, and no key pair was made.
 */
export async function trigger(options: TriggerOptions, context: Context): Promise<number> {
  if (options.tamper === "list") {
    const attacks = await attackWords();
    context.output.result({ attacks }, () => attacks.join("\n"));
    return EXIT.success;
  }
  const type = typeOf(options);
  const { repeat, tamper, tolerance, timeout, verbose = false } = options;
  const { signal } = context;
  const allowRemote = options.allowRemote === true;
  const url = readTarget(options.to, "--to", { allowRemote });
  const counter = options.effects === undefined ? undefined : readTarget(options.effects, "--effects", { allowRemote });
  const settings = options.set.map((setting) => readSetting(setting, "--set"));
  const failing = options.failing === undefined ? undefined : readSetting(options.failing, "--failing");
  const effects = counter && (await effectsAt(counter, signal));
  if (tamper !== undefined) await checkAttack(tamper);
  const key = await loadSigningKey(options.keyFile, context.env);
  context.output.tell(describeKey(key));
  return type === undefined
    ? triggerAll({ url, settings, tolerance, timeout, effects, failing, verbose }, key.signer, context)
    : triggerOne({ url, type, settings, repeat, tamper, tolerance, timeout }, key.signer, context);
}

/**
 * The type to send; `undefined` for all.
 *
 * @throws {UsageError} if flags do not go together.
 */
function typeOf({ all, type, tamper, repeat, effects, failing }: TriggerOptions): string | undefined {
  if (all && (type !== undefined || tamper !== undefined || repeat !== 1)) {
    throw new UsageError("--all sends every type and every attack: leave out the type, --tamper and --repeat.");
  }
  if (all) return undefined;
  if (effects !== undefined || failing !== undefined) {
    throw new UsageError("--effects and --failing go with --all, which alone checks what they are for.");
  }
  if (type === undefined) {
    throw new UsageError(`Which delivery? Give a type (${sampleTypes().join(", ")}), or --all.`);
  }
  if (isWebhookEvent(type)) {
    const [deliveryType] = Object.entries(subscriptions).find(([, event]) => event === type) ?? [];
    throw new UsageError(
      `${type} is an event that webhooks subscribe to. ${
        deliveryType === undefined
          ? "The contract does not say which type its deliveries have: look at one with `mindbridge listen`."
          : `Its deliveries have the type ${deliveryType}: give that.`
      }`,
    );
  }
  return type;
}

function describeKey({ signer, file, isNew }: SigningKey): string {
  const made = isNew ? "made just now and " : "";
  return `Signed with the key pair ${made}kept in\n  ${printableLine(file)}\nThe endpoint verifies it with the public key\n  ${signer.publicKey}\n`;
}
