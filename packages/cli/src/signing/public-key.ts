import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { defaultKeyFile, loadSigningKey } from "./signing-key.ts";

/** The options of `mindbridge public-key`. */
export interface PublicKeyOptions {
  readonly keyFile?: string | undefined;
}

/** Prints the public half of the key pair that `trigger` signs with, and nothing else, so that a script can use it. */
export async function publicKey({ keyFile }: PublicKeyOptions, { output, env }: Context): Promise<number> {
  const { signer, file, isNew } = await loadSigningKey(keyFile ?? defaultKeyFile(env));
  if (isNew) output.warn(`Made a key pair, and keeps it in ${file}.`);
  output.result({ publicKey: signer.publicKey, file }, () => signer.publicKey);
  return EXIT.success;
}
