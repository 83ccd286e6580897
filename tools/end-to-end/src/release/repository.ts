import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { type Document, isSeq, parseDocument } from "yaml";
import { type Command, run } from "../processes.ts";

const ANSWER = ["components", "schemas", "Webhook"];
const NEW_FIELD = { type: "string", description: "Added by the rehearsal of a release." };

/** A copy of this repository, to change and to release. */
export interface Repository {
  readonly folder: string;
  /** Versions, builds and publishes what the changesets ask for, by the commands of the release workflow. */
  release(): Promise<void>;
  /** Adds an optional field to what the API answers, generates, and writes the changeset. */
  change(field: string): Promise<void>;
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
  const inCopy = (...command: Command): Promise<string> =>
    run(command, { cwd: folder, env: { NPM_CONFIG_USERCONFIG: userconfig, npm_config_userconfig: userconfig } });
  const commit = async (message: string): Promise<void> => {
    await inCopy("git", "add", "--all");
    const author = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@localhost"];
    await inCopy("git", ...author, "commit", "--quiet", "--allow-empty", "--message", message);
  };
  const edit = async (change: (document: Document) => void): Promise<void> => {
    const path = join(folder, "spec/openapi.yaml");
    const document = parseDocument(await readFile(path, "utf8"));
    change(document);
    await writeFile(path, document.toString());
  };
  await inCopy("git", "init", "--quiet", "--initial-branch=main");
  await commit("What is to be released");
  await run(["pnpm", "install", "--frozen-lockfile", "--prefer-offline"], { cwd: folder });

  return {
    folder,
    async release() {
      await inCopy("pnpm", "release:version");
      await commit("Version packages");
      // The workflow runs these on the commit before it publishes.
      await inCopy("pnpm", "exec", "turbo", "run", "generate:check", "release:check", "compatibility");
      await inCopy("pnpm", "release:publish");
    },
    async change(field) {
      await edit((document) => document.setIn([...ANSWER, "properties", field], NEW_FIELD));
      await inCopy("pnpm", "generate");
      await inCopy("pnpm", "spec:changeset");
      await commit("Change what the API answers");
    },
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
