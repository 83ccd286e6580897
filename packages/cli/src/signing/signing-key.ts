import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createTestSigner, type TestSigner } from "@mindbridge-sdk/testing";
import { UsageError } from "../usage-error.ts";

/** The key pair that deliveries for tests are signed with. */
export interface SigningKey {
  readonly signer: TestSigner;
  /** Where the private half is kept. */
  readonly file: string;
  /** Whether it was made just now. */
  readonly isNew: boolean;
}

/** Where the key pair is kept, unless `--key-file` says otherwise. */
export function defaultKeyFile(env: NodeJS.ProcessEnv): string {
  const folder =
    env.XDG_CONFIG_HOME || (process.platform === "win32" && env.APPDATA) || join(env.HOME || homedir(), ".config");
  return join(folder, "mindbridge", "signing-key");
}

/**
 * Reads the key pair, or makes it where there is none yet: in a file that nobody else may read.
 *
 * @throws {UsageError} if the file can be read by others, or holds something else.
 */
export async function loadSigningKey(file: string): Promise<SigningKey> {
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new UsageError(`The signing key could not be read (${error.code}): ${file}`);
  });
  if (kept === undefined) return makeSigningKey(file);
  const { mode } = await stat(file);
  // Windows has no such bits.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new UsageError(`Others may read the signing key: chmod 600 ${file}, or remove it to get a new one.`);
  }
  const signer = await createTestSigner({ privateKey: kept.trim() }).catch(() => {
    throw new UsageError(`There is no signing key in ${file}: remove the file to get a new one.`);
  });
  return { signer, file, isNew: false };
}

async function makeSigningKey(file: string): Promise<SigningKey> {
  const signer = await createTestSigner();
  const folder = dirname(file);
  // A folder that was there before keeps its permissions: it may be shared with other things.
  if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await chmod(folder, 0o700);
  try {
    await writeFile(file, `${signer.privateKey}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return loadSigningKey(file);
    throw error;
  }
  return { signer, file, isNew: true };
}
