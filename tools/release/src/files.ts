import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of a repository that a release reads and writes. */
export interface Files {
  readonly root: string;
  /** The OpenAPI document. */
  readonly document: string;
  /** The document as it was last released. It is not there before the first release. */
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
 * @throws {Error} if it is not there, or is not what it should be.
 */
export function readKept<T>({ root }: Files, file: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(join(root, file), "utf8"));
  } catch (cause) {
    const what = cause instanceof SyntaxError ? cause.message : "it is not there, or cannot be opened";
    throw new Error(`\`${file}\` cannot be read: ${what}. Mend it, or take it back: \`git checkout HEAD ${file}\`.`, {
      cause,
    });
  }
}

/** The version of the packages, which all have the same one. */
export function versionOf(files: Files): string {
  return readKept(files, "spec/package.json", JSON.parse).version;
}

/** The SHA-256 of what is generated, but for the version and the hash of the document, which each release changes. */
export function hashGenerated({ root }: Files): string {
  const hash = createHash("sha256");
  for (const file of globSync("packages/*/src/generated/**/*.ts", { cwd: root }).toSorted()) {
    const name = file.replaceAll("\\", "/");
    if (!name.endsWith("/version.ts")) hash.update(`${name}\n${readFileSync(join(root, file), "utf8")}\n`);
  }
  return hash.digest("hex");
}
