import { readTarget } from "../loopback.ts";
import { UsageError } from "../usage-error.ts";
import { createEffectCounter, type EffectCounter } from "./effects.ts";
import { readSetting, type Setting, sampleTypes } from "./event.ts";

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

/** What is sent, and where. */
export interface Sending {
  readonly url: URL;
  /** `undefined` for all of them. */
  readonly type: string | undefined;
  readonly settings: readonly Setting[];
  readonly repeat: number;
  readonly tamper: string | undefined;
  readonly tolerance: number;
  readonly timeout: number;
  readonly effects: EffectCounter | undefined;
  readonly failing: Setting | undefined;
}

/**
 * Reads the options, before anything is sent.
 *
 * @throws {UsageError} that says what is wrong with them.
 */
export async function readOptions(options: TriggerOptions, signal: AbortSignal): Promise<Sending> {
  checkCombination(options);
  const { type, tamper, repeat, tolerance, timeout, effects, failing } = options;
  const allowRemote = options.allowRemote === true;
  const url = readTarget(options.to, "--to", { allowRemote });
  const counter = effects === undefined ? undefined : readTarget(effects, "--effects", { allowRemote });
  return {
    url,
    type,
    settings: options.set.map((setting) => readSetting(setting, "--set")),
    repeat,
    tamper,
    tolerance,
    timeout,
    failing: failing === undefined ? undefined : readSetting(failing, "--failing"),
    effects: counter && (await createEffectCounter(counter, { timeout, signal })),
  };
}

function checkCombination({ all, type, tamper, repeat, effects, failing }: TriggerOptions): void {
  if (all && (type !== undefined || tamper !== undefined || repeat !== 1)) {
    throw new UsageError(
      "--all sends every type and every attack: it goes with neither a type, nor --tamper, nor --repeat.",
    );
  }
  if (all) return;
  if (effects !== undefined || failing !== undefined) {
    throw new UsageError("--effects and --failing go with --all, which alone checks what they are for.");
  }
  if (type === undefined) {
    throw new UsageError(`Which delivery? Give a type (${sampleTypes().join(", ")}), or --all.`);
  }
}
