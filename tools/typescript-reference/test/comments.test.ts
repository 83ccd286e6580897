import { expect, test } from "vitest";
import { namesWithoutComment } from "../src/comments.ts";

test("each name that users import has a comment", () => {
  expect(namesWithoutComment()).toEqual([]);
});
