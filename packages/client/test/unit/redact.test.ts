import { expect, test } from "vitest";
import { redactCause, redactor } from "../../src/redact.ts";

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");

test.each(["a.b*c", "$1^(x)[y]{2}|d", "AbC/123+xyz==", "~!@#%&;:<>\"'`"])("every form of %s is found", (token) => {
  const redact = redactor([token]);
  for (const form of [
    token,
    JSON.stringify(token).slice(1, -1),
    JSON.stringify(JSON.stringify(token)).slice(3, -3),
    token.replace(/./g, (character) => `\\u${hex(character)}`),
    token.replaceAll("/", "\\/"),
    encodeURIComponent(token),
    token.replace(/./g, (character) => `%${hex(character).slice(2)}`),
    token.replace(/./g, (character) => `&#${character.charCodeAt(0)};`),
    token.replace(/./g, (character) => `&#x${hex(character).slice(2).toUpperCase()};`),
  ]) {
    expect(redact(`before ${form} after ${form}`), form).toBe("before [redacted] after [redacted]");
  }
});

test("nothing else is touched", () => {
  expect(redactor(["a.b"])("axb ab a.c \\u0061")).toBe("axb ab a.c \\u0061");
  expect(redactor([])("anything")).toBe("anything");
});

test("JSON stays JSON, with its other escapes", () => {
  const text = JSON.stringify({ say: '"hello"\n', token: "a/b", key: "\\" }).replace("/", "\\/");
  expect(JSON.parse(redactor(["a/b"])(text))).toEqual({ say: '"hello"\n', token: "[redacted]", key: "\\" });
});

test("a long token in a long text takes no time to speak of", () => {
  const token = "eyJhbGciOi".repeat(400);
  const text = `${"\\".repeat(100_000)}${"eyJhbGciOi".repeat(399)}${token}`;
  expect(redactor([token])(text)).not.toContain(token);
});

test("a cause without a token is itself, whatever it is", () => {
  const redact = redactor(["s3cr3t"]);
  for (const cause of [undefined, null, 0, "text", new Error("x", { cause: { y: 1 } }), { a: [1] }]) {
    expect(redactCause(cause, redact)).toBe(cause);
  }
});

test("a cause with a token keeps what is safe of it", () => {
  const cause = redactCause(new RangeError("not s3cr3t"), redactor(["s3cr3t"])) as Error;
  expect(cause).toBeInstanceOf(Error);
  expect(cause.message).toBe("RangeError: not [redacted]");
  // The stack of the cause, not of the place where it was redacted.
  expect(cause.stack).toMatch(/^RangeError: not \[redacted\]\n/);
});
