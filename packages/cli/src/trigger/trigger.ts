import type { Context } from "../context.ts";
import { defaultKeyFile, loadSigningKey } from "../signing/signing-key.ts";
import { checkAttack } from "./attack-names.ts";
import { readOptions, type TriggerOptions } from "./read-options.ts";
import { triggerAll } from "./trigger-all.ts";
import { triggerOne } from "./trigger-one.ts";

/** Sends an endpoint one delivery, or with `--all` whatever tells whether it is safe, and says what came of it. */
export async function trigger(options: TriggerOptions, context: Context): Promise<number> {
  const { output, env, signal } = context;
  const sending = await readOptions(options, signal);
  // No key pair is made for what is then refused.
  if (sending.tamper !== undefined) await checkAttack(sending.tamper);
  const { signer, file, isNew } = await loadSigningKey(options.keyFile ?? defaultKeyFile(env));
  const made = isNew ? "made just now and " : "";
  output.tell(`Signed with the key pair ${made}kept in ${file}. The endpoint verifies it with the public key`);
  output.tell(`  ${signer.publicKey}\n`);
  const { type } = sending;
  return type === undefined ? triggerAll(sending, signer, context) : triggerOne({ ...sending, type }, signer, context);
}
