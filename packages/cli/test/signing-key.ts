import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { mindbridge } from "./command.ts";

/** A file for a key pair, in a folder that is not there yet. */
export function keyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "config", "signing-key");
}

/** A key pair as it is kept. */
export async function signingKey(): Promise<{ file: string; publicKey: string }> {
  const file = keyFile();
  const { stdout } = await mindbridge(["public-key", "--key-file", file]);
  return { file, publicKey: stdout.trim() };
}
