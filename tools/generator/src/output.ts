import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GENERATED_FOLDERS } from "./emit/index.ts";
import type { GeneratedFiles } from "./generate.ts";

/** The generated files below `root` that are missing, changed, or no longer generated. Sorted. */
export function staleFiles(root: string, files: GeneratedFiles): string[] {
  const changed = [...files].filter(([path, text]) => read(join(root, path)) !== text).map(([path]) => path);
  return [...changed, ...obsoleteFiles(root, files)].toSorted();
}

/**
 * Brings the generated folders below `root` up to date, all or nothing: if one file cannot be written, the others are restored.
 * Files that are up to date are left untouched.
 *
 * @returns The paths that changed.
 */
export function writeFiles(root: string, files: GeneratedFiles): string[] {
  const stale = staleFiles(root, files);
  const before = new Map(stale.map((path) => [path, read(join(root, path))]));
  const staged = stale
    .filter((path) => files.has(path))
    .map((path) => ({ path: join(root, path), text: files.get(path) ?? "" }));
  const temporary = (path: string) => `${path}.${process.pid}.tmp`;
  try {
    for (const { path, text } of staged) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(temporary(path), text);
    }
    for (const { path } of staged) renameSync(temporary(path), path);
    for (const path of obsoleteFiles(root, files)) rmSync(join(root, path), { recursive: true });
  } catch (error) {
    for (const { path } of staged) rmSync(temporary(path), { force: true });
    for (const [path, text] of before) restore(join(root, path), text);
    throw new Error("The generated files could not be written. No file was changed.", { cause: error });
  }
  return stale;
}

function obsoleteFiles(root: string, files: GeneratedFiles): string[] {
  return GENERATED_FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(root, "/").length).replaceAll("\\", "/"))
      .filter((path) => !files.has(path)),
  );
}

function read(path: string): string | undefined {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
}

function restore(path: string, text: string | undefined): void {
  if (read(path) === text) return;
  if (text === undefined) rmSync(path, { force: true });
  else writeFileSync(path, text);
}
