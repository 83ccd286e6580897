import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The folders of `PATH`, and others that servers are often installed in. */
const FOLDERS = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The path of `redis-server`, or `undefined`. */
export const findRedis = (): string | undefined => findProgram("redis-server");

/** The path of Chromium or Chrome, or `undefined`. */
const findChromium = (): string | undefined => findProgram("chromium", "chromium-browser", "google-chrome");

/** How tests launch Chromium: quietly, and so that a page that asks another host has a failed request, and nothing leaves this machine. */
export const chromiumOptions = () => ({
  executablePath: findChromium() ?? "",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  ],
});

/** The folder that holds `initdb` and `postgres` in the newest version, or `undefined`. */
export const findPostgres = (): string | undefined =>
  [...FOLDERS, ...versionsIn("/usr/lib/postgresql")].find((folder) =>
    ["initdb", "postgres"].every((name) => isProgram(join(folder, name))),
  );

/** Whether the tests on Redis can run. */
export const hasRedis = (): boolean => isInstalled(findRedis(), "Redis", "redis-server");

/** Whether the tests on Postgres can run. */
export const hasPostgres = (): boolean => isInstalled(findPostgres(), "Postgres", "postgresql");

/** Whether the tests in Chromium can run. */
export const hasChromium = (): boolean => isInstalled(findChromium(), "Chromium", "chromium");

/** Whether the tests in zsh can run. */
export const hasZsh = (): boolean => isInstalled(findProgram("zsh"), "zsh", "zsh");

/** Whether the tests in fish can run. */
export const hasFish = (): boolean => isInstalled(findProgram("fish"), "fish", "fish");

/**
 * Returns `false`, and says why tests are skipped, if a program is missing.
 *
 * @throws {Error} instead, if the environment has `CI`: continuous integration tests everything.
 */
function isInstalled(path: string | undefined, name: string, debianPackage: string): boolean {
  if (path) return true;
  const reason = `${name} is not installed on this machine (Debian: apt-get install ${debianPackage})`;
  if (process.env.CI) throw new Error(`${reason}. With CI set, its tests must not be skipped.`);
  console.warn(`The tests on ${name} are skipped: ${reason}.`);
  return false;
}

function findProgram(...names: string[]): string | undefined {
  return names.flatMap((name) => FOLDERS.map((folder) => join(folder, name))).find((path) => isProgram(path));
}

/** Debian keeps the programs of each version of Postgres in a folder of its own. */
function versionsIn(folder: string): string[] {
  try {
    const versions = readdirSync(folder).toSorted((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(folder, version, "bin"));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
