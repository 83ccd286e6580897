import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generate } from "../../generator/src/generate.ts";
import { staleFiles } from "../../generator/src/output.ts";

// Not a test of its own: `pnpm generate --check`, which is a part of `npm test` as well, in the process that has the mutants.
test("the committed files are what the document says", async () => {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const document = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));
  expect(staleFiles(root, await generate({ document }))).toEqual([]);
});
