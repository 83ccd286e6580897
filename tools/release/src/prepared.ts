// Takes what `release:prepare` has prepared in another job, once its digest is right. It loads nothing but Node's own modules: no
// dependency runs where there is a right to push or to publish.
//
//   RELEASE_DIGEST=DIGEST node src/prepared.ts apply      raises the versions in the working tree
//   RELEASE_DIGEST=DIGEST node src/prepared.ts publish    publishes the packages
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Where it is prepared, in the repository. git ignores this folder. */
export const PREPARED = "dist/release";
/** The versions that are raised, as git has the change. */
export const PATCH = "version.patch";
/** The packages to publish, as `changeset pack` lists them. */
export const PLAN = "publish-plan.json";

/** A package to publish. */
export interface Release {
  readonly name: string;
  readonly version: string;
  readonly access: string;
  /** The tag of npm, such as `latest` or `next`. */
  readonly tag: string;
  /** The tarball: its path below the folder, and its SHA-256. */
  readonly tarball: { readonly path: string; readonly integrity: string };
}

/** The SHA-256 of some bytes, as `changeset pack` writes it. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256-${createHash("sha256").update(bytes).digest("base64")}`;
}

/**
 * Reads a prepared file.
 *
 * @throws {Error} if its digest is another.
 */
export function readChecked(folder: string, file: string, digest: string | undefined): Buffer {
  const bytes = readFileSync(join(folder, file));
  if (digestOf(bytes) === digest) return bytes;
  throw new Error(
    `${file} has the digest ${digestOf(bytes)}, and not ${digest || "any that was given"}. Nothing was done.`,
  );
}

/**
 * Reads which packages to publish, and checks every tarball.
 *
 * @throws {Error} if the digest of one file is another.
 */
export function readReleases(folder: string, digest: string | undefined): Release[] {
  const { plan } = JSON.parse(String(readChecked(folder, PLAN, digest))) as { readonly plan: readonly Release[][] };
  const releases = plan.flat();
  for (const { tarball } of releases) readChecked(folder, tarball.path, tarball.integrity);
  return releases;
}

/** Publishes a package, unless an earlier run has done so. It tells the action of changesets which tag to make. */
function publish(folder: string, { name, version, access, tag, tarball }: Release, env: NodeJS.ProcessEnv): void {
  const id = `${name}@${version}`;
  if (npm("view", id, "version").stdout.trim() !== "") {
    console.log(`${id} is there already.`);
    return;
  }
  // The provenance names the workflow that publishes, so there is none elsewhere.
  const provenance = `--provenance=${env.GITHUB_ACTIONS === "true"}`;
  const { status, stderr } = npm(
    "publish",
    resolve(folder, tarball.path),
    "--access",
    access,
    "--tag",
    tag,
    provenance,
  );
  if (status !== 0) throw new Error(`${id} was not published:\n${stderr}`);
  console.log(`Published ${id}.`);
  const event = { type: "git-tag", tag: id, packageName: name };
  if (env.CHANGESETS_OUTPUT) appendFileSync(env.CHANGESETS_OUTPUT, `${JSON.stringify(event)}\n`);
}

function npm(...args: string[]) {
  return spawnSync("npm", args, { encoding: "utf8", shell: process.platform === "win32" });
}

/** Raises the versions in the working tree of this folder. */
function apply(folder: string, digest: string | undefined): void {
  const input = readChecked(folder, PATCH, digest);
  const { status } = spawnSync("git", ["apply", "-"], { input, stdio: ["pipe", "inherit", "inherit"] });
  if (status !== 0) throw new Error("The versions could not be raised: see the output above.");
}

function main([command, ...others]: readonly string[], env: NodeJS.ProcessEnv): void {
  process.chdir(join(import.meta.dirname, "../../.."));
  if (others.length > 0)
    throw new Error(`It takes no arguments, and was given \`${others.join(" ")}\`. Nothing was done.`);
  if (command === "apply") apply(PREPARED, env.RELEASE_DIGEST);
  else for (const release of readReleases(PREPARED, env.RELEASE_DIGEST)) publish(PREPARED, release, env);
}

if (import.meta.main) {
  try {
    main(process.argv.slice(2), process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
