import { expect, test } from "vitest";
import * as receiver from "../../src/index.ts";

const { DeliveryError } = receiver;

test.each([
  [new receiver.BodyTooLargeError(1), "BodyTooLargeError", "body_too_large"],
  [new receiver.ConfigurationError("x"), "ConfigurationError", "configuration"],
  [new receiver.DeliveryTooNewError(1), "DeliveryTooNewError", "too_new"],
  [new receiver.DeliveryTooOldError(1), "DeliveryTooOldError", "too_old"],
  [new receiver.InvalidBodyError(), "InvalidBodyError", "invalid_body"],
  [new receiver.InvalidKeyError("private"), "InvalidKeyError", "invalid_key"],
  [new receiver.KeySourceError({ cause: 1 }), "KeySourceError", "key_source"],
  [new receiver.MalformedHeaderError("webhook-id", "is bad"), "MalformedHeaderError", "malformed_header"],
  [new receiver.MissingHeaderError("webhook-id"), "MissingHeaderError", "missing_header"],
  [new receiver.NoKeyError(), "NoKeyError", "no_key"],
  [new receiver.RawBodyError(), "RawBodyError", "raw_body"],
  [new receiver.SignatureMismatchError(), "SignatureMismatchError", "signature_mismatch"],
  [new receiver.UnsupportedRuntimeError({ cause: 1 }), "UnsupportedRuntimeError", "unsupported_runtime"],
  [new receiver.UnsupportedSchemeError(), "UnsupportedSchemeError", "unsupported_scheme"],
])("%s", (error, name, code) => {
  expect(error).toBeInstanceOf(DeliveryError);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name, code });
  expect(error.message).not.toMatch(/undefined|\[object/);
  expect(error.stack?.startsWith(`${name}: `)).toBe(true);
  expect(Object.hasOwn(error, "cause")).toBe(["KeySourceError", "UnsupportedRuntimeError"].includes(name));
});

test("every error about a delivery is tested above", () => {
  const classes = Object.values(receiver).filter(
    (each) => typeof each === "function" && each.prototype instanceof DeliveryError,
  );
  expect(classes).toHaveLength(14);
});
