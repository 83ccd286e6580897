import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";

/** A Markdown file of this repository. */
export interface Page {
  /** From the root of the repository, such as `docs/errors.md`. */
  readonly path: string;
  readonly text: string;
}

/** Reads a Markdown file, by its path from the root. */
export const readPage = (path: string): Page => ({ path, text: readFileSync(join(ROOT, path), "utf8") });

/** The guides: all that is in `docs/`. */
export const guides = (): Page[] => globSync("docs/*.md", { cwd: ROOT }).toSorted().map(readPage);

/** The READMEs that users read: of the repository and of what is published. */
export const readmes = (): Page[] =>
  ["README.md", ...publishedPackages().map(({ folder }) => join(folder.slice(ROOT.length + 1), "README.md"))].map(
    readPage,
  );
