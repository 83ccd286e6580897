import { namesIn, rowsUnder } from "@mindbridge-sdk/repository/markdown";
import { expect, test } from "vitest";
import { CAUSES } from "../../../packages/receiver/src/diagnose/causes.ts";
import { readPage } from "../src/markdown.ts";

test("every cause that diagnose names is listed, and nothing else", () => {
  const rows = rowsUnder(readPage("docs/verifying.md").text, "Why a signature does not match");
  expect(rows.flatMap(({ cause }) => namesIn(cause)).toSorted()).toEqual(Object.keys(CAUSES).toSorted());
});
