import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";
import { run } from "@mindbridge-sdk/repository/run";

/** The packages to install, with their versions, ranges or tarballs. */
export type Dependencies = Readonly<Record<string, string>>;

interface InstallOptions {
  /** Whether to ask the registry for newer versions than the cache has. */
  readonly fresh?: boolean;
}

/** Packs every package as it would be published, and returns each tarball, as a dependency, by the name of its package. */
export async function packAll(folder: string): Promise<Record<string, string>> {
  const filters = publishedPackages().map(({ name }) => `--filter=${name}`);
  const printed = await run(["pnpm", ...filters, "pack", "--json", "--pack-destination", folder], { cwd: ROOT });
  const packed = JSON.parse(printed) as { name: string; filename: string }[];
  return Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${filename}`]));
}

/** Installs packages into a folder that has nothing else in it, as a user of npm does. */
export async function install(
  folder: string,
  dependencies: Dependencies,
  { fresh = false }: InstallOptions = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
  const preference = fresh ? "--prefer-online" : "--prefer-offline";
  await run(["npm", "install", preference, "--no-audit", "--no-fund"], { cwd: folder });
}

/** A folder below the one for temporary files, which is removed with all that is in it when it is disposed of. */
export async function temporaryFolder(name: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), `${name}-`));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** The options of a user's compiler that is strict, also with the declarations of packages. */
export function compilerOptions(moduleResolution: "nodenext" | "bundler"): object {
  return {
    module: moduleResolution === "bundler" ? "esnext" : "nodenext",
    moduleResolution,
    moduleDetection: "force",
    target: "es2022",
    lib: ["es2022"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
  };
}
