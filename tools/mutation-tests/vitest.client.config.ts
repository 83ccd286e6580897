import { defineConfig } from "vitest/config";

/** How Stryker runs the tests of the client, from the root of the repository. */
export default defineConfig({
  test: { include: ["packages/client/test/{behaviour,unit}/**/*.test.ts"], testTimeout: 20_000 },
});
