import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { parseDocument } from "yaml";
import { run } from "./run.ts";

/** A copy of this repository, to change and to release. */
export interface Repository {
  readonly folder: string;
  /** Versions, builds and publishes what the changesets ask for, with the commands of the release workflow. */
  release(): Promise<void>;
  /** Adds an optional field to what the API answers, and follows the path of such a change. */
  change(field: string): Promise<void>;
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
  await inCopy("git", "init", "--quiet", "--initial-branch=main");
  await commit("What is to be released");
  await run(["pnpm", "install", "--frozen-lockfile", "--prefer-offline"], { cwd: folder });

  return {
    folder,
    async release() {
      await inCopy("pnpm", "release:version");
      await commit("Version packages");
      await inCopy("pnpm", "release:publish");
    },
    async change(field) {
      const path = join(folder, "spec/openapi.yaml");
      const document = parseDocument(await readFile(path, "utf8"));
      document.setIn(["components", "schemas", "Webhook", "properties", field], {
        type: "string",
        description: "Made up for a rehearsal.",
      });
      await writeFile(path, document.toString());
      await inCopy("pnpm", "generate");
      await inCopy("pnpm", "spec:changeset");
      await commit("Change what the API answers");
    },
  };
}
