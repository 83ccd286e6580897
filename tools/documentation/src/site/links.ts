import { posix } from "node:path";
import { REPOSITORY, staged } from "./layout.ts";

/**
 * The Markdown of a file with its relative links led to pages of the site, and to the repository where there is none.
 *
 * @param source The file, from the root of the repository.
 * @param pages The files that are pages of the site.
 */
export function relink(markdown: string, source: string, pages: ReadonlySet<string>): string {
  const from = posix.dirname(staged(source));
  return markdown.replaceAll(/(!?)(\[[^\]]*\])\(([^)\s]+)\)/g, (all, image: string, label: string, target: string) => {
    // Of an image, VitePress takes the file itself.
    if (image !== "" || /^(?:[a-z]+:|#|\/)/.test(target)) return all;
    const [path = "", fragment] = target.split("#");
    const file = posix.join(posix.dirname(source), path);
    const hash = fragment === undefined ? "" : `#${fragment}`;
    const page = pages.has(file) ? posix.relative(from, staged(file)) : undefined;
    return page ? `${label}(./${page}${hash})` : `${label}(${REPOSITORY}/blob/main/${file.replace(/\/$/, "")}${hash})`;
  });
}
