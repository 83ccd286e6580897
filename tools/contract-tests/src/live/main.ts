import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { live } from "./live.ts";

const folder = fileURLToPath(new URL("../../reports/", import.meta.url));
const file = `${folder}live.json`;
// The report of an earlier run must not pass for that of this one.
await rm(file, { force: true });

process.exitCode = await live({
  env: process.env,
  write: (text) => void process.stdout.write(text),
  async save(report) {
    await mkdir(folder, { recursive: true });
    await writeFile(file, report);
  },
});
