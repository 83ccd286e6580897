import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTestSigner, type TestSigner } from "@mindbridge-sdk/testing";
import { type Context, EXIT } from "./action.ts";
import { UsageError } from "./errors.ts";
import { configurationFolder, isOpenToOthers, makeFolderOf } from "./owner-only.ts";
import { printableLine } from "./printable.ts";

/** The key pair that signs deliveries for tests. */
export interface SigningKey {
  readonly signer: TestSigner;
  /** Where the private half is kept. */
  readonly file: string;
  /** Whether it was made just now. */
  readonly isNew: boolean;
}

/** The options of `mindbridge public-key`. */
export interface PublicKeyOptions {
  readonly keyFile?: string | undefined;
}

/** Prints the public half of the key pair that `trigger` signs with, and nothing else, so that a script can use it. */
export async function publicKey({ keyFile }: PublicKeyOptions, { output, env }: Context): Promise<number> {
  const { signer, file, isNew } = await loadSigningKey(keyFile, env);
  if (isNew) output.warn(`Made a key pair, which is kept in ${printableLine(file)}.`);
  output.result({ publicKey: signer.publicKey, file }, () => signer.publicKey);
  return EXIT.success;
}

/**
 * Reads the key pair. If there is none yet, makes it, in a file that nobody else may read.
 *
 * @throws {UsageError} if the file can be read by others, holds something else, or cannot be made.
 */
export async function loadSigningKey(keyFile: string | undefined, env: NodeJS.ProcessEnv): Promise<SigningKey> {
  const file = keyFile ?? join(configurationFolder(env), "signing-key");
  // If the file is missing at first and then cannot be made, another process was quicker.
  const key = (await readSigningKey(file)) ?? (await makeSigningKey(file)) ?? (await readSigningKey(file));
  if (key) return key;
  throw new UsageError(`The signing key leads nowhere: ${file} is a link. Remove it, or give another --key-file.`);
}

/** `undefined` if there is none. */
async function readSigningKey(file: string): Promise<SigningKey | undefined> {
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new UsageError(`The signing key could not be read (${error.code}): ${file}`);
  });
  if (kept === undefined) return undefined;
  if (isOpenToOthers(await stat(file))) {
    throw new UsageError(`Others may read the signing key: chmod 600 ${file}, or remove it to get a new one.`);
  }
  const signer = await createTestSigner({ privateKey: kept.trim() }).catch(() => {
    throw new UsageError(`There is no signing key in ${file}: remove the file to get a new one.`);
  });
  return { signer, file, isNew: false };
}

/** `undefined` if the file has been made in the meantime. */
async function makeSigningKey(file: string): Promise<SigningKey | undefined> {
  const signer = await createTestSigner();
  try {
    await makeFolderOf(file);
    await writeFile(file, `${signer.privateKey}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return undefined;
    throw new UsageError(`The signing key could not be kept (${code}): ${file}`, { cause: error });
  }
  return { signer, file, isNew: true };
}
