import { expect, test } from "vitest";
import { MindBridge, ResponseParseError } from "../../src/index.ts";

const PATH = "/v1/webhooks/{webhookId}";
const params = { path: { webhookId: "1" } };

function clientWith(body: BodyInit): MindBridge {
  return new MindBridge({ tenant: "acme", token: "token", fetch: async () => new Response(body) });
}

test("api refuses a body that is not JSON, with parseAs and without", async () => {
  const { api } = clientWith("<h1>Sign in</h1>");
  await expect(api.GET(PATH, { params, parseAs: "json" })).rejects.toThrow(ResponseParseError);
  await expect(api.GET(PATH, { params })).rejects.toThrow(ResponseParseError);
});

test.each([
  ['{"message":"no"}', { message: "no" }],
  ["no", undefined],
  ["", undefined],
])("an error response of middleware keeps its body %j", async (body, parsed) => {
  const client = clientWith("{}");
  client.api.use({ onResponse: () => new Response(body, { status: 400 }) });
  await expect(client.webhooks.get("1")).rejects.toMatchObject({ status: 400, text: body, body: parsed });
});
