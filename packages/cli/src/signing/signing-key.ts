import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
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
  const { XDG_CONFIG_HOME: xdg = "", APPDATA, HOME } = env;
  // A relative one is to be ignored (XDG Base Directory Specification).
  const given = isAbsolute(xdg) ? xdg : process.platform === "win32" && APPDATA;
  return join(given || join(HOME || homedir(), ".config"), "mindbridge", "signing-key");
}

/**
 * Reads the key pair, or makes it where there is none yet: in a file that nobody else may read.
 *
 * @throws {UsageError} if the file can be read by others, holds something else, or cannot be made.
 */
export async function loadSigningKey(file: string): Promise<SigningKey> {
  // Where it is not there at first and cannot be made, another process was quicker.
  const key = (await readSigningKey(file)) ?? (await makeSigningKey(file)) ?? (await readSigningKey(file));
  if (key) return key;
  throw new UsageError(`The signing key leads nowhere: ${file} is a link. Remove it, or give another --key-file.`);
}

/** `undefined` where there is none. */
async function readSigningKey(file: string): Promise<SigningKey | undefined> {
  const kept = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw new UsageError(`The signing key could not be read (${error.code}): ${file}`);
  });
  if (kept === undefined) return undefined;
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

/** `undefined` where something is there by now. */
async function makeSigningKey(file: string): Promise<SigningKey | undefined> {
  const signer = await createTestSigner();
  const folder = dirname(file);
  try {
    // A folder that was there before keeps its permissions: it may be shared with other things.
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await chmod(folder, 0o700);
    await writeFile(file, `${signer.privateKey}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return undefined;
    throw new UsageError(`The signing key could not be kept (${code}): ${file}`, { cause: error });
  }
  return { signer, file, isNew: true };
}
