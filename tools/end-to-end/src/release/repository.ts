import { copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PREPARED } from "@mindbridge-sdk/release/prepared";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { type Command, run } from "@mindbridge-sdk/repository/run";
import { type Document, isSeq, parseDocument } from "yaml";

const ANSWER = ["components", "schemas", "Webhook"];
const NEW_FIELD = { type: "string", description: "Added by the rehearsal of a release." };

/** A copy of this repository, to change and to release. */
export interface Repository {
  readonly folder: string;
  /** Raises the versions as the changesets ask for, and publishes, by the commands of the release workflow. */
  release(): Promise<void>;
  /** Adds an optional field to what the API answers, generates, and writes the changeset. */
  change(field: string): Promise<void>;
  /** Enters the mode in which changesets makes pre-releases of a tag, or leaves it. */
  preReleases(...command: readonly ["enter", tag: string] | readonly ["exit"]): Promise<void>;
  /** The tags that npm has of a package, such as `latest: 1.0.0`. */
  tags(name: string): Promise<string>;
  /** Makes a required field of what the API answers optional, and calls that a minor change in a changeset. */
  breakAsMinor(field: string): Promise<void>;
  /** Runs a script of the repository. */
  script(name: string): Promise<string>;
}

/**
 * Copies the files of the repository, also those that are not committed yet, and installs what they need.
 *
 * @param npmrc The text of an `.npmrc`, which says where packages are published.
 */
export async function copyRepository(folder: string, npmrc: string): Promise<Repository> {
  const listed = await run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: ROOT });
  for (const file of listed.split("\0").filter(Boolean)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(join(ROOT, file), join(folder, file));
  }
  const userconfig = join(folder, "../publisher.npmrc");
  await writeFile(userconfig, npmrc);
  const userconfigs = { NPM_CONFIG_USERCONFIG: userconfig, npm_config_userconfig: userconfig };
  const inCopy = (...command: Command): Promise<string> => run(command, { cwd: folder, env: userconfigs });
  const commitIn = async (cwd: string, message: string): Promise<void> => {
    await run(["git", "add", "--all"], { cwd });
    const author = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@localhost"];
    await run(["git", ...author, "commit", "--quiet", "--allow-empty", "--message", message], { cwd });
  };
  const commit = (message: string): Promise<void> => commitIn(folder, message);
  const edit = async (change: (document: Document) => void): Promise<void> => {
    const path = join(folder, "spec/openapi.yaml");
    const document = parseDocument(await readFile(path, "utf8"));
    change(document);
    await writeFile(path, document.toString());
  };
  /** What the release workflow does next, and the digest of what it prepares. */
  const prepare = async (expected: "version" | "publish"): Promise<string> => {
    const printed = await inCopy("pnpm", "release:prepare");
    const [, next, digest = ""] = /^next=(\w+)\ndigest=(\S+)$/m.exec(printed) ?? [];
    if (next !== expected) throw new Error(`The workflow would do another thing than ${expected}: ${printed}`);
    return digest;
  };
  /** Runs a script as the jobs that may write do: in a clone where nothing is installed, with what was prepared. */
  const inClone = async (script: string, digest: string): Promise<string> => {
    const clone = join(folder, `../clone-for-${script.replace("release:", "")}`);
    await rm(clone, { recursive: true, force: true });
    await inCopy("git", "clone", "--quiet", folder, clone);
    await cp(join(folder, PREPARED), join(clone, PREPARED), { recursive: true });
    // pnpm leads its scripts to everything that is installed in this repository.
    await run(["npm", "run", script], { cwd: clone, env: { ...userconfigs, NODE_PATH: "", RELEASE_DIGEST: digest } });
    return clone;
  };
  await inCopy("git", "init", "--quiet", "--initial-branch=main");
  await commit("What is to be released");
  await run(["pnpm", "install", "--frozen-lockfile", "--prefer-offline"], { cwd: folder });

  return {
    folder,
    async release() {
      const clone = await inClone("release:apply", await prepare("version"));
      await commitIn(clone, "Version packages");
      // What the preparation changed in the copy comes again with the commit.
      await inCopy("git", "add", "--all");
      await inCopy("git", "reset", "--quiet", "--hard");
      await inCopy("git", "pull", "--quiet", clone, "main");
      // The workflow runs these on the commit before it publishes.
      await inCopy("pnpm", "exec", "turbo", "run", "generate:check", "release:check", "compatibility");
      await inClone("release:publish", await prepare("publish"));
    },
    async change(field) {
      await edit((document) => document.setIn([...ANSWER, "properties", field], NEW_FIELD));
      await inCopy("pnpm", "generate");
      await inCopy("pnpm", "spec:changeset");
      await commit("Change what the API answers");
    },
    async preReleases(...command) {
      await inCopy("pnpm", "changeset", "pre", ...command);
      await commit("Say whether the next versions are pre-releases");
    },
    tags: (name) => inCopy("npm", "dist-tag", "ls", name),
    async breakAsMinor(field) {
      await edit((document) => {
        const required = document.getIn([...ANSWER, "required"]);
        if (isSeq(required)) required.items = required.items.filter((item) => String(item) !== field);
      });
      await inCopy("pnpm", "generate");
      const changeset = `---\n"@mindbridge-sdk/client": minor\n---\n\nLess to count on.\n`;
      await writeFile(join(folder, ".changeset/less-to-count-on.md"), changeset);
      await commit("Break what the API answers");
    },
    script: (name) => inCopy("pnpm", name),
  };
}
