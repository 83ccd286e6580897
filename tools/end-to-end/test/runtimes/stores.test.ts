import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "@mindbridge-sdk/repository/run";
import { hasPostgres, hasRedis, type Service, startPostgres, startRedis } from "@mindbridge-sdk/services";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { install, packAll, temporaryFolder } from "../../src/installation.ts";
import { versionOf } from "../../src/runtimes/run.ts";
import { OLDEST_NODE, RUNTIMES, RUNTIMES_FOLDER } from "../../src/runtimes/runtimes.ts";
import type { StoreResult, StoreServers } from "../../src/runtimes/stores.ts";

const OWN = join(import.meta.dirname, "../..");
/** The drivers to install, and where each is pinned. The others come with the runtimes. */
const DRIVERS = { ioredis: OWN, pg: OWN, postgres: OWN, redis: OWN, "better-sqlite3": RUNTIMES_FOLDER };
const STORES = ["memory", "redis", "ioredis", "pg", "pg, transactional", "postgres", "postgres, transactional"];
/** The drivers for SQLite of each runtime that does not have the usual two. */
const SQLITE: Record<string, string[]> = {
  // better-sqlite3 needs Node 22.14.
  [`Node ${OLDEST_NODE}`]: ["node:sqlite"],
  Bun: ["node:sqlite", "better-sqlite3", "bun:sqlite"],
};
const SOURCE = join(import.meta.dirname, "../../src/runtimes/stores.ts");

execFileSync("pnpm", ["install", "--frozen-lockfile", "--ignore-workspace=false", "--silent"], {
  cwd: RUNTIMES_FOLDER,
  stdio: ["ignore", "inherit", "inherit"],
});

const pinned = (name: string, folder: string): string =>
  JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version;

describe.skipIf(!hasRedis() || !hasPostgres())("every store, with every driver of the runtime", async () => {
  const folder = await temporaryFolder("stores");
  let services: Service[] = [];
  let servers: StoreServers;
  beforeAll(async () => {
    const drivers = Object.fromEntries(Object.entries(DRIVERS).map(([name, from]) => [name, pinned(name, from)]));
    await install(folder.path, { ...(await packAll(folder.path)), ...drivers });
    const outfile = join(folder.path, "stores.js");
    await build({
      entryPoints: [SOURCE],
      outfile,
      bundle: true,
      format: "esm",
      packages: "external",
      target: "es2023",
    });
    const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
    services = [redis, postgres];
    servers = { redis: redis.url, postgres: postgres.url };
  }, 180_000);
  afterAll(async () => {
    await Promise.all(services.map((service) => service.close()));
    await folder[Symbol.asyncDispose]();
  });

  const withFiles = RUNTIMES.flatMap((runtime) => {
    const { name, command } = runtime;
    return command ? [{ name, command, title: `${name} (${versionOf(runtime)})` }] : [];
  });
  test.each(withFiles)("does in $title what it must", { timeout: 180_000 }, async ({ name, command }) => {
    const printed = await run([...command, "stores.js", JSON.stringify(servers)], { cwd: folder.path });
    const results: StoreResult[] = JSON.parse(printed);
    const sqlite = SQLITE[name] ?? ["node:sqlite", "better-sqlite3"];
    expect(results.map(({ store }) => store)).toEqual([
      ...STORES,
      ...sqlite.flatMap((driver) => [driver, `${driver}, transactional`, `${driver}, another process writes`]),
    ]);
    expect(results.filter(({ failures, passed }) => failures.length > 0 || passed === 0)).toEqual([]);
  });
});
