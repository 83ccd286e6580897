import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { type Document, isSeq, parseDocument } from "yaml";
import { run } from "./run.ts";

const ANSWER = ["components", "schemas", "Webhook"];
const NEW_FIELD = { type: "string", description: "Made up for a rehearsal." };

/** A copy of this repository, to change and to release. */
export interface Repository {
  readonly folder: string;
  /** Versions, builds and publishes what the changesets ask for, with the commands of the release workflow. */
  release(): Promise<void>;
  /** Adds an optional field to what the API answers, and follows the path of such a change. */
  change(field: string): Promise<void>;
  /** No longer promises a field of what the API answers, and says in a changeset of one's own that this is a minor change. */
  breakAsMinor(field: string): Promise<void>;
  /** Runs a script of the repository. */
  script(name: string): Promise<string>;
}

/**
 * Copies the files of the repository, those that are not committed yet included, and installs what they need.
 *
 * @param npmrc Where packages are published, as the text of an `.npmrc`.
 */
export async function copyRepository(folder: string, npmrc: string): Promise<Repository> {
  const listed = await run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: ROOT });
  for (const file of listed.split("\0").filter(Boolean)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(join(ROOT, file), join(folder, file));
  }
  const userconfig = join(folder, "../publisher.npmrc");
  await writeFile(userconfig, npmrc);
  const inCopy = (...command: [string, ...string[]]): Promise<string> =>
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
      // What the workflow asks of this commit before it publishes.
      await inCopy("pnpm", "exec", "turbo", "run", "generate:check", "release:check", "yesterday");
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
