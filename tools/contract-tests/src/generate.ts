// A part of `pnpm generate`. With `--check` it writes nothing and fails if the page is stale.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { mismatchesPage } from "./mismatches.ts";

const PAGE = fileURLToPath(new URL("../../../spec/mismatches.md", import.meta.url));
const page = mismatchesPage();

if (!process.argv.includes("--check")) await writeFile(PAGE, page);
else if ((await readFile(PAGE, "utf8")) !== page) {
  console.error("spec/mismatches.md is stale. Run `pnpm generate` and commit it.");
  process.exitCode = 1;
}
