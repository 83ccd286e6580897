import { codeBlocks } from "@mindbridge-sdk/repository/markdown";
import type { Page } from "./pages.ts";

/** A block of TypeScript in a page. */
export interface Example {
  /** Where it stands, such as `docs/errors.md:12`. */
  readonly place: string;
  readonly code: string;
  /** Why it is compiled and not run, where it is not. */
  readonly notRun?: string | undefined;
  /** What the page says that it prints, where it does. */
  readonly prints?: string | undefined;
}

const NOT_RUN = "compiled only: ";

/**
 * The blocks of TypeScript in a page. One that cannot be run says why in a comment right above it,
 * `<!-- compiled only: … -->`. What it prints stands in a block of `text` after it, if the line before that one ends with `prints:`.
 *
 * @throws {Error} if there is another comment above a block.
 */
export function examplesIn({ path, text }: Page): Example[] {
  const lines = text.split("\n");
  const outputs = codeBlocks(text, "text").filter(({ line }) => lines[line - 3]?.endsWith("prints:"));
  const blocks = codeBlocks(text, "ts");
  return blocks.map(({ code, line, note }, index) => {
    const place = `${path}:${line}`;
    if (note !== undefined && !note.startsWith(NOT_RUN))
      throw new Error(`${place}: <!-- ${note} --> means nothing here.`);
    const next = blocks[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const prints = outputs.find((output) => output.line > line && output.line < next)?.code;
    return { place, code, notRun: note?.slice(NOT_RUN.length), prints };
  });
}
