import { expect, test } from "vitest";
import { ConfigurationError, MindBridge, type MindBridgeOptions } from "../../src/index.ts";

const token = "token";

/** The URL that a client calls. */
async function called(options: object): Promise<string> {
  let url = "";
  const client = new MindBridge({
    token,
    ...options,
    fetch: async (input: string) => {
      url = input;
      return Response.json({});
    },
  } as unknown as MindBridgeOptions);
  await client.webhooks.get("1");
  return url.replace(/\/v1\/webhooks\/1$/, "");
}

test.each([
  [{ tenant: "acme" }, "https://acme.mindbridge.ai/api"],
  [{ tenant: "a" }, "https://a.mindbridge.ai/api"],
  [{ tenant: "4-eyes" }, "https://4-eyes.mindbridge.ai/api"],
  [{ baseUrl: "acme.mindbridge.ai" }, "https://acme.mindbridge.ai/api"],
  [{ baseUrl: "acme.mindbridge.ai/" }, "https://acme.mindbridge.ai/api"],
  [{ baseUrl: "acme.mindbridge.ai:8443" }, "https://acme.mindbridge.ai:8443/api"],
  [{ baseUrl: "https://acme.mindbridge.ai" }, "https://acme.mindbridge.ai/api"],
  [{ baseUrl: "https://acme.mindbridge.ai/" }, "https://acme.mindbridge.ai/api"],
  [{ baseUrl: "https://acme.mindbridge.ai/api" }, "https://acme.mindbridge.ai/api"],
  [{ baseUrl: "https://acme.mindbridge.ai/api/" }, "https://acme.mindbridge.ai/api"],
  [{ baseUrl: "https://[::1]:8443" }, "https://[::1]:8443/api"],
  [{ baseUrl: "localhost:4010" }, "https://localhost:4010/api"],
  [{ baseUrl: "http://localhost:4010" }, "http://localhost:4010"],
  [{ baseUrl: "http://localhost:4010/" }, "http://localhost:4010"],
  [{ baseUrl: "http://localhost" }, "http://localhost"],
  [{ baseUrl: "http://127.0.0.1:4010/mock/" }, "http://127.0.0.1:4010/mock"],
  [{ baseUrl: "http://127.1.2.3" }, "http://127.1.2.3"],
  [{ baseUrl: "http://[::1]:4010/api" }, "http://[::1]:4010/api"],
])("%j means %s", async (options, expected) => {
  expect(await called(options)).toBe(expected);
});

test.each([
  {},
  { tenant: "acme", baseUrl: "https://acme.mindbridge.ai" },
  { tenant: "" },
  { tenant: "Acme" },
  { tenant: "acme.mindbridge.ai" },
  { tenant: "https://acme.mindbridge.ai" },
  { tenant: "-acme" },
  { tenant: "acme-" },
  { tenant: "a_b" },
  { tenant: "acme\n" },
  { tenant: "a".repeat(64) },
  { tenant: "evil.com/" },
  { tenant: null },
  { baseUrl: "" },
  { baseUrl: null },
  { baseUrl: "/" },
  { baseUrl: "/api" },
  { baseUrl: "//example.com" },
  { baseUrl: "http://example.com" },
  { baseUrl: "http://localhost.example.com" },
  { baseUrl: "http://127.0.0.1.example.com" },
  { baseUrl: "http://127.0.0.999" },
  { baseUrl: "http://localhost@example.com" },
  { baseUrl: "http://localhost:x" },
  { baseUrl: "http:example.com" },
  { baseUrl: "https:" },
  { baseUrl: "https://" },
  { baseUrl: "https://example.com:99999" },
  { baseUrl: "https://example.com/v1" },
  { baseUrl: "https://example.com/api/v1" },
  { baseUrl: "https://example.com//api" },
  { baseUrl: "https://example.com/API" },
  { baseUrl: "https://example.com?" },
  { baseUrl: "https://example.com/#" },
  { baseUrl: "https://user:s3cr3t@example.com" },
  { baseUrl: "user:s3cr3t@example.com" },
  { baseUrl: "https://example.com\\@evil.com" },
  { baseUrl: "https://example.com\n" },
  { baseUrl: " https://example.com" },
  { baseUrl: "exa mple.com" },
  { baseUrl: "ftp://example.com" },
  { baseUrl: "javascript:alert(1)" },
])("%j is refused, and not quoted", (options) => {
  let error: unknown;
  try {
    expect(new MindBridge({ token, ...options } as MindBridgeOptions)).toBe("refused");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error).toMatchObject({ outcome: "not-sent", attempts: 0, operation: "new MindBridge" });
  expect(String(error)).toContain("tenant");
  expect(String(error)).toContain("baseUrl");
  expect(String(error)).not.toContain("s3cr3t");
});
