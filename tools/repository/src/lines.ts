// Counts the lines of code by folder: what is written by hand, the tests, and what is generated.
//
//   node src/lines.ts [REF...]      the files as they are, or as they are at each git ref, side by side
import { execFileSync } from "node:child_process";
import { ROOT } from "./packages.ts";

const CODE = ["ts", "tsx", "js", "mjs", "cjs", "cts", "vue"].map((extension) => `*.${extension}`);
const TEST = /(?:^|\/)test\/|\.test\./;
const GENERATED = /(?:^|\/)generated\//;

interface Count {
  readonly lines: number;
  readonly files: number;
  readonly tests: number;
  readonly generated: number;
}

const NONE: Count = { lines: 0, files: 0, tests: 0, generated: 0 };

/** The counts of each folder, such as `packages/client`. Files of the root are under `.`. */
function countLines(ref: string | undefined): Map<string, Count> {
  const args = ["grep", "--count", "", ...(ref === undefined ? [] : [ref]), "--", ...CODE];
  const printed = execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 26 });
  const folders = new Map<string, Count>();
  for (const entry of printed.trim().split("\n")) {
    const [, path = "", number] = /^(.*):(\d+)$/.exec(ref === undefined ? entry : entry.slice(ref.length + 1)) ?? [];
    const segments = path.split("/");
    const folder = segments.slice(0, Math.min(2, segments.length - 1)).join("/") || ".";
    folders.set(folder, sum([folders.get(folder) ?? NONE, countOf(path, Number(number))]));
  }
  return folders;
}

function countOf(path: string, lines: number): Count {
  if (GENERATED.test(path)) return { ...NONE, generated: lines };
  return TEST.test(path) ? { ...NONE, tests: lines } : { ...NONE, lines, files: 1 };
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (total, each) => ({
      lines: total.lines + each.lines,
      files: total.files + each.files,
      tests: total.tests + each.tests,
      generated: total.generated + each.generated,
    }),
    NONE,
  );
}

const refs = process.argv.slice(2);
const columns = (refs.length > 0 ? refs : [undefined]).map((ref) => ({ ref: ref ?? "now", counts: countLines(ref) }));
const folders = [...new Set(columns.flatMap(({ counts }) => [...counts.keys()]))].toSorted();
const products = folders.filter((folder) => /^(?:packages|tools)\//.test(folder));
const row = (name: string, of: readonly string[]): string[] => [
  name,
  ...columns.flatMap(({ counts }) => {
    const { lines, files, tests, generated } = sum(of.map((folder) => counts.get(folder) ?? NONE));
    return [lines, files, tests, generated].map((number) => number.toLocaleString("en"));
  }),
];
const heading = ["folder", ...columns.flatMap(({ ref }) => [`lines at ${ref}`, "files", "tests", "generated"])];
const rows = [
  heading,
  heading.map((_, index) => (index === 0 ? "---" : "--:")),
  ...folders.map((folder) => row(folder, [folder])),
  row("**packages and tools**", products),
  row("**everything**", folders),
];
console.log(rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n"));
