import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, hasPostgres, type Service, startPostgres } from "@mindbridge-sdk/services";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { APPLICATIONS, type Application, exampleFolder } from "../../src/applications/applications.ts";
import { installApplications } from "../../src/applications/workspace.ts";
import { examine } from "../../src/examine.ts";
import { temporaryFolder } from "../../src/installation.ts";
import { type App, run, startApp } from "../../src/processes.ts";

/** Next reports its use otherwise. */
const QUIET = { NEXT_TELEMETRY_DISABLED: "1" };
const signer = await createTestSigner();
const folder = await temporaryFolder("applications");
const folderOf = ({ example }: Pick<Application, "example">): string => join(folder.path, "applications", example);

beforeAll(() => installApplications(folder.path), 300_000);
afterAll(() => folder[Symbol.asyncDispose]());

describe.skipIf(!hasPostgres())("from the packed packages", () => {
  let postgres: Service;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.close());

  /** Builds an application as it is deployed: without the variables of production. */
  async function build(application: Application): Promise<void> {
    for (const command of application.build) await run(command, { cwd: folderOf(application), env: QUIET });
  }

  async function start({ path = "", needsPort, ...application }: Application): Promise<App> {
    const { env, ...options } = application.start;
    const app = await startApp({
      ...options,
      cwd: folderOf(application),
      env: {
        ...env,
        ...(needsPort && { PORT: `${await freePort()}` }),
        MINDBRIDGE_PUBLIC_KEY: signer.publicKey,
        DATABASE_URL: postgres.url,
        ...QUIET,
      },
    });
    return { ...app, url: app.url + path };
  }

  test.each(APPLICATIONS)(
    "an examination finds nothing wrong with $name",
    { timeout: 180_000 },
    async (application) => {
      await build(application);
      await using app = await start(application);
      expect(await examine(app, signer)).toEqual({ notRight: [], mistakes: [] });
      await others[application.example]?.(app);
    },
  );

  /** What else an application has to do, by its example. */
  const others: Readonly<Record<string, (app: App) => Promise<void>>> = {
    /** What a handler wrote is in the database if the delivery was handled, and is not if it was not. */
    async drizzle({ output }) {
      const client = new Client(postgres.url);
      await client.connect();
      const { rows } = await client.query<{ analysis_id: string }>("select analysis_id from completed_analyses");
      await client.end();
      const written = rows.map((row) => `Analysis ${row.analysis_id} is complete.`);
      const handled = output().match(/^Analysis \S+ is complete\.$/gm);
      expect(written.toSorted()).toEqual(handled?.toSorted());
    },
    /** Next answers itself for methods that the route does not export. A large body reaches the receiver. */
    async next({ url }) {
      expect((await fetch(url)).status).toBe(405);
      const headers = { "content-type": "application/json" };
      const large = await fetch(url, { method: "POST", headers, body: "a".repeat(1_048_577) });
      expect([large.status, await large.json()]).toEqual([413, { code: "body_too_large" }]);
    },
  };
});

test.each(APPLICATIONS)("$name takes fewer than 40 lines", ({ example }) => {
  const files = globSync("{app,server,src}/**/*.ts", { cwd: exampleFolder(example) });
  const lines = files.flatMap((file) =>
    readFileSync(join(exampleFolder(example), file), "utf8")
      .trim()
      .split("\n"),
  );
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.length).toBeLessThan(40);
});
