/** A package whose own logic is mutated. Globs are of the root of the repository. */
export interface Target {
  readonly name: string;
  readonly folder: string;
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
    folder: "tools/generator",
    // The tests run the command as a process of its own, in which no mutant is switched on.
    mutate: ["tools/generator/src/**/*.ts", "!tools/generator/src/main.ts"],
    tests: ["tools/generator/test/**/*.test.ts"],
    threshold: 85,
  },
  {
    name: "client",
    folder: "packages/client",
    mutate: ["packages/client/src/**/*.ts", "!packages/client/src/generated/**"],
    // Not those of the size and of the types: code that carries mutants has neither.
    tests: ["packages/client/test/behaviour/**/*.test.ts", "packages/client/test/unit/**/*.test.ts"],
    threshold: 85,
  },
];
