/** A block of code in a Markdown file. */
export interface CodeBlock {
  readonly code: string;
  /** The line of its first fence, from 1. */
  readonly line: number;
  /** The text of an HTML comment right above it, which readers do not see. */
  readonly note?: string | undefined;
}

/** The fenced blocks of one language, in order. */
export function codeBlocks(markdown: string, language: string): CodeBlock[] {
  const fence = new RegExp(`(?:^<!-- ([^\\n]*) -->\\n)?^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return [...markdown.matchAll(fence)].map(({ 1: note, 2: code = "", index }) => ({
    code,
    line: markdown.slice(0, index).split("\n").length + (note === undefined ? 0 : 1),
    note,
  }));
}
