// A contract in which every operation needs a token, and one in which a published operation needs none.
import type * as contract from "@mindbridge-sdk/contract";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.doUnmock("@mindbridge-sdk/contract"));

test.each([
  { what: "every operation needs it", headers: {}, isRefused: true },
  { what: "an operation needs none", headers: { "GET /v1/webhooks/{webhookId}": "" }, isRefused: false },
])("a client without a token is refused when it is made, if $what: $isRefused", async ({ headers, isRefused }) => {
  vi.resetModules();
  vi.doMock("@mindbridge-sdk/contract", async (original) => ({
    ...(await original<typeof contract>()),
    OPTIONAL_TOKENS: [],
    TOKEN_HEADERS: headers,
  }));
  const { ConfigurationError, MindBridge } = await import("../../src/index.ts");
  const make = () => new MindBridge({ tenant: "acme", token: undefined as never });
  if (isRefused) expect(make).toThrow(ConfigurationError);
  else await expect(make().webhooks.delete("1")).rejects.toBeInstanceOf(ConfigurationError);
});
