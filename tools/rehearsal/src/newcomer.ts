// Someone who has nothing but the first page of the guides: does in an empty folder what it says, one block after another,
// and compares what is printed with what the page says is printed.
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { run } from "./run.ts";

const PAGE = join(ROOT, "docs/getting-started.md");
/** The ports that the page names. */
const PORTS = ["3000", "4010", "4020"] as const;
/** What serves until it is interrupted. */
const SERVES = /^(?:npx mindbridge (?:mock|listen)|node server\.ts)/;
/** Stands in what is printed for whatever is printed there. */
const ANYTHING = "…";

interface Block {
  readonly language: string;
  readonly code: string;
  /** The paragraph before it. */
  readonly before: string;
}

/** Follows the page in an empty folder, in which packages come from where `npmrc` says. */
export async function followFirstPage(folder: string, npmrc: string): Promise<void> {
  await writeFile(join(folder, ".npmrc"), npmrc);
  const page = await withFreePorts(await readFile(PAGE, "utf8"));
  const script = [
    "set -euo pipefail",
    // Each of what serves is the first of a group of processes, which ends as a whole.
    "set -m",
    "trap 'for group in $(jobs -p); do kill -- -$group; done' EXIT",
    'started() { for _ in $(seq 300); do grep -q http://127.0.0.1: "$1" && return; sleep 0.1; done; cat "$1"; return 1; }',
  ];
  const expected: string[] = [];
  let outputs = 0;
  for (const { language, code, before } of blocksOf(page)) {
    const [, file] = /Save this as `([^`]+)`/.exec(before) ?? [];
    const [, afterwards] = /run it with `([^`]+)`/.exec(before) ?? [];
    if (file !== undefined) await writeFile(join(folder, file), code);
    const lines = language === "sh" ? code.trim().split("\n") : afterwards === undefined ? [] : [afterwards];
    if (lines.length > 0) outputs += 1;
    for (const line of lines) {
      script.push(
        SERVES.test(line)
          ? `${line} > served-${script.length} 2>&1 &\nstarted served-${script.length}`
          : `{ ${line}\n} > output-${outputs} 2>&1 || { cat output-${outputs}; exit 1; }`,
      );
    }
    if (language === "text") expected[outputs] = code;
  }
  await writeFile(join(folder, "page.sh"), `${script.join("\n")}\n`);
  await run(["bash", "page.sh"], { cwd: folder });
  for (const [index, text] of expected.entries()) {
    if (text === undefined) continue;
    const printed = await readFile(join(folder, `output-${index}`), "utf8");
    if (!isPrinted(text, printed)) throw new Error(`The page says that this is printed:\n${text}\nIt was:\n${printed}`);
  }
  if (expected.length === 0) throw new Error("The page does not say what is printed.");
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ 1: language = "", 2: code = "", index }) => ({
    language,
    code,
    before: page.slice(0, index).trimEnd().split("\n\n").at(-1) ?? "",
  }));
}

/** Whether a text is what was printed, where `…` stands for anything in its line, or for any lines if it is one of its own. */
function isPrinted(text: string, printed: string): boolean {
  const parts = text
    .trim()
    .split("\n")
    .map((line) => {
      if (line === ANYTHING) return "(?:.*\\n)*?";
      return `${line
        .split(ANYTHING)
        .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
        .join(".*")}\\n`;
    });
  return new RegExp(`^${parts.join("")}$`).test(`${printed.trim()}\n`);
}

/** The page with other ports than it names, which may be taken on this machine. */
async function withFreePorts(page: string): Promise<string> {
  let changed = page
    .replaceAll(/(?<=npx mindbridge mock)$/gm, " --port 4010")
    .replaceAll(/(?<=npx mindbridge listen)/g, " --port 4020");
  for (const port of PORTS) changed = changed.replaceAll(port, String(await freePort()));
  return changed;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
