// Follows the first page of the guides in an empty folder, one block after another, and compares the output with the page.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { run } from "@mindbridge-sdk/repository/run";

const PAGE = join(ROOT, "docs/getting-started.md");
/** The ports that the page names. */
const PORTS = ["3000", "4010", "4020"] as const;
/** The commands that serve until they are interrupted. */
const SERVES = /^(?:npx @mindbridge-sdk\/cli (?:mock|listen)|node server\.ts)/;
/** Stands in an output of the page for any text. */
const ANYTHING = "…";

interface Block {
  readonly language: string;
  readonly code: string;
  /** The paragraph before it. */
  readonly before: string;
}

/**
 * Follows the page in an empty folder, and resolves to a line for each command: how many seconds it took.
 *
 * @param npmrc says where packages come from.
 */
export async function followGettingStarted(folder: string, npmrc: string): Promise<string> {
  await mkdir(folder);
  await writeFile(join(folder, ".npmrc"), npmrc);
  const page = await withFreePorts(await readFile(PAGE, "utf8"));
  const script = [
    "set -euo pipefail",
    // Each job is a process group of its own, which the trap ends as a whole.
    "set -m",
    "trap 'for group in $(jobs -p); do kill -- -$group; done' EXIT",
    "now() { date +%s%3N; }",
    'took() { local ms=$(($(now) - at)); printf "%4d.%03d s  %s\\n" $((ms / 1000)) $((ms % 1000)) "$1" >> seconds; }',
    'started() { for _ in $(seq 300); do grep -q http://127.0.0.1: "$1" && return; sleep 0.1; done; cat "$1"; return 1; }',
  ];
  const expected: string[] = [];
  let outputs = 0;
  for (const { language, code, before } of blocksOf(page)) {
    const [, file] = /Save this as `([^`]+)`/.exec(before) ?? [];
    const [, afterwards] = /run it with `([^`]+)`/.exec(before) ?? [];
    if (file !== undefined) await writeFile(join(folder, file), code);
    const lines = language === "sh" ? code.trim().split(/(?<!\\)\n/) : afterwards === undefined ? [] : [afterwards];
    if (lines.length > 0) outputs += 1;
    for (const line of lines) {
      script.push(
        "at=$(now)",
        SERVES.test(line)
          ? `${line} > served-${script.length} 2>&1 &\nstarted served-${script.length}`
          : `{ ${line}\n} > output-${outputs} 2>&1 || { cat output-${outputs}; exit 1; }`,
        `took '${line.replace(/ \\\n.*/s, " …").replaceAll("'", "'\\''")}'`,
      );
    }
    if (language === "text") expected[outputs] = code;
  }
  await writeFile(join(folder, "page.sh"), `${script.join("\n")}\n`);
  await run(["bash", "page.sh"], { cwd: folder });
  for (const [index, text] of expected.entries()) {
    if (text === undefined) continue;
    const printed = await readFile(join(folder, `output-${index}`), "utf8");
    if (!isPrinted(text, printed)) throw new Error(`The page shows this output:\n${text}\nThe output was:\n${printed}`);
  }
  if (expected.length === 0) throw new Error("The page shows no output.");
  return readFile(join(folder, "seconds"), "utf8");
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(({ 1: language = "", 2: code = "", index }) => ({
    language,
    code,
    before: page.slice(0, index).trimEnd().split("\n\n").at(-1) ?? "",
  }));
}

/** Whether the output matches a text. `…` stands for any text in a line, and for any lines where it is alone in one. */
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

/** The page with free ports in place of those that it names. */
async function withFreePorts(page: string): Promise<string> {
  let changed = page
    .replaceAll(/(?<=npx @mindbridge-sdk\/cli mock --stateful)$/gm, " --port 4010")
    .replaceAll(/(?<=npx @mindbridge-sdk\/cli listen)/g, " --port 4020");
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
