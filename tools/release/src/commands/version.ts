import { readFileSync, writeFileSync } from "node:fs";
import { filesOf, versionOf } from "../files.ts";
import { setInfoVersion } from "../info-version.ts";
import { writeReleased } from "../released.ts";
import { run } from "../run.ts";

/** Gives the packages, the document and what is generated the version that the changesets ask for. */
export function version(root: string): number {
  const files = filesOf(root);
  const before = versionOf(files);
  run(root, "pnpm", "exec", "changeset", "version");
  const now = versionOf(files);
  if (now === before) return 0;
  writeFileSync(files.document, setInfoVersion(readFileSync(files.document, "utf8"), now));
  run(root, "pnpm", "--filter", "@mindbridge-sdk/generator", "run", "generate");
  writeReleased(files);
  return 0;
}
