import { expect, test } from "vitest";
import { ACCIDENTS } from "../../../packages/receiver/src/diagnose/accidents.ts";
import { namesIn, rowsUnder } from "../src/error-tables.ts";
import { readPage } from "../src/pages.ts";

test("every accident that diagnose names is listed, and nothing else", () => {
  const rows = rowsUnder(readPage("docs/verifying.md").text, "Why a signature does not match");
  expect(rows.flatMap(({ accident }) => namesIn(accident)).toSorted()).toEqual(Object.keys(ACCIDENTS).toSorted());
});
