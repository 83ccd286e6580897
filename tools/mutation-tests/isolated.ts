import { defineConfig } from "vitest/config";

/** How Stryker runs the tests of the client: without the projects of `npm test`, in which it finds no test. */
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], restoreMocks: true, unstubGlobals: true },
});
