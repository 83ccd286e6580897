import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";

/** A module that users import, such as `@mindbridge-sdk/receiver/node`, and its page. */
export interface ModulePage {
  /** The Markdown file of the page, as if it stood in the repository. */
  readonly source: string;
  readonly title: string;
  readonly description: string;
  /** What users import. */
  readonly specifier: string;
  /** The file of its declarations, from the folder of the packages. */
  readonly types: string;
}

/** The packages whose functions people call. Of the contract, users import one module. */
const PACKAGES = ["client", "receiver", "testing", "contract"];

/** The modules of the packages. */
export const MODULES: readonly ModulePage[] = PACKAGES.flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(join(ROOT, "packages", folder, "package.json"), "utf8")) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, { readonly types?: string }>>;
  };
  return Object.entries(exports).flatMap(([path, { types }]): ModulePage[] => {
    if (types === undefined || (folder === "contract" && path !== ".")) return [];
    const [specifier, title] = [join(name, path), join(folder, path)];
    return [
      {
        source: `docs/typescript/${title}.md`,
        title,
        description: `Every function, class, option and type that ${specifier} exports, with its TypeScript types.`,
        specifier,
        types: join(folder, types),
      },
    ];
  });
});

/** The types that openapi-typescript makes for openapi-fetch: the whole document. People use those that have names of their own. */
export const DOCUMENT_TYPES: readonly string[] = ["components", "operations", "paths", "webhooks"];
