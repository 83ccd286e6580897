import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const shared = {
  setupFiles: [fileURLToPath(new URL("tools/repository/src/shared-process.ts", import.meta.url))],
  restoreMocks: true,
  unstubGlobals: true,
  // vitest lists slow tests. Tests that start processes are slow by nature, and would hide the rest.
  slowTestThreshold: 10_000,
  // For tests that hang. On a busy machine, tests that start processes take many times longer than alone.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};
const ISOLATED = "test/**/*.isolated.test.ts";
/** What needs an installation, the build of the site or minutes: `pnpm check` runs it, with `--mode check`. */
const SLOW = "test/{applications,runtimes,site}/**";

/** The configuration of every package, which each runs from its own folder. */
export default defineConfig(({ mode }) => ({
  test: {
    // `npm test` sums its last line from the JSON reports.
    reporters: ["default", ["json", { outputFile: "reports/vitest.json" }]],
    projects: [
      {
        test: {
          ...shared,
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ISOLATED, ...(mode === "check" ? [] : [SLOW])],
          isolate: false,
        },
      },
      { test: { ...shared, name: "isolated", include: [ISOLATED] } },
    ],
  },
}));
