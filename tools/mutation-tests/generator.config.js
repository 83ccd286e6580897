import { configure } from "./stryker.js";

export default configure("generator", {
  mutate: ["tools/generator/src/**/*.ts", "!tools/generator/src/main.ts"],
  // Without the tests that start a process, which has no mutant, and the one that counts what 111 operations become.
  testFiles: ["tools/generator/test/!(process|growth).test.ts"],
  vitest: { configFile: "tools/mutation-tests/lasting-thread.ts", dir: "tools/generator" },
});
