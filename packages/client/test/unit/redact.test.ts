import { expect, test } from "vitest";
import { redactor } from "../../src/redact.ts";

test.each(["a.b*c", "$1^(x)[y]{2}|d", "AbC/123+xyz==", "$&"])("every %s is found", (token) => {
  expect(redactor([token])(`before ${token} between ${token}`)).toBe("before [redacted] between [redacted]");
});

const TOKEN = "t.k-1+2/3=";

test.each([
  { how: "as it is", text: "t.k-1+2/3=" },
  { how: "in JSON", text: String.raw`t.k-1\u002b2\/3\u003D` },
  { how: "in JSON in JSON", text: String.raw`t.k-1\\u002B2\\/3=` },
  { how: "in JavaScript", text: String.raw`t\x2Ek-1\x2b2/3=` },
  { how: "in a URL", text: "t.k-1%2B2%2f3%3D" },
  { how: "in a URL in a URL", text: "t.k-1%252B2%252F3%253d" },
  { how: "in HTML, by number", text: "t.k-1&#43;2&#x2F;3&#061;" },
  { how: "in HTML, by name", text: "t&period;k-1&plus;2&sol;3&equals;" },
  { how: "in HTML in HTML", text: "t.k-1&amp;#43;2/3&amp;equals;" },
  { how: "in HTML in JSON", text: String.raw`t.k-1\u0026#43;2/3=` },
  { how: "in a URL in JSON", text: String.raw`t.k-1\u00252B2/3=` },
  { how: "after backslashes", text: String.raw`t\.k\-1\+2\/3\=` },
  { how: "with each character in another way", text: String.raw`%74&#46;\u006b-1\+2\/3&equals;` },
])("a token is found $how", ({ text }) => {
  expect(redactor([TOKEN])(`a ${text} b ${text}`)).toBe("a [redacted] b [redacted]");
});

test.each(["", "a", "ab"])("a token is found in base64, after %j", (before) => {
  const token = "tok?>n~1";
  for (const encoding of ["base64", "base64url"] as const) {
    const text = Buffer.from(`${before}${token}xyz`).toString(encoding);
    const redacted = redactor([token])(text);
    expect(redacted).toContain("[redacted]");
    // What is left says nothing but for the ends, which share a character with what stands beside them.
    expect(redacted.replace("[redacted]", "").length).toBeLessThanOrEqual(
      text.length - Math.floor((token.length * 8 - 10) / 6),
    );
  }
});

test("a short token is not looked for in base64, where it would be part of many words", () => {
  expect(redactor(["abc"])(btoa("abc"))).toBe(btoa("abc"));
});

test("several tokens are found whole, and an empty one is passed over", () => {
  expect(redactor(["ab", "abc", ""])("abc ab %61bc a%20b")).toBe("[redacted] [redacted] [redacted] a%20b");
});

test("nothing else is touched", () => {
  expect(redactor(["a.b"])("axb ab a.c \\u0061")).toBe("axb ab a.c \\u0061");
  expect(redactor([])("anything")).toBe("anything");
});

test("a long token in a long text takes no time to speak of", () => {
  const token = "eyJhbGciOi".repeat(400);
  const text = `${"\\".repeat(100_000)}${"eyJhbGciOi".repeat(399)}${token}`;
  expect(redactor([token])(text)).not.toContain(token);
});
