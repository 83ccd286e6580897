const WIDTH = 110;

/** The first line of every generated file. It says what made the file, and how to make it again. */
export const BANNER =
  "// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.\n";

/** A literal that reads the same in JSON and in TypeScript. */
export function literal(value: unknown): string {
  return JSON.stringify(value);
}

/** A literal over several lines. */
export function literalBlock(value: unknown, indent = ""): string {
  return JSON.stringify(value, undefined, 2).replaceAll("\n", `\n${indent}`);
}

/** The line that imports some names, or exports them again, in alphabetical order. Without names there is none. */
export function importLine(
  kind: "import" | "import type" | "export type",
  names: Iterable<string>,
  module: string,
): string {
  const sorted = [...new Set(names)].toSorted();
  return sorted.length > 0 ? `${kind} { ${sorted.join(", ")} } from ${literal(module)};\n` : "";
}

/**
 * A doc comment. Each argument is a paragraph or a tag. Empty ones are left out; without any other there is no comment. Text from
 * the document cannot end the comment.
 */
export function docComment(indent: string, ...paragraphs: readonly string[]): string {
  const blocks = paragraphs.map((each) => wrap(each.trim().replaceAll("*/", "*\\/"))).filter((each) => each !== "");
  if (blocks.length === 0) return "";
  const [only = ""] = blocks;
  if (blocks.length === 1 && !only.includes("\n")) return `${indent}/** ${only} */\n`;
  const lines = joinBlocks(blocks)
    .split("\n")
    .map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`);
  return `${indent}/**\n${lines.join("")}${indent} */\n`;
}

/** Joins paragraphs by an empty line. Tags come last, each on the next line. */
function joinBlocks(blocks: readonly string[]): string {
  return blocks.reduce((before, block, index) => {
    const bothTags = block.startsWith("@") && blocks[index - 1]?.startsWith("@");
    return `${before}${bothTags ? "\n" : "\n\n"}${block}`;
  });
}

/** Breaks the lines of a text at spaces. */
export function wrap(text: string): string {
  const lines = text.split("\n").map((paragraph) => {
    const wrapped: string[] = [];
    let line = "";
    for (const word of paragraph.split(/\s+/)) {
      if (line !== "" && line.length + word.length >= WIDTH) {
        wrapped.push(line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    return [...wrapped, line].join("\n");
  });
  return lines.join("\n");
}
