// Builds the site: collects its Markdown files, then runs VitePress and Redocly.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { build } from "vitepress";
import { buildApiReference } from "./api.ts";
import { changelogPage } from "./changelog.ts";
import {
  CHANGELOG,
  CONFIGURATION,
  IS_PUBLISHED,
  PAGES,
  REPOSITORY,
  SITE,
  SITE_ADDRESS,
  SOURCE,
  staged,
} from "./layout.ts";
import { writeLlms } from "./llms.ts";

collectPages(SOURCE);
writeFileSync(join(SOURCE, staged(CHANGELOG.source)), changelogPage());
if (IS_PUBLISHED) {
  // It loads a compiler.
  const { writeTypescriptPages } = await import("@mindbridge-sdk/typescript-reference/pages");
  await writeTypescriptPages(join(SOURCE, "typescript"));
}
await build(CONFIGURATION);
await buildApiReference(join(SITE, "api.html"));
writeLlms(
  SITE,
  SOURCE,
  PAGES.filter(({ source }) => existsSync(join(SOURCE, staged(source)))),
);
console.log(`The site is in ${SITE}.`);

/** Copies the pages of the site to a folder, and changes their links to lead to each other. */
function collectPages(folder: string): void {
  const sources = PAGES.map(({ source }) => source).filter((source) => existsSync(join(ROOT, source)));
  const pages = new Set(sources);
  const missing = globSync("docs/*.md", { cwd: ROOT }).filter((path) => !pages.has(path));
  if (missing.length > 0) throw new Error(`The menu lacks ${missing.join(", ")}: add it to src/site/layout.ts.`);
  rmSync(folder, { recursive: true, force: true });
  for (const source of sources) {
    const destination = join(folder, staged(source));
    mkdirSync(dirname(destination), { recursive: true });
    writeFileSync(destination, relink(readFileSync(join(ROOT, source), "utf8"), source, pages));
  }
  for (const image of globSync("docs/**/*.{svg,webp}", { cwd: ROOT })) {
    cpSync(join(ROOT, image), join(folder, image.replace(/^docs\//, "")));
  }
}

/**
 * Changes the relative links of a Markdown file to lead to pages of the site, or to the repository if the site has no such page.
 *
 * @param source The file, from the root of the repository.
 * @param pages The files that are pages of the site.
 */
function relink(markdown: string, source: string, pages: ReadonlySet<string>): string {
  const from = posix.dirname(staged(source));
  return markdown.replaceAll(/(!?)(\[[^\]]*\])\(([^)\s]+)\)/g, (all, image: string, label: string, target: string) => {
    // The repository has no such page, so links in it lead to the published site.
    if (IS_PUBLISHED && target.startsWith(SITE_ADDRESS)) {
      return `${label}(./${posix.relative(from, target.slice(SITE_ADDRESS.length))})`;
    }
    // VitePress copies images itself.
    if (image !== "" || /^(?:[a-z]+:|#|\/)/.test(target)) return all;
    const [path = "", fragment] = target.split("#");
    const file = posix.join(posix.dirname(source), path);
    const hash = fragment === undefined ? "" : `#${fragment}`;
    const page = pages.has(file) ? posix.relative(from, staged(file)) : undefined;
    return page ? `${label}(./${page}${hash})` : `${label}(${REPOSITORY}/blob/main/${file.replace(/\/$/, "")}${hash})`;
  });
}
