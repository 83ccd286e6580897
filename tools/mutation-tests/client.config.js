import { configure } from "./stryker.js";

export default configure("client", {
  mutate: ["packages/client/src/**/*.ts", "!packages/client/src/generated/**"],
  // Without the tests of types: code with mutants in it has none.
  testFiles: ["packages/client/test/{behaviour,unit}/**/*.test.ts"],
  vitest: { configFile: "tools/mutation-tests/isolated.ts", dir: "packages/client" },
});
