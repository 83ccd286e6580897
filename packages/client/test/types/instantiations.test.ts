import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const tsc = join(root, "node_modules/typescript/bin/tsc");

/** How many types a compiler instantiates for a program. */
async function instantiations(folder: string, name: string, program: string): Promise<number> {
  const file = join(folder, `${name}.ts`);
  await writeFile(file, program);
  const options = [
    "--ignoreConfig",
    "--noEmit",
    "--strict",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--target",
    "es2023",
  ];
  const lib = ["--lib", "es2023,dom", "--allowImportingTsExtensions", "--extendedDiagnostics"];
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, ...options, ...lib, file]);
  const count = /^Instantiations:\s+(\d+)/m.exec(stdout)?.[1];
  if (!count) throw new Error(`tsc printed no instantiations:\n${stdout}`);
  return Number(count);
}

test("a create call costs a user's compiler fewer than 50 instantiations", async () => {
  // Inside the package, so that its dependencies are found.
  const folder = await mkdtemp(join(import.meta.dirname, "program-"));
  try {
    const client = `import { MindBridge } from "../../../src/index.ts";
      export const client = new MindBridge({ tenant: "acme", token: "token" });\n`;
    const call = `export const id: Promise<string> = client.webhooks.create({ name: "a", url: "b",
      technicalContactId: "c", events: ["EXPORT_READY"], status: "ACTIVE" }).then((webhook) => webhook.id);\n`;
    const [without, withCall] = await Promise.all([
      instantiations(folder, "without", client),
      instantiations(folder, "with", client + call),
    ]);
    expect(withCall - without).toBeLessThan(50);
  } finally {
    await rm(folder, { recursive: true });
  }
});
