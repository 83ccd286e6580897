import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mindbridge } from "./command.ts";

/** A key pair of `mindbridge trigger`, which is gone when this is disposed of. */
export interface SigningKey extends AsyncDisposable {
  /** What `--key-file` takes. */
  readonly file: string;
  /** What the app under test verifies with. */
  readonly publicKey: string;
}

/** Has `mindbridge` make a key pair of its own. */
export async function createSigningKey(): Promise<SigningKey> {
  const folder = await mkdtemp(join(tmpdir(), "example-tests-"));
  const file = join(folder, "signing-key");
  const { stdout } = await mindbridge(["public-key", "--key-file", file]);
  return {
    file,
    publicKey: stdout.trim(),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
