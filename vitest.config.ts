import { defineConfig } from "vitest/config";

/** One configuration for every package: each runs it from its own folder. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The JSON report is what the closing line of `npm test` is summed from.
    reporters: ["default", ["json", { outputFile: "reports/vitest.json" }]],
    testTimeout: 20_000,
  },
});
