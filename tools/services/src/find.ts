import { accessSync, constants, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The folders of `PATH`, and where servers are kept that are not meant to be started by hand. */
const PLACES = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

/** The path of a program, or `undefined`. */
export const findRedis = (): string | undefined =>
  PLACES.map((folder) => join(folder, "redis-server")).find((path) => isProgram(path));

/** The path of Chromium, or of Chrome, or `undefined`. */
export const findChromium = (): string | undefined =>
  ["chromium", "chromium-browser", "google-chrome"]
    .flatMap((name) => PLACES.map((folder) => join(folder, name)))
    .find((path) => isProgram(path));

/** The folder that holds `initdb` and `postgres`, of the newest version, or `undefined`. */
export const findPostgres = (): string | undefined =>
  [...PLACES, ...versionsIn("/usr/lib/postgresql")].find((folder) =>
    ["initdb", "postgres"].every((name) => isProgram(join(folder, name))),
  );

/** Debian keeps the programs of each version in a folder of its own. */
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
