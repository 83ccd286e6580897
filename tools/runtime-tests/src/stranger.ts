import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pack, publishedPackages } from "@mindbridge-sdk/repository/packages";
import { build } from "esbuild";

const run = promisify(execFile);

/** A folder in which the packed packages are installed, as a stranger would have them, beside the programs that use them. */
export interface Stranger extends AsyncDisposable {
  /** For Node, Bun and Deno: it imports the packages as they are installed. */
  readonly program: string;
  /** For workerd, which has no files: the packages are bundled in. */
  readonly worker: string;
  readonly folder: string;
}

/** Packs the packages, installs them into an empty folder, and puts the programs there. */
export async function createStranger(): Promise<Stranger> {
  const folder = await mkdtemp(join(tmpdir(), "runtimes-"));
  const tarballs = publishedPackages().map((each) => pack(each, folder));
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", "--omit=peer", ...tarballs], {
    cwd: folder,
  });
  const bundle = async (entry: string, packages: "external" | "bundle"): Promise<string> => {
    const outfile = join(folder, entry.replace(/\.ts$/, ".js"));
    await build({
      entryPoints: [join(import.meta.dirname, entry)],
      outfile,
      bundle: true,
      format: "esm",
      target: "es2023",
      packages,
      // Whatever is bundled comes from the installed packages, not from this repository.
      nodePaths: [join(folder, "node_modules")],
      plugins: [
        {
          name: "installed-packages",
          setup({ onResolve, resolve }) {
            if (packages === "external") return;
            onResolve({ filter: /^@mindbridge-sdk\// }, ({ path, kind, resolveDir }) =>
              resolveDir.startsWith(folder) ? undefined : resolve(path, { kind, resolveDir: folder }),
            );
          },
        },
      ],
      logLevel: "error",
    });
    return outfile;
  };
  return {
    folder,
    program: await bundle("program.ts", "external"),
    worker: await bundle("worker.ts", "bundle"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
