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
      await expectCommitted(application, app);
    },
  );

  /** What a handler wrote is in the database if the delivery was handled, and is not if it was not. */
  async function expectCommitted({ example }: Application, { output }: App): Promise<void> {
    if (example !== "drizzle") return;
    const client = new Client(postgres.url);
    await client.connect();
    const { rows } = await client.query<{ analysis_id: string }>("select analysis_id from completed_analyses");
    await client.end();
    const written = rows.map((row) => `Analysis ${row.analysis_id} is complete.`);
    expect(written.toSorted()).toEqual(
      output()
        .match(/^Analysis \S+ is complete\.$/gm)
        ?.toSorted(),
    );
  }
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
