import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { MENU, staged } from "./layout.ts";
import { relink } from "./links.ts";

/** Collects the Markdown files of the site in a folder, with links that lead to each other. */
export function stage(folder: string): void {
  const sources = ["docs/README.md", ...MENU.flatMap(({ pages }) => pages.map(({ source }) => source))].filter(
    (source) => existsSync(join(ROOT, source)),
  );
  const pages = new Set(sources);
  const missing = globSync("docs/*.md", { cwd: ROOT }).filter((path) => !pages.has(path));
  if (missing.length > 0) throw new Error(`The menu lacks ${missing.join(", ")}: add it to src/site/layout.ts.`);
  rmSync(folder, { recursive: true, force: true });
  for (const source of sources) {
    const destination = join(folder, staged(source));
    mkdirSync(dirname(destination), { recursive: true });
    writeFileSync(destination, relink(readFileSync(join(ROOT, source), "utf8"), source, pages));
  }
  for (const image of globSync("docs/**/*.svg", { cwd: ROOT })) {
    cpSync(join(ROOT, image), join(folder, image.replace(/^docs\//, "")));
  }
}
