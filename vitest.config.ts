import { defineConfig } from "vitest/config";

/** The configuration of every package, which each runs from its own folder. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // `npm test` sums its last line from the JSON reports.
    reporters: ["default", ["json", { outputFile: "reports/vitest.json" }]],
    // Where files share a process, none finds what a test of another one has replaced.
    restoreMocks: true,
    unstubGlobals: true,
    // vitest lists slow tests. Tests that start processes are slow by nature, and would hide the rest.
    slowTestThreshold: 10_000,
    // For tests that hang. On a busy machine, tests that start processes take many times longer than alone.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
