import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Where the peers are installed, by a manifest and a lockfile of their own. */
export const PEERS = join(import.meta.dirname, "../peers");

/** How hey-api is used: as its documentation begins. */
export const HEY_API = {
  plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
  logs: { level: "silent" },
};

/** Installs them, and generates hey-api's client, which the others have ready-made. */
export async function installPeers(): Promise<void> {
  execFileSync("pnpm", ["install", "--frozen-lockfile", "--ignore-workspace=false", "--silent"], {
    cwd: PEERS,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  const { createClient } = await loadPeer<{ createClient(options: object): Promise<unknown> }>("@hey-api/openapi-ts");
  await createClient({
    ...HEY_API,
    input: fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml")),
    // Node, which runs it as it is, wants the extensions.
    output: { path: join(PEERS, "generated"), module: { extension: ".ts" } },
  });
}

/** The version of each peer, as it is installed. */
export function peerVersions(): Readonly<Record<string, string>> {
  const { dependencies } = readManifest(join(PEERS, "package.json"));
  return Object.fromEntries(
    Object.keys(dependencies ?? {})
      .filter((name) => !name.startsWith("@types/"))
      .map((name) => [name, readManifest(join(PEERS, "node_modules", name, "package.json")).version ?? ""]),
  );
}

/** Loads a peer, as a module in the folder that has them would. */
export async function loadPeer<T>(name: string): Promise<T> {
  const { load } = (await import(pathToFileURL(join(PEERS, "load.js")).href)) as { load(name: string): Promise<T> };
  return load(name);
}

function readManifest(path: string): { version?: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(path, "utf8")) as { version?: string; dependencies?: Record<string, string> };
}
