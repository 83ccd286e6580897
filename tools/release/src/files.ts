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

/** The version of the packages, which all have the same one. */
export function versionOf({ root }: Files): string {
  return JSON.parse(readFileSync(join(root, "spec/package.json"), "utf8")).version;
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
