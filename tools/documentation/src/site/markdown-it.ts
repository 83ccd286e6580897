// What the site makes of Markdown beyond what GitHub and npm show of it: tabs, and tables that fit a phone.
import type { MarkdownRenderer } from "vitepress";

type State = InstanceType<MarkdownRenderer["core"]["State"]>;
type Token = State["tokens"][number];

/** As many characters have room beside the label of a cell on a phone. */
const SHORT = 24;

/** A tab: its label, and what it shows. */
interface Tab {
  readonly label: string;
  readonly tokens: Token[];
}

/** The commands that install packages, as each package manager has them. */
const PACKAGE_MANAGERS: Readonly<Record<string, (npm: string) => string>> = {
  npm: (line) => line,
  pnpm: (line) =>
    line
      .replace(/^npm install/, "pnpm add")
      .replace(/^npm init --yes/, "pnpm init")
      .replace(/^npm pkg/, "pnpm pkg"),
  yarn: (line) =>
    line
      .replace(/^npm install( --save-dev)?/, (_, dev) => `yarn add${dev ? " --dev" : ""}`)
      .replace(/^npm init/, "yarn init"),
  bun: (line) =>
    line
      .replace(/^npm install( --save-dev)?/, (_, dev) => `bun add${dev ? " --dev" : ""}`)
      .replace(/^npm init/, "bun init")
      .replace(/^npm pkg/, "bun pm pkg"),
};

/**
 * Makes tabs:
 * - of the sections between `<!-- tabs: framework -->` and `<!-- end of tabs -->`, each of which begins with a heading;
 * - of a block of commands by which npm installs packages, one for each package manager.
 *
 * Gives each cell of a table the heading of its column, which a phone shows beside it.
 */
export function extendMarkdown(md: MarkdownRenderer): void {
  md.core.ruler.push("tabs", (state) => {
    state.tokens = withInstallTabs(withSectionTabs(state.tokens, state), state);
  });
  md.core.ruler.push("labels of cells", ({ tokens }) => labelCells(tokens));
}

function withSectionTabs(tokens: readonly Token[], state: State): Token[] {
  const result: Token[] = [];
  let kind = "";
  let tabs: Tab[] | undefined;
  for (const [index, token] of tokens.entries()) {
    const comment = token.type === "html_block" ? token.content.trim() : "";
    const [, begun] = /^<!-- tabs: (\w+) -->$/.exec(comment) ?? [];
    if (begun !== undefined) {
      kind = begun;
      tabs = [];
    } else if (comment === "<!-- end of tabs -->" && tabs) {
      result.push(...tabsOf(kind, tabs, state));
      tabs = undefined;
    } else if (tabs) {
      const opens = token.type === "heading_open" && token.tag === (tabs.at(0)?.tokens[0]?.tag ?? token.tag);
      if (opens) tabs.push({ label: textOf(tokens[index + 1]), tokens: [] });
      tabs.at(-1)?.tokens.push(token);
    } else {
      result.push(token);
    }
  }
  return result;
}

function withInstallTabs(tokens: readonly Token[], state: State): Token[] {
  return tokens.flatMap((token) => {
    const lines = token.content.trimEnd().split("\n");
    const installs = /^npm install [^-\n]|^npm install --save-dev /m.test(token.content);
    if (token.type !== "fence" || !installs || !lines.every((line) => /^npm (?:init|install|pkg) /.test(line)))
      return [token];
    const tabs = Object.entries(PACKAGE_MANAGERS).map(([label, translate]) => {
      const content = `${lines.map(translate).join("\n")}\n`;
      return { label, tokens: [Object.assign(new state.Token("fence", "code", 0), token, { content })] };
    });
    return tabsOf("package manager", tabs, state);
  });
}

/** Tabs as the component `Tabs` of the theme takes them. */
function tabsOf(kind: string, tabs: readonly Tab[], { Token, md }: State): Token[] {
  const html = (content: string): Token => Object.assign(new Token("html_block", "", 0), { content: `${content}\n` });
  const labels = md.utils.escapeHtml(JSON.stringify(tabs.map(({ label }) => label)));
  return [
    html(`<Tabs kind="${kind}" :labels="${labels}">`),
    ...tabs.flatMap(({ tokens }, index) => [html(`<template #${index}>`), ...tokens, html("</template>")]),
    html("</Tabs>"),
  ];
}

function labelCells(tokens: readonly Token[]): void {
  let labels: string[] = [];
  let column = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === "th_open" || token.type === "td_open") nameAlignment(token);
    if (token.type === "table_open") labels = [];
    else if (token.type === "tr_open") column = 0;
    else if (token.type === "th_open") labels.push(textOf(tokens[index + 1]));
    else if (token.type === "td_open") {
      token.attrSet("data-label", labels[column++] ?? "");
      if (textOf(tokens[index + 1]).length <= SHORT) token.attrSet("data-short", "");
    }
  }
}

/** Puts the alignment of a cell into an attribute. As a style, which markdown-it writes, it would hold on a phone, too. */
function nameAlignment(cell: Token): void {
  const [, alignment] = /^text-align:(\w+)$/.exec(cell.attrGet("style") ?? "") ?? [];
  if (alignment === undefined) return;
  cell.attrs = cell.attrs?.filter(([name]) => name !== "style") ?? [];
  cell.attrSet("data-align", alignment);
}

/** The text of a heading or a cell. A heading ends with a space and a link to itself. */
const textOf = (inline: Token | undefined): string => {
  const texts = inline?.children?.filter(({ type }) => type === "text" || type === "code_inline") ?? [];
  return texts
    .map(({ content }) => content)
    .join("")
    .trim();
};

/** What is used here of markdown-it, of which VitePress has two types. */
interface Renderer {
  readonly options: { highlight?: unknown };
  render(source: string, environment: object): string;
}

/**
 * The HTML that the search reads of a page. In it, `<!-- search: … -->` gives words by which the search finds a section, and which the
 * section does not use.
 */
export function renderForSearch(source: string, environment: object, md: Renderer): string {
  const { highlight } = md.options;
  // The search reads no colours, and they take a quarter of the time that the site takes.
  md.options.highlight = null;
  const html = md.render(source, environment);
  md.options.highlight = highlight;
  return html.replaceAll(/<!-- search: (.*?) -->/g, "<p>$1</p>");
}
