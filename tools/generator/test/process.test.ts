import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { SPEC } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { staleFiles } from "../src/output.ts";
import { temporaryFolder } from "./documents.ts";

test("started as a process, it writes the same bytes in any folder, locale and time zone", async () => {
  const files = await generate({ document: SPEC });
  const root = temporaryFolder();
  const result = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "../src/main.ts"), "--root", root, "--spec", SPEC],
    {
      cwd: "/",
      env: { ...process.env, LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Chatham" },
      encoding: "utf8",
    },
  );
  expect(result.status, result.stderr).toBe(0);
  expect(staleFiles(root, files)).toEqual([]);
});
