import { cp, mkdir, readFile, realpath, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type GeneratedFiles, generate } from "@mindbridge-sdk/generator";
import type { ClientClass } from "./run-case.ts";

const PACKAGES = fileURLToPath(new URL("../../../packages/", import.meta.url));

/**
 * Generates the client of another document beside the same hand-written files, and loads it.
 *
 * @param folder An empty folder, which the caller removes.
 */
export async function generateClient(document: string, folder: string): Promise<ClientClass> {
  await writeClient(await generate({ document }), folder);
  const { MindBridge } = (await import(pathToFileURL(join(folder, "client/src/index.ts")).href)) as {
    MindBridge: ClientClass;
  };
  return MindBridge;
}

/**
 * Writes generated files beside the same hand-written ones, to be run or type-checked as sources: the packages, and
 * `node_modules/`, so that programs in the folder find them by their names.
 *
 * @param folder An empty folder, which the caller removes.
 */
export async function writeClient(
  files: GeneratedFiles,
  folder: string,
  packages: readonly string[] = ["contract", "client"],
): Promise<void> {
  for (const name of packages) {
    const source = join(PACKAGES, name);
    await cp(join(source, "src"), join(folder, name, "src"), {
      recursive: true,
      filter: (path) => !path.endsWith("generated"),
    });
    // The sources are run without a build. TypeScript reads packages of one name and version only once.
    const manifest = (await readFile(join(source, "package.json"), "utf8"))
      .replaceAll("./dist/", "./src/")
      .replaceAll(/(?:\.d\.ts|\.js)"/g, '.ts"')
      .replace(/"version": "[^"]*"/, `"version": "0.0.0-${basename(folder)}"`);
    await writeFile(join(folder, name, "package.json"), manifest);
    await link(join(folder, name), join(folder, "node_modules/@mindbridge-sdk", name));
    for (const [path, text] of files) {
      if (!path.startsWith(`packages/${name}/`)) continue;
      const file = join(folder, path.replace(/^packages\//, ""));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
  const openapiFetch = createRequire(join(PACKAGES, "client/package.json")).resolve("openapi-fetch");
  await link(dirname(dirname(await realpath(openapiFetch))), join(folder, "node_modules/openapi-fetch"));
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path, "junction");
}
