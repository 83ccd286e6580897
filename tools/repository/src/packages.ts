import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The root of this repository. */
export const ROOT = join(import.meta.dirname, "../../..");

export interface PublishedPackage {
  readonly name: string;
  readonly folder: string;
}

/** The packages that are published. */
export function publishedPackages(): PublishedPackage[] {
  return ["spec", ...readdirSync(join(ROOT, "packages")).map((name) => join("packages", name))]
    .map((folder) => join(ROOT, folder))
    .filter((folder) => existsSync(join(folder, "package.json")))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ folder, manifest }) => ({ folder, name: manifest.name }));
}
