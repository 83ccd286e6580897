import { afterEach, expect, test, vi } from "vitest";
import { verify } from "../../src/index.ts";
import { BODY, ID, now, refusal, Signer } from "./support.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const fresh = () => {
  const signer = new Signer();
  return [
    { headers: signer.headers(), body: BODY },
    { keys: signer.whpk, now },
  ] as const;
};

test.each([
  ["crypto", undefined],
  ["crypto.subtle", {}],
])("a runtime without %s does not look like a bad signature, and is not remembered", async (_what, crypto) => {
  const [delivery, options] = fresh();
  vi.stubGlobal("crypto", crypto);
  const error = await refusal(delivery, options);
  expect(error).toMatchObject({ code: "unsupported_runtime", cause: expect.any(Error) });
  vi.unstubAllGlobals();
  expect(await verify(delivery, options)).toMatchObject({ id: ID });
});

test.each(["importKey", "verify"] as const)(
  "a runtime whose %s lacks Ed25519 does not look like a bad signature",
  async (method) => {
    const [delivery, options] = fresh();
    const cause = new DOMException("Unrecognized algorithm name", "NotSupportedError");
    vi.spyOn(crypto.subtle, method).mockRejectedValue(cause);
    expect(await refusal(delivery, options)).toMatchObject({ code: "unsupported_runtime", cause });
    vi.restoreAllMocks();
    expect(await verify(delivery, options)).toMatchObject({ id: ID });
  },
);

test("only signatures of 64 bytes reach the runtime, since some throw at others", async () => {
  const [delivery, options] = fresh();
  const verifying = vi.spyOn(crypto.subtle, "verify");
  for (const length of [0, 63, 65, 114]) {
    const signature = `v1a,${Buffer.alloc(length).toString("base64")}`;
    const headers = { ...delivery.headers, "webhook-signature": signature };
    expect((await refusal({ headers, body: BODY }, options)).code).toBe("signature_mismatch");
  }
  expect(verifying).not.toHaveBeenCalled();
});

test("a refused key leaves no unhandled rejection of another key", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  try {
    const [delivery, { keys }] = fresh();
    vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new Error("no"));
    expect((await refusal(delivery, { keys: [keys, "no key"], now })).code).toBe("invalid_key");
    await new Promise(setImmediate);
    expect(unhandled).not.toHaveBeenCalled();
  } finally {
    process.off("unhandledRejection", unhandled);
  }
});
