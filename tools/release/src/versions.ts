import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isScalar, parseDocument } from "yaml";
import { fixedPackages, plannedLevel, waitingChangesets } from "./changesets.ts";
import type { Level } from "./compare/change.ts";
import { writeExportedNames } from "./exported-names.ts";
import { filesOf, isPreRelease, versionOf, writeReleased } from "./files.ts";
import { digestOf, PATCH, PLAN, PREPARED, type Release } from "./prepared.ts";

/** Raises the version of the packages, of the document and of the generated files, as the changesets ask for. */
export async function version(root: string): Promise<number> {
  const files = filesOf(root);
  const before = versionOf(files);
  run(root, "pnpm", "exec", "changeset", "version");
  const now = versionOf(files);
  if (now === before) return 0;
  writeFileSync(files.document, setInfoVersion(readFileSync(files.document, "utf8"), now));
  run(root, "pnpm", "--filter", "@mindbridge-sdk/generator", "run", "generate");
  if (isPreRelease(now)) return 0;
  writeReleased(files);
  run(root, "pnpm", "run", "build");
  await writeExportedNames(files);
  return 0;
}

/**
 * Prepares what the release workflow does next. While changesets wait, that is a patch that raises the versions. Otherwise, it is the
 * packages that the registry does not have. The job that does it checks the digest of what it gets.
 */
export async function prepare(root: string, env: NodeJS.ProcessEnv): Promise<number> {
  const files = filesOf(root);
  const folder = join(root, PREPARED);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const doesVersion = plannedLevel(waitingChangesets(files), fixedPackages(files)) !== "none";
  const file = join(folder, doesVersion ? PATCH : PLAN);
  if (doesVersion) {
    await version(root);
    // New files are part of the patch.
    run(root, "git", "add", "--all", "--intent-to-add");
    run(root, "git", "diff", "HEAD", "--binary", `--output=${file}`);
  } else {
    run(root, "pnpm", "run", "build");
    run(root, "pnpm", "exec", "changeset", "pack", "--out-dir", PREPARED);
  }
  const prepared = readFileSync(file);
  const hasPackages = () => (JSON.parse(String(prepared)) as { readonly plan: readonly Release[][] }).plan.length > 0;
  const next = doesVersion ? "version" : hasPackages() ? "publish" : "none";
  const outputs = `next=${next}\ndigest=${digestOf(prepared)}\n`;
  console.log(outputs);
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, outputs);
  return 0;
}

/** The version that a release of a level gets, as changesets has it: a pre-release while it is told to make those. */
export function nextVersion(current: string, level: Level, preReleaseTag: string | undefined): string {
  const [core = "", pre] = current.split("-");
  const [major = 0, minor = 0, patch = 0] = core.split(".").map(Number);
  // A pre-release of a major version is followed by that version, and one of a minor version by that or a higher one.
  const isOfMajor = pre !== undefined && minor === 0 && patch === 0;
  const isOfMinor = pre !== undefined && patch === 0;
  const next: Readonly<Record<Level, string>> = {
    major: isOfMajor ? core : `${major + 1}.0.0`,
    minor: isOfMinor ? core : `${major}.${minor + 1}.0`,
    patch: pre === undefined ? `${major}.${minor}.${patch + 1}` : core,
    none: current,
  };
  if (preReleaseTag === undefined || level === "none") return next[level];
  const count = pre === undefined ? 0 : Number(pre.split(".").at(-1)) + 1;
  return `${next[level]}-${preReleaseTag}.${count}`;
}

/** Sets `info.version` in the text of an OpenAPI document, and leaves every other character as it is. */
export function setInfoVersion(text: string, next: string): string {
  const node = parseDocument(text).getIn(["info", "version"], true);
  if (!isScalar(node) || !node.range) throw new Error("The OpenAPI document has no `info.version`. Add one.");
  const [start, end] = node.range;
  return text.slice(0, start) + next + text.slice(end);
}

/** Runs a command, and shows what it prints. It throws if the command fails. */
function run(cwd: string, program: string, ...args: string[]): void {
  const { status } = spawnSync(program, args, { cwd, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`\`${[program, ...args].join(" ")}\` failed: see its output above.`);
}
