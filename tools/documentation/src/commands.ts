import { codeBlocks } from "@mindbridge-sdk/repository/markdown";
import type { Page } from "./pages.ts";

/** A command that a page names. */
export interface Command {
  readonly place: string;
  /** Word by word: the program first, without `npx`. */
  readonly words: readonly string[];
}

/** The commands in the blocks for shells of a page, and those in its text, that are of one of these programs. */
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
    .flatMap((each, index) =>
      [...each.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => ({ code, place: `${path}:${index + 1}` })),
    );
  return [...blocks, ...inText]
    .flatMap(({ code, place }) => simpleCommands(code).map((words) => ({ place, words })))
    .filter(({ words: [program = ""] }) => programs.includes(program));
}

/** The commands of a line, that in `$(…)` first, in words. */
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
