import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, test } from "vitest";
import { namesIn, rowsUnder } from "../src/error-tables.ts";
import { readPage } from "../src/pages.ts";

test("every accident that diagnose names is listed, and nothing else", async () => {
  const built = join(ROOT, "packages/receiver/dist/diagnose/accidents.js");
  const { ACCIDENTS } = (await import(built)) as typeof import("../../../packages/receiver/src/diagnose/accidents.ts");
  const rows = rowsUnder(readPage("docs/verifying.md").text, "Why a signature does not match");
  expect(rows.flatMap(({ accident }) => namesIn(accident)).toSorted()).toEqual(Object.keys(ACCIDENTS).toSorted());
});
