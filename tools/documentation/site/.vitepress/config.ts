import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import {
  CONFIGURATION,
  HOME,
  MENU,
  openGraph,
  PAGES,
  REPOSITORY,
  SEARCH_OPTIONS,
  SITE,
  SOURCE,
  staged,
} from "../../src/site/layout.ts";
import { extendMarkdown, renderForSearch } from "../../src/site/markdown-it.ts";

const BASE = process.env.SITE_BASE ?? "/";

/** Shows the tabs that were chosen before while a page is drawn for the first time, so that nothing jumps when `Tabs.vue` takes over. */
const SHOW_CHOSEN_TABS = `{
  const rules = Object.entries(localStorage).map(([key, label]) => {
    const [, kind] = /^tabs: (.*)/.exec(key) ?? [];
    const chosen = "[data-label=" + JSON.stringify(label) + "]";
    const tabs = ".tabs[data-kind=" + JSON.stringify(kind) + "]:has(" + chosen + ") > ";
    return kind ? tabs + ".tab-panel { display: none } " + tabs + chosen + " { display: block }" : "";
  });
  document.head.append(Object.assign(document.createElement("style"), { id: "chosen-tabs", textContent: rules.join(" ") }));
}`;

/** The address of a page on the site. */
const address = (source: string): string => `/${staged(source).replace(/\.md$/, "")}`;

// VitePress asks for a default export.
export default defineConfig({
  lang: "en",
  title: HOME.title,
  description: HOME.description,
  head: [
    ["link", { rel: "icon", type: "image/svg+xml", href: `${BASE}mark.svg` }],
    ["script", {}, SHOW_CHOSEN_TABS],
  ],
  vite: { publicDir: join(CONFIGURATION, "public") },
  transformPageData(page) {
    const { description } = PAGES.find(({ source }) => staged(source) === page.relativePath) ?? page;
    const head = openGraph(page.title, description).map((attributes) => ["meta", attributes]);
    const looks = page.relativePath === staged(HOME.source) ? { pageClass: "home", sidebar: false, aside: false } : {};
    return { description, frontmatter: { ...page.frontmatter, ...looks, head } };
  },
  // GitHub Pages serves the site below a path.
  base: BASE,
  srcDir: SOURCE,
  outDir: SITE,
  cacheDir: join(SOURCE, "../cache"),
  themeConfig: {
    logo: "/mark.svg",
    search: {
      provider: "local",
      options: {
        _render: renderForSearch,
        miniSearch: { searchOptions: SEARCH_OPTIONS },
      },
    },
    nav: [
      { text: "Guides", link: "/getting-started" },
      { text: "API", link: "/api.html", target: "_self" },
    ],
    sidebar: [
      ...MENU.map(({ title, pages, collapsed }) => ({
        text: title,
        ...(collapsed && { collapsed }),
        items: pages
          .filter(({ source }) => existsSync(join(SOURCE, staged(source))))
          .map(({ source, title: text }) => ({ text, link: address(source) })),
      })).filter(({ items }) => items.length > 0),
      { text: "Reference", items: [{ text: "API", link: "/api.html", target: "_self" }] },
    ],
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: REPOSITORY, ariaLabel: "The repository on GitHub" }],
    footer: { message: "Unofficial: not made, endorsed or supported by MindBridge. MIT." },
  },
  markdown: {
    config: extendMarkdown,
    // The anchors that GitHub makes, so that a link works in both.
    anchor: {
      slugify: (heading) =>
        heading
          .trim()
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
          .replaceAll(/\s/g, "-"),
    },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
});
