import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { API_DESCRIPTION, HOME, MENU, SITE_ADDRESS, type SitePage, staged } from "./layout.ts";

/**
 * Writes what language models read of a site: `llms.txt`, an index of the pages with their descriptions; `llms-full.txt`, the text of
 * all of them; and each page as Markdown, beside its HTML.
 *
 * @param site The folder of the site.
 * @param source The folder of its Markdown files.
 * @param pages The pages that the site has.
 */
export function writeLlms(site: string, source: string, pages: readonly SitePage[]): void {
  const isThere = new Set(pages);
  const texts = pages.map((page) => ({ page, text: readFileSync(join(source, staged(page.source)), "utf8") }));
  for (const { page, text } of texts) writeFileSync(join(site, staged(page.source)), text);

  const sections = MENU.map(({ title, pages: listed }) => {
    const lines = listed
      .filter((page) => isThere.has(page))
      .map((page) => `- [${page.title}](${addressOf(page)}): ${page.description}\n`);
    return `## ${title}\n\n${lines.join("")}\n`;
  });
  const index = `# ${HOME.title}

> ${HOME.description}

${sections.join("")}## Reference

- [HTTP API](${SITE_ADDRESS}api.html): ${API_DESCRIPTION}
- [All pages in one file](${SITE_ADDRESS}llms-full.txt)
`;
  writeFileSync(join(site, "llms.txt"), index);
  const full = texts.map(({ page, text }) => `<!-- ${addressOf(page)} -->\n\n${text.trim()}\n`);
  writeFileSync(join(site, "llms-full.txt"), full.join("\n\n"));
}

const addressOf = ({ source }: SitePage): string => `${SITE_ADDRESS}${staged(source)}`;
