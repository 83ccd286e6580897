import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { ConfigurationError, clientFromEnv, MindBridge, type MindBridgeOptions } from "../../src/index.ts";

const token = "s3cr3t-token";

test.each(["timeout", "maxRetries", "maxRetryWait", "maxResponseBytes"])("%s takes 0, more, and Infinity", (name) => {
  for (const value of [0, 0.5, 7, Number.POSITIVE_INFINITY, undefined]) {
    expect(() => new MindBridge({ tenant: "acme", token, [name]: value })).not.toThrow();
  }
});

test.each(["timeout", "maxRetries", "maxRetryWait", "maxResponseBytes"])(
  "%s refuses anything but a number of 0 or more",
  (name) => {
    for (const value of [Number.NaN, -1, Number.NEGATIVE_INFINITY, "5", {}, true]) {
      const options = { tenant: "acme", token, [name]: value } as unknown as MindBridgeOptions;
      expect(() => new MindBridge(options)).toThrow(ConfigurationError);
      expect(() => new MindBridge(options)).toThrow(name);
    }
  },
);

test("the client, its resources and its calls do not show the token", async () => {
  const client = new MindBridge({ tenant: "acme", token, fetch: async () => Response.json({ id: "1" }) });
  const call = client.webhooks.get("1");
  await call;
  for (const thing of [client, client.webhooks, client.api, call]) {
    expect(inspect(thing, { depth: 20, showHidden: true })).not.toContain(token);
    expect(JSON.stringify([thing])).not.toContain(token);
  }
});

test("making a client touches neither fetch nor Request", () => {
  const touched: string[] = [];
  for (const name of ["fetch", "Request", "Response", "Headers"] as const) {
    vi.spyOn(globalThis as Record<string, unknown>, name, "get").mockImplementation(() => touched.push(name));
  }
  try {
    expect(new MindBridge({ tenant: "acme", token })).toBeDefined();
  } finally {
    vi.restoreAllMocks();
  }
  expect(touched).toEqual([]);
});

test("the global fetch is looked up for each call, and called on its own", async () => {
  const client = new MindBridge({ tenant: "acme", token });
  const fake = vi.fn(async function (this: unknown) {
    expect(this).toBeUndefined();
    return Response.json({ id: "1" });
  });
  vi.stubGlobal("fetch", fake);
  try {
    await client.webhooks.get("1");
  } finally {
    vi.unstubAllGlobals();
  }
  expect(fake).toHaveBeenCalledOnce();
});

test("without middleware no Request is made", async () => {
  const client = new MindBridge({ tenant: "acme", token, fetch: async () => Response.json({ id: "1" }) });
  const construct = vi.fn(() => {
    throw new Error("made a Request");
  });
  vi.stubGlobal("Request", new Proxy(Request, { construct }));
  try {
    await client.webhooks.get("1");
    expect(construct).not.toHaveBeenCalled();
    await expect(
      client.api.GET("/v1/webhooks/{webhookId}", { params: { path: { webhookId: "1" } } }),
    ).rejects.toThrow();
    expect(construct).toHaveBeenCalledOnce();
  } finally {
    vi.unstubAllGlobals();
  }
});

test("a rejected call that is awaited one way is not an unhandled rejection the other way", async () => {
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  try {
    const client = new MindBridge({ tenant: "acme", token, fetch: async () => new Response("", { status: 400 }) });
    await expect(client.webhooks.get("1")).rejects.toThrow("400");
    await expect(client.webhooks.get("1").withResponse()).rejects.toThrow("400");
    // Node reports them once the microtasks have run.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  } finally {
    process.off("unhandledRejection", unhandled);
  }
});

test("clientFromEnv reads the URL and the token", async () => {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json({ id: "1" }));
  const env = { MINDBRIDGE_API_URL: "acme.mindbridge.ai", MINDBRIDGE_API_TOKEN: token };
  await clientFromEnv({ fetch }, env).webhooks.get("1");
  const [url, init] = fetch.mock.calls[0] ?? [];
  expect(url).toBe("https://acme.mindbridge.ai/api/v1/webhooks/1");
  expect(new Headers(init?.headers).get("authorization")).toBe(`Bearer ${token}`);
});

test("clientFromEnv reads the environment of the process", () => {
  vi.stubEnv("MINDBRIDGE_API_URL", "acme.mindbridge.ai");
  vi.stubEnv("MINDBRIDGE_API_TOKEN", token);
  try {
    expect(clientFromEnv()).toBeInstanceOf(MindBridge);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("options override the environment", async () => {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json({ id: "1" }));
  await clientFromEnv({ tenant: "other", token: "mine", fetch }, {}).webhooks.get("1");
  expect(fetch.mock.calls[0]?.[0]).toBe("https://other.mindbridge.ai/api/v1/webhooks/1");
});

test.each([
  [{}, "MINDBRIDGE_API_TOKEN"],
  [{ MINDBRIDGE_API_TOKEN: token }, "MINDBRIDGE_API_URL"],
  [{ MINDBRIDGE_API_TOKEN: "", MINDBRIDGE_API_URL: "acme.mindbridge.ai" }, "MINDBRIDGE_API_TOKEN"],
])("clientFromEnv names the variable missing from %j", (env, name) => {
  expect(() => clientFromEnv({}, env)).toThrow(ConfigurationError);
  expect(() => clientFromEnv({}, env)).toThrow(name);
});

test.each<[object | undefined, string]>([
  [undefined, "the options must be an object."],
  [{ tenant: "acme", token, timeOut: 5 }, 'there is no option "timeOut". The options are tenant, '],
  [{ tenent: "acme", token }, 'there is no option "tenent". '],
  [{ token }, "tenant and baseUrl are empty: a variable is probably unset. Pass "],
  [{ tenant: "", token }, "tenant and baseUrl are empty: a variable is probably unset. Pass "],
  [{ baseUrl: "", token }, "tenant and baseUrl are empty: a variable is probably unset. Pass "],
  [{ tenant: "acme", baseUrl: "acme.mindbridge.ai", token }, "tenant and baseUrl are both given. Pass "],
  [{ tenant: "acme.mindbridge.ai", token }, "tenant is not a bare name in lower case. Pass "],
  [{ tenant: "https://acme.mindbridge.ai", token }, "tenant is not a bare name in lower case. Pass "],
  [{ baseUrl: "http://acme.mindbridge.ai", token }, "baseUrl is plain http to another machine. Pass "],
  [{ baseUrl: "https://acme.mindbridge.ai/v1", token }, "baseUrl cannot work. Pass "],
  [{ tenant: "acme" }, "token must be the API token alone, but it is undefined: a variable is probably unset."],
  [{ tenant: "acme", token: "undefined" }, "but it is undefined: a variable is probably unset."],
  [{ tenant: "acme", token: "" }, "but it is empty: a variable is probably unset."],
  [{ tenant: "acme", token: `Bearer ${token}` }, "but it begins with Bearer."],
  [{ tenant: "acme", token: `${token}\n` }, "but it has a space or line break."],
  [{ tenant: "acme", token: `"${token}"` }, "but it has a quote or another character that no token has."],
  [{ tenant: "acme", token: Promise.resolve(token) }, "but it is of the type object."],
])("%j is refused, and the message says which option and why", (options, message) => {
  let error: unknown;
  try {
    expect(new MindBridge(options as MindBridgeOptions)).toBe("refused");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(String(error)).toContain(message);
  expect(String(error)).toMatch(/^ConfigurationError: new MindBridge: failed: /);
  expect(String(error)).not.toContain(token);
});

test("a token that a function gives is told apart, too", async () => {
  const client = new MindBridge({ tenant: "acme", token: async () => process.env.THIS_IS_UNSET as string });
  await expect(client.webhooks.get("1")).rejects.toThrow("it is undefined: a variable is probably unset.");
});
