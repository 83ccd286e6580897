import { expect, test } from "vitest";
import { redactCause, redactor } from "../../src/redact.ts";

test.each(["a.b*c", "$1^(x)[y]{2}|d", "AbC/123+xyz==", "$&"])("every %s is found", (token) => {
  expect(redactor([token])(`before ${token} between ${token}`)).toBe("before [redacted] between [redacted]");
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
  expect(cause.stack).not.toContain("s3cr3t");
});
