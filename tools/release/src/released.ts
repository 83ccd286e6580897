import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Document } from "@mindbridge-sdk/openapi";
import { readDocument } from "@mindbridge-sdk/openapi";
import { type Files, hashGenerated, versionOf } from "./files.ts";

const HEADER = /^# The document of .*, whose generated files have the SHA-256 ([0-9a-f]{64})\. /;

/** The version of packages that have never been released. */
const UNRELEASED = "0.0.0";

/** Keeps what has just been given a version, for later changes to be compared with: clones need not have tags. */
export function writeReleased(files: Files): void {
  const header = `# The document of ${versionOf(files)}, whose generated files have the SHA-256 ${hashGenerated(files)}. \`pnpm release:version\` writes this file.\n`;
  writeFileSync(files.released, header + readFileSync(files.document, "utf8"));
}

/**
 * The document as it was last released. Nothing before the first release.
 *
 * @throws {Error} if it is not there though there was a release.
 */
export async function readReleased(files: Files): Promise<Document | undefined> {
  if (existsSync(files.released)) return readDocument(files.released);
  const version = versionOf(files);
  if (version === UNRELEASED) return undefined;
  throw new Error(
    `spec/released.yaml is missing, the document of ${version} that changes are compared with. ` +
      "Take it back: `git checkout HEAD spec/released.yaml`, or from the commit of the last release.",
  );
}

/** The SHA-256 of the generated files of the last release. Nothing before the first one. */
export function releasedHash({ released }: Files): string | undefined {
  return existsSync(released) ? HEADER.exec(readFileSync(released, "utf8"))?.[1] : undefined;
}
