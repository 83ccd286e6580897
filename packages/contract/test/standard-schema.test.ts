import { sValidator } from "@hono/standard-validator";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { Hono } from "hono";
import { expect, expectTypeOf, test } from "vitest";
import { EXAMPLES } from "../src/generated/examples.ts";
import { isWebhookCreate } from "../src/generated/validators.ts";
import type { WebhookCreate } from "../src/index.ts";

const body = EXAMPLES["webhooks.create"].request.analysisResults;

test("a validator is a Standard Schema of its type", () => {
  const schema: StandardSchemaV1<WebhookCreate> = isWebhookCreate;
  expectTypeOf<StandardSchemaV1.InferInput<typeof isWebhookCreate>>().toEqualTypeOf<WebhookCreate>();
  expectTypeOf<StandardSchemaV1.InferOutput<typeof isWebhookCreate>>().toEqualTypeOf<WebhookCreate>();
  expect(schema["~standard"]).toMatchObject({ version: 1, vendor: "mindbridge" });
  expect(schema["~standard"].validate(body)).toEqual({ value: body });
});

test("its issues say what is expected, and where", () => {
  const { validate } = isWebhookCreate["~standard"];
  expect(validate({ ...body, name: "", events: ["EXPORT_READY", "NO_SUCH_EVENT"], "a/b~": 1, "0": 1 })).toEqual({
    issues: [
      { message: "Expected at least 1 character(s)", path: ["name"] },
      { message: expect.stringMatching(/^Expected one of "EXPORT_READY", /), path: ["events", 1] },
      { message: "Expected no such property", path: ["0"] },
      { message: "Expected no such property", path: ["a/b~"] },
    ],
  });
  expect(validate(null)).toEqual({ issues: [{ message: "Expected the type object", path: [] }] });
});

test("Hono takes it where it takes zod", async () => {
  const app = new Hono().post("/", sValidator("json", isWebhookCreate), (context) => {
    const valid = context.req.valid("json");
    expectTypeOf(valid).toEqualTypeOf<WebhookCreate>();
    return context.json(valid.name);
  });
  const post = (json: unknown) =>
    app.request("/", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(json) });
  const answer = await post(body);
  expect([answer.status, await answer.json()]).toEqual([200, body.name]);
  const refusal = await post({ ...body, url: 1 });
  expect(refusal.status).toBe(400);
  expect(await refusal.json()).toMatchObject({ error: [{ message: "Expected the type string", path: ["url"] }] });
});
