import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codeBlocks, namesIn } from "@mindbridge-sdk/repository/markdown";
import { publishedPackages, ROOT } from "@mindbridge-sdk/repository/packages";

/** A Markdown file of this repository. */
export interface Page {
  /** From the root of the repository, such as `docs/errors.md`. */
  readonly path: string;
  readonly text: string;
}

/** Reads a Markdown file, by its path from the root. */
export const readPage = (path: string): Page => ({ path, text: readFileSync(join(ROOT, path), "utf8") });

/** The guides: every page in `docs/`. */
export const guides = (): Page[] => globSync("docs/*.md", { cwd: ROOT }).toSorted().map(readPage);

/** The READMEs that users read: that of the repository and those of the published packages. */
export const readmes = (): Page[] =>
  ["README.md", ...publishedPackages().map(({ folder }) => join(folder.slice(ROOT.length + 1), "README.md"))].map(
    readPage,
  );

/** The instructions for coding agents that packages hold. */
export const skills = (): Page[] => globSync("packages/*/SKILL.md", { cwd: ROOT }).toSorted().map(readPage);

/** A block of TypeScript in a page. */
export interface Example {
  /** The page and the line, such as `docs/errors.md:12`. */
  readonly place: string;
  readonly code: string;
  /** Why the block is compiled and not run. Nothing for one that is run. */
  readonly notRun?: string | undefined;
  /** The file that the block is a part of, from the root of the repository. It is tested there. */
  readonly from?: string | undefined;
  /** The output that the page shows. */
  readonly prints?: string | undefined;
}

const NOT_RUN = "compiled only: ";
const FROM = "from: ";

/**
 * The blocks of TypeScript in a page. A comment right above a block that cannot be run says why: `<!-- compiled only: … -->`, or that it
 * is a part of a file that is tested: `<!-- from: … -->`. A block of `text` after it shows its output, if the line before that one ends
 * with `prints:`.
 *
 * @throws {Error} if there is another comment above a block.
 */
export function examplesIn({ path, text }: Page): Example[] {
  const lines = text.split("\n");
  const outputs = codeBlocks(text, "text").filter(({ line }) => lines[line - 3]?.endsWith("prints:"));
  const blocks = codeBlocks(text, "ts");
  return blocks.map(({ code, line, note }, index) => {
    const place = `${path}:${line}`;
    const after = (start: string) => (note?.startsWith(start) ? note.slice(start.length) : undefined);
    const [notRun, from] = [after(NOT_RUN), after(FROM)];
    if (note !== undefined && notRun === undefined && from === undefined)
      throw new Error(`${place}: <!-- ${note} --> has no meaning here.`);
    const next = blocks[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const prints = outputs.find((output) => output.line > line && output.line < next)?.code;
    return { place, code, notRun, from, prints };
  });
}

/** A command that a page names. */
export interface Command {
  readonly place: string;
  /** Word by word: the program first, without `npx`. */
  readonly words: readonly string[];
}

/** The commands of some programs in a page: those in blocks for shells, then those in its text. */
export function commandsIn({ path, text }: Page, programs: readonly string[]): Command[] {
  const blocks = codeBlocks(text, "sh").flatMap(({ code, line }) =>
    code
      .replaceAll("\\\n", " ")
      .split("\n")
      .map((each, index) => ({ code: each, place: `${path}:${line + 1 + index}` })),
  );
  const inText = text
    .replaceAll(/^```.*?^```$/gms, (block) => block.replaceAll(/[^\n]/g, ""))
    .split("\n")
    .flatMap((each, index) => namesIn(each).map((code) => ({ code, place: `${path}:${index + 1}` })));
  return [...blocks, ...inText]
    .flatMap(({ code, place }) => simpleCommands(code).map((words) => ({ place, words })))
    .filter(({ words: [program = ""] }) => programs.includes(program));
}

/** The commands of a line in words, those in `$(…)` first. */
function simpleCommands(line: string): string[][] {
  const inner: string[] = [];
  const outer = line.replaceAll(/\$\(([^)]*)\)/g, (_, command: string) => {
    inner.push(command);
    return "";
  });
  return [...inner, outer].map((command) => {
    const words = command.replace(/(^|\s)#.*/, "").match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
    return words[0] === "npx" ? words.slice(1) : words;
  });
}
