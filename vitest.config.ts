import { defineConfig } from "vitest/config";

/** One configuration for every package: each runs it from its own folder. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The JSON report is what the closing line of `npm test` is summed from.
    reporters: ["default", ["json", { outputFile: "reports/vitest.json" }]],
    // What is called slow is listed. Tests that start processes are so by nature, and would hide in the log what matters.
    slowTestThreshold: 10_000,
    // For what hangs. Where a machine is busy, tests that start processes take many times as long as they do alone.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
