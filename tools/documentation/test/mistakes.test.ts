import { namesIn, rowsUnder } from "@mindbridge-sdk/repository/markdown";
import { expect, test } from "vitest";
import { EXPLANATIONS } from "../../../packages/testing/src/examine/findings.ts";
import { readPage } from "../src/markdown.ts";

test.each([
  { path: "packages/cli/README.md", heading: "To test an endpoint" },
  { path: "docs/testing.md", heading: "From the command line" },
])(
  "$path lists every mistake that `mindbridge trigger --all` names, in its order, and no other",
  ({ path, heading }) => {
    const rows = rowsUnder(readPage(path).text, heading);
    expect(rows.flatMap(({ mistake }) => namesIn(mistake))).toEqual(Object.keys(EXPLANATIONS));
    for (const { mistake, ...others } of rows) expect(Object.values(others).join(), mistake).toMatch(/\w/);
  },
);
