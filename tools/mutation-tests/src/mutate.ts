import { fileURLToPath } from "node:url";
import type { LogLevel, MutantResult } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import type { Target } from "./targets.ts";

const PLUGIN = fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner"));
/** Below the root of the repository, and ignored by git. */
const REPORTS = "tools/mutation-tests/reports";

/**
 * Changes the code of a target in one place at a time, and runs against each change the tests that reach it.
 *
 * It works on a copy, and must be called in the root of the repository. What an earlier run found is used again where neither
 * the code nor its tests have changed.
 */
export async function mutate({ name, config, mutate: files, tests }: Target): Promise<readonly MutantResult[]> {
  const stryker = new Stryker({
    mutate: [...files],
    testFiles: [...tests],
    testRunner: "vitest",
    vitest: { configFile: config, related: false },
    // By its path: in a strict node_modules Stryker does not find it by its name.
    plugins: [PLUGIN],
    coverageAnalysis: "perTest",
    // What is executed only once, while a module loads, would need a new process for each mutant.
    ignoreStatic: true,
    // vitest checks no types, and the line that Stryker would add to the generated files makes them stale.
    disableTypeChecks: false,
    concurrency: 2,
    timeoutMS: 10_000,
    incremental: true,
    incrementalFile: `${REPORTS}/${name}-incremental.json`,
    tempDirName: `${REPORTS}/sandbox-${name}`,
    // Built and generated files of other packages are reached through node_modules.
    ignorePatterns: ["**/dist", "**/reports", ".turbo", "**/.turbo"],
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: `${REPORTS}/${name}.json` },
    // A const enum, which only exists in types.
    logLevel: "warn" as LogLevel,
    allowConsoleColors: false,
  });
  return stryker.runMutationTest();
}
