import { afterAll, beforeAll, test } from "vitest";
import * as sdk from "../../src/index.ts";
import { cases } from "./cases.ts";
import { type MisbehavingServer, startServer } from "./server.ts";

let server: MisbehavingServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

// Each case fails by throwing.
for (const behaviour of cases) test(behaviour.name, () => behaviour.run({ sdk, ...server }));
