/** A package whose own logic is mutated. Globs are of the root of the repository. */
export interface Target {
  readonly name: string;
  /** How vitest runs its tests. */
  readonly config: string;
  /** Which files are mutated. */
  readonly mutate: readonly string[];
  /** Which tests run against the mutants. */
  readonly tests: readonly string[];
  /** The least share of the mutants that the tests have to notice, in percent. */
  readonly threshold: number;
}

export const TARGETS: readonly Target[] = [
  {
    name: "generator",
    config: "tools/mutation-tests/vitest.generator.config.ts",
    mutate: ["tools/generator/src/**/*.ts", "!tools/generator/src/main.ts"],
    // Not those of the command, which run it as a process of its own, in which no mutant is switched on, and not that of
    // the growth, which generates for 111 operations and looks at no more than the length of what comes out.
    tests: ["tools/mutation-tests/checks/generated-files.test.ts", "tools/generator/test/!(command|growth).test.ts"],
    threshold: 85,
  },
  {
    name: "client",
    config: "tools/mutation-tests/vitest.client.config.ts",
    mutate: ["packages/client/src/**/*.ts", "!packages/client/src/generated/**"],
    // Not those of the size and of the types: code that carries mutants has neither.
    tests: ["packages/client/test/behaviour/**/*.test.ts", "packages/client/test/unit/**/*.test.ts"],
    threshold: 85,
  },
];
