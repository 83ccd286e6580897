import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Files, hashGenerated, versionOf } from "./files.ts";

const HEADER = /^# The document of .*, whose generated files have the SHA-256 ([0-9a-f]{64})\. /;

/** Keeps what has just been given a version, for later changes to be compared with: clones need not have tags. */
export function writeReleased(files: Files): void {
  const header = `# The document of ${versionOf(files)}, whose generated files have the SHA-256 ${hashGenerated(files)}. \`pnpm release:version\` writes this file.\n`;
  writeFileSync(files.released, header + readFileSync(files.document, "utf8"));
}

/** The SHA-256 of the generated files of the last release. Nothing before the first one. */
export function releasedHash({ released }: Files): string | undefined {
  return existsSync(released) ? HEADER.exec(readFileSync(released, "utf8"))?.[1] : undefined;
}
