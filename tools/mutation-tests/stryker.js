import { fileURLToPath } from "node:url";

/** Below the root of the repository, where Stryker runs. Git ignores it. */
const REPORTS = "tools/mutation-tests/reports";

/**
 * The configuration of Stryker for one package.
 *
 * @param {string} name The name of its report.
 * @param {{ mutate: string[], testFiles: string[], vitest: { configFile: string, dir: string } }} target Which files are
 *   mutated, which tests run against each mutant, and how vitest runs them.
 * @returns {Partial<import("@stryker-mutator/api/core").StrykerOptions>}
 */
export const configure = (name, { vitest, ...target }) => ({
  ...target,
  testRunner: "vitest",
  vitest: { ...vitest, related: false },
  // The share of the mutants that the tests have to notice, in percent: with less, Stryker exits with 1.
  thresholds: { high: 90, low: 85, break: 85 },
  // By its path, since Stryker does not find it by its name in a strict node_modules.
  plugins: [fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner"))],
  coverageAnalysis: "perTest",
  // A mutant in code that runs only once, while a module loads, would need a process of its own.
  ignoreStatic: true,
  // vitest checks no types, and Stryker's line in the generated files would make them stale.
  disableTypeChecks: false,
  concurrency: 2,
  timeoutMS: 10_000,
  incremental: true,
  incrementalFile: `${REPORTS}/${name}-incremental.json`,
  tempDirName: `${REPORTS}/sandbox-${name}`,
  // Other packages are reached through node_modules.
  ignorePatterns: ["**/dist", "**/reports", ".turbo", "**/.turbo"],
  reporters: ["clear-text", "progress-append-only", "json"],
  clearTextReporter: { allowColor: false, reportTests: false },
  jsonReporter: { fileName: `${REPORTS}/${name}.json` },
});
