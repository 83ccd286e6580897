import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { run } from "@mindbridge-sdk/repository/run";
import { freePort, hasPostgres, hasRedis, type Service, startPostgres, startRedis } from "@mindbridge-sdk/services";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { APPLICATIONS, type Application } from "../../src/applications/applications.ts";
import { installApplications } from "../../src/applications/workspace.ts";
import { examine } from "../../src/examine.ts";
import { temporaryFolder } from "../../src/installation.ts";
import { type App, startApp } from "../../src/processes.ts";

const MISSING = "ConfigurationError: keys is undefined. The variable that should hold it is probably unset.";
/** Next reports its use otherwise. */
const QUIET = { NEXT_TELEMETRY_DISABLED: "1" };
/** The only thing that the answers of an application with a queue do not show. */
const NOT_TOLD = "one that cannot be handled: not sent: nothing says which that is";
const signer = await createTestSigner();
const folder = await temporaryFolder("applications");
const applicationOf = (name: string) => APPLICATIONS.find((each) => each.name === name) as Application;
const folderOf = (source: Pick<Application, "folder">): string =>
  join(folder.path, "applications", basename(source.folder));

beforeAll(() => installApplications(folder.path), 300_000);
afterAll(() => folder[Symbol.asyncDispose]());

describe.skipIf(!hasPostgres() || !hasRedis())("from the packed packages", () => {
  let postgres: Service;
  let redis: Service;
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  });
  afterAll(() => Promise.all([postgres.close(), redis.close()]));

  /** Builds an application once, and as it is deployed: without the variables of production. */
  const builds = new Map<string, Promise<void>>();
  function build(application: Application): Promise<void> {
    const building = builds.get(application.name) ?? runAll(application);
    builds.set(application.name, building);
    return building;
  }

  async function runAll(application: Application): Promise<void> {
    for (const command of application.build) await run(command, { cwd: folderOf(application), env: QUIET });
  }

  async function start(
    { path = "", needsPort, ...application }: Application,
    variables: NodeJS.ProcessEnv = {},
  ): Promise<App> {
    const { env, ...options } = application.start;
    const app = await startApp({
      ...options,
      cwd: folderOf(application),
      env: {
        ...env,
        ...(needsPort && { PORT: `${await freePort()}` }),
        MINDBRIDGE_PUBLIC_KEY: signer.publicKey,
        DATABASE_URL: postgres.url,
        REDIS_URL: redis.url,
        ...QUIET,
        ...variables,
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
      const { queues = false } = application;
      expect(await examine(app, signer, { queues })).toEqual({ notRight: queues ? [NOT_TOLD] : [], mistakes: [] });
      await others[basename(application.folder)]?.(app);
    },
  );

  async function expectWritten(query: string, output: string): Promise<void> {
    const client = new Client(postgres.url);
    await client.connect();
    const { rows } = await client.query<{ id: string }>(query);
    await client.end();
    const written = rows.map(({ id }) => `Analysis ${id} is complete.`);
    const handled = output.match(/^Analysis \S+ is complete\.$/gm);
    expect(written.toSorted()).toEqual(handled?.toSorted());
  }

  /** What else an application has to do, by its folder. */
  const others: Readonly<Record<string, (app: App) => Promise<void>>> = {
    /** What a handler wrote is in the database if the delivery was handled, and is not if it was not. */
    drizzle: ({ output }) => expectWritten("select analysis_id as id from completed_analyses", output()),
    /** It also ends when it is asked to. */
    async "express-postgres"({ output, stop }) {
      await expectWritten("select id from analyses", output());
      expect(await stop()).toBe(0);
    },
    /** Next answers itself for methods that the route does not export. A large body reaches the receiver. */
    async next({ url }) {
      expect((await fetch(url)).status).toBe(405);
      const headers = { "content-type": "application/json" };
      const large = await fetch(url, { method: "POST", headers, body: "a".repeat(1_048_577) });
      expect([large.status, await large.json()]).toEqual([413, { code: "body_too_large" }]);
    },
  };

  /** Starts an application of which a part is another. */
  async function startChanged(name: string, file: string, part: string, replacement: string): Promise<App> {
    const application = applicationOf(name);
    await build(application);
    const path = join(folderOf(application), file);
    const text = readFileSync(path, "utf8");
    expect(text).toContain(part);
    const changed = file.replace("main", "changed");
    writeFileSync(join(folderOf(application), changed), text.replace(part, replacement));
    return start({ ...application, start: { ...application.start, args: [changed] } });
  }

  /** Sends a delivery, and returns the answer, and everything that the application prints until it ends. */
  async function deliver(app: App, analysisId = "1"): Promise<{ answer: string; printed: string }> {
    const before = app.output().length;
    const event = deliveries.analysisCompleted({ data: { analysisId } });
    const delivery = await signDelivery(event, { signer, id: "msg_1" });
    const response = await fetch(delivery.toRequest(app.url));
    const answer = `${response.status} ${await response.text()}`;
    await app.stop();
    await vi.waitFor(() => expect(app.output().slice(before)).toMatch(/\n$/), 10_000);
    return { answer, printed: app.output().slice(before).replaceAll(folder.path, "") };
  }

  const RAW_BODY = {
    answer: '500 {"code":"raw_body"}',
    printed: `[mindbridge] 500 raw_body, webhook-id msg_1: A parser ran before the receiver, or the body was read before. Pass it as it came. NestJS: rawBody: true. Express: the route before express.json(), or express.raw({ type: "*/*" }). node:http: no setEncoding(). Fastify: parseAs: "buffer". Next: bodyParser: false. Hono: c.req.raw.\n`,
  };

  describe("says in one line", () => {
    test("that NestJS, by its default, has parsed the body and dropped its bytes", async () => {
      await using app = await startChanged("NestJS", "dist/main.js", ", { rawBody: true }", "");
      expect(await deliver(app)).toEqual(RAW_BODY);
    });

    test("that a middleware has read the body", async () => {
      const read = "app.use(async ({ req }, next) => { for await (const _ of req); return next(); });";
      const part = "const app = new Koa();";
      await using app = await startChanged("Koa", "src/main.ts", part, `${part} ${read}`);
      expect(await deliver(app)).toEqual(RAW_BODY);
    });

    test("that a handler has thrown, and where", async () => {
      await using app = await start(applicationOf("Koa"));
      expect(await deliver(app, "fail")).toMatchInlineSnapshot(`
        {
          "answer": "500 {"code":"handler"}",
          "printed": "[mindbridge] 500 handler, webhook-id msg_1, type analysis.completed: The handler threw. The hook \`failed\` gets the error. (Error at file:///applications/koa/src/receiver.ts:9:41)
        ",
        }
      `);
    });

    test("that a variable is missing, and does not start", async () => {
      const starting = start(applicationOf("Koa"), { MINDBRIDGE_PUBLIC_KEY: undefined });
      const { message } = await starting.then(
        () => new Error("It has started."),
        (error: Error) => error,
      );
      expect(message.match(/ConfigurationError: .*$/gm)).toEqual([MISSING]);
    });

    test.each(["Next", "SvelteKit"])(
      "that a variable is missing, in %s, which is built without it",
      { timeout: 180_000 },
      async (name) => {
        await build(applicationOf(name));
        await using app = await start(applicationOf(name), { MINDBRIDGE_PUBLIC_KEY: undefined });
        const { answer, printed } = await deliver(app);
        expect(answer).toMatch(/^500 /);
        expect(printed.match(/ConfigurationError: .*$/gm)).toEqual([MISSING]);
      },
    );
  });
});

test.each(APPLICATIONS)("$name takes fewer than 40 lines", ({ folder: cwd }) => {
  const files = globSync("{app,server,src}/**/*.ts", { cwd }).map((file) => readFileSync(join(cwd, file), "utf8"));
  const lines = files.flatMap((text) => text.trim().split("\n"));
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.length).toBeLessThan(40);
});
