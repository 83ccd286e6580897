import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MisbehavingServer, startServer } from "../../../../packages/client/test/behaviour/server.ts";
import { install, packAll, temporaryFolder } from "../../src/installation.ts";
import { deliveriesToSend, runIn, versionOf } from "../../src/runtimes/run.ts";
import { RUNTIMES, RUNTIMES_FOLDER } from "../../src/runtimes/runtimes.ts";
import { CASES, type Result } from "../../src/runtimes/suite.ts";

execFileSync("pnpm", ["install", "--frozen-lockfile", "--ignore-workspace=false", "--silent"], {
  cwd: RUNTIMES_FOLDER,
  stdio: ["ignore", "inherit", "inherit"],
});
const names = [...CASES, ...(await deliveriesToSend())].map(({ name }) => name);
const folder = await temporaryFolder("runtimes");
let server: MisbehavingServer;

beforeAll(async () => {
  server = await startServer();
  await install(folder.path, await packAll(folder.path));
});
afterAll(async () => {
  await server.close();
  await folder[Symbol.asyncDispose]();
});

describe.each(RUNTIMES.map((runtime) => ({ runtime, title: `${runtime.name} (${versionOf(runtime)})` })))(
  "$title",
  ({ runtime }) => {
    const { exceptions = {} } = runtime;
    const results = new Map<string, Result>();
    beforeAll(async () => {
      const { origin, otherOrigin, deadOrigin } = server;
      for (const result of await runIn(runtime, folder.path, { origin, otherOrigin, deadOrigin })) {
        results.set(result.name, result);
      }
    }, 180_000);

    for (const name of names) {
      const expected = name in exceptions ? test.fails : test;
      expected(name, () => {
        const { failure } = results.get(name) ?? { failure: "It did not run." };
        if (failure !== undefined) throw new Error(failure);
      });
    }

    test("has no exception for a case that does not exist", () => {
      expect(names).toEqual(expect.arrayContaining(Object.keys(exceptions)));
    });
  },
);
