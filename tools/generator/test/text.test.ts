import { expect, test } from "vitest";
import { docComment } from "../src/text.ts";

test("one short paragraph stands on one line", () => {
  expect(docComment("", "", "  A thing. ", " \n ")).toBe("/** A thing. */\n");
});

test("without text there is no comment", () => {
  expect(docComment("  ", "", " ")).toBe("");
});

test("an empty line separates paragraphs, but not tags", () => {
  expect(docComment("  ", "A thing.\nOn two lines.", "Of @use.", "@param a One.", "@returns Two.")).toBe(
    [
      "  /**",
      "   * A thing.",
      "   * On two lines.",
      "   *",
      "   * Of @use.",
      "   *",
      "   * @param a One.",
      "   * @returns Two.",
      "   */",
      "",
    ].join("\n"),
  );
});

test("a line has at most 110 characters, unless one word is longer", () => {
  const word = "x".repeat(54);
  expect(docComment("", `${word}  ${word}y z`)).toBe(`/**\n * ${word} ${word}y\n * z\n */\n`);
  const long = "y".repeat(120);
  expect(docComment("", `${long} ${long}`)).toBe(`/**\n * ${long}\n * ${long}\n */\n`);
});
