import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../src/packages.ts";

test("nothing is there that nothing uses: no file, export, dependency or version", () => {
  const { status, stdout, stderr } = spawnSync(join(import.meta.dirname, "../node_modules/.bin/knip"), {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(stdout + stderr).toBe("");
  expect(status).toBe(0);
});
