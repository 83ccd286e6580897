import { isRecord, type Path } from "./schema.ts";

/** A copy of `root` in which another value stands at `path`. */
export function replaceAt(root: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(root))
    return root.map((item, index) => (String(index) === key ? replaceAt(item, rest, value) : item));
  if (isRecord(root)) return { ...root, [key]: replaceAt(root[key], rest, value) };
  throw new Error(`There is no ${path.join(".")} to replace.`);
}

/** How a path is written in the names of tests. */
export function formatPath(path: Path): string {
  return path.length === 0 ? "(whole)" : path.join(".");
}
