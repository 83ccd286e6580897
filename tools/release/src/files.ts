import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, readDocument } from "@mindbridge-sdk/openapi";

/** The files of a repository that a release reads and writes. */
export interface Files {
  readonly root: string;
  /** The OpenAPI document. */
  readonly document: string;
  /** The document of the last release. The first release writes it. */
  readonly released: string;
  /** The folder of the changesets and their configuration. */
  readonly changesets: string;
}

export function filesOf(root: string): Files {
  return {
    root,
    document: join(root, "spec/openapi.yaml"),
    released: join(root, "spec/released.yaml"),
    changesets: join(root, ".changeset"),
  };
}

/**
 * Reads a file that the repository keeps.
 *
 * @throws {Error} if it cannot be opened or parsed.
 */
export function readKept<T>({ root }: Files, file: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(join(root, file), "utf8"));
  } catch (cause) {
    const what = cause instanceof SyntaxError ? cause.message : "it does not exist, or cannot be opened";
    throw new Error(`\`${file}\` cannot be read: ${what}. Correct or restore it: \`git checkout HEAD ${file}\`.`, {
      cause,
    });
  }
}

/** The version of the packages. All have the same. */
export function versionOf(files: Files): string {
  return readKept(files, "spec/package.json", JSON.parse).version;
}

/** The tag of the pre-releases that changesets is told to make. */
export function preReleaseTag(files: Files): string | undefined {
  const file = ".changeset/pre.json";
  if (!existsSync(join(files.root, file))) return undefined;
  const { mode, tag } = readKept(files, file, JSON.parse) as { readonly mode: "pre" | "exit"; readonly tag: string };
  return mode === "pre" ? tag : undefined;
}

export function isPreRelease(version: string): boolean {
  return version.includes("-");
}

/** The version of the last release that is no pre-release: changes are compared with it. */
export function lastRelease(files: Files): string {
  const version = versionOf(files);
  if (!isPreRelease(version)) return version;
  return existsSync(files.released) ? (HEADER.exec(readFileSync(files.released, "utf8"))?.[1] ?? version) : UNRELEASED;
}

/** The SHA-256 of the generated files without `version.ts`, which every release changes. */
export function hashGenerated({ root }: Files): string {
  const hash = createHash("sha256");
  for (const file of globSync("packages/*/src/generated/**/*.ts", { cwd: root }).toSorted()) {
    const name = file.replaceAll("\\", "/");
    if (!name.endsWith("/version.ts")) hash.update(`${name}\n${readFileSync(join(root, file), "utf8")}\n`);
  }
  return hash.digest("hex");
}

const HEADER = /^# The document of (.*), whose generated files have the SHA-256 ([0-9a-f]{64})\. /;

/** The version of packages before their first release. */
const UNRELEASED = "0.0.0";

/** Keeps the document that has just got a version. Later changes are compared with it, since clones may have no tags. */
export function writeReleased(files: Files): void {
  const header = `# The document of ${versionOf(files)}, whose generated files have the SHA-256 ${hashGenerated(files)}. \`pnpm release:version\` writes this file.\n`;
  writeFileSync(files.released, header + readFileSync(files.document, "utf8"));
}

/**
 * The document of the last release. Nothing before the first release.
 *
 * @throws {Error} if there was a release, but the file is missing.
 */
export async function readReleased(files: Files): Promise<Document | undefined> {
  if (existsSync(files.released)) {
    return readDocument(files.released, "Restore it: `git checkout HEAD spec/released.yaml`.");
  }
  const version = lastRelease(files);
  if (version === UNRELEASED) return undefined;
  throw new Error(
    `spec/released.yaml is missing, the document of ${version} that changes are compared with. ` +
      "Restore it: `git checkout HEAD spec/released.yaml`, or from the commit of the last release.",
  );
}

/** The document as it is now. */
export function readCurrent({ document }: Files): Promise<Document> {
  return readDocument(document, "Correct it: `pnpm generate` lists what is wrong, and where.");
}

/** The SHA-256 of the generated files of the last release. Nothing before the first release. */
export function releasedHash({ released }: Files): string | undefined {
  return existsSync(released) ? HEADER.exec(readFileSync(released, "utf8"))?.[2] : undefined;
}
