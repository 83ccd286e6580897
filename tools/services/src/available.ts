import { findChromium, findPostgres, findRedis } from "./find.ts";

/** Whether the tests on Redis can run. */
export const hasRedis = (): boolean => has(findRedis(), "Redis", "redis-server");

/** Whether the tests on Postgres can run. */
export const hasPostgres = (): boolean => has(findPostgres(), "Postgres", "postgresql");

/** Whether the tests in Chromium can run. */
export const hasChromium = (): boolean => has(findChromium(), "Chromium", "chromium");

/**
 * Says why tests are skipped, where they are.
 *
 * @throws {Error} in place of `false` where the environment has `CI`: there, nothing may go untested.
 */
function has(path: string | undefined, name: string, debianPackage: string): boolean {
  if (path) return true;
  const reason = `${name} is not installed on this machine (Debian: apt-get install ${debianPackage})`;
  if (process.env.CI) throw new Error(`${reason}, and with CI set, its tests must not be skipped.`);
  console.warn(`The tests on ${name} are skipped: ${reason}.`);
  return false;
}
