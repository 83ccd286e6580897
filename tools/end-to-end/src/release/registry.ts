import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

export const REGISTRY_FOLDER = join(import.meta.dirname, "../../workspaces/registry");

/** An npm registry on this machine. It has only what was published to it. */
export interface Registry extends AsyncDisposable {
  /** The text of an `.npmrc`: packages of the scope come from here, and may be published here. */
  readonly npmrc: string;
  readonly url: string;
  /** The registry that this machine takes all other packages from. */
  readonly usual: string;
}

/** Starts a registry for the packages of `scope` on a free port. What is published goes into `folder`. */
export async function startRegistry(folder: string, scope: string): Promise<Registry> {
  execFileSync("pnpm", ["install", "--frozen-lockfile", "--silent"], {
    cwd: REGISTRY_FOLDER,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const configuration = join(folder, "registry.yaml");
  await writeFile(
    configuration,
    `storage: ${JSON.stringify(join(folder, "storage"))}
uplinks: {}
packages:
  "**":
    access: $all
    publish: $all
log: { type: stdout, format: pretty, level: error }
max_body_size: 50mb
web: { enable: false }
`,
  );
  const child = fork(join(REGISTRY_FOLDER, "serve.js"), [configuration], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const [port] = (await Promise.race([
    once(child, "message"),
    exited.then(() => Promise.reject(new Error("The registry ended before it listened. Its output is above."))),
  ])) as [number];
  const host = `127.0.0.1:${port}/`;
  return {
    url: `http://${host}`,
    usual: execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim(),
    // Anybody may publish, but npm does not try without a token.
    npmrc: `${scope}:registry=http://${host}\n//${host}:_authToken=anybody\n`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
