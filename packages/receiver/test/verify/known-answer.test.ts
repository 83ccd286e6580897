import { expect, test } from "vitest";
import { verify } from "../../src/index.ts";

// The published test vector of the v1a scheme of Standard Webhooks.
const headers = {
  "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "webhook-timestamp": "1614265330",
  "webhook-signature": "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
};
const body = '{"test": 2432232314}';
const options = { keys: "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", now: () => 1_614_265_330_000 };

test.each([
  ["a string", { headers, body }],
  ["bytes", { headers, body: new TextEncoder().encode(body) }],
  ["a Buffer", { headers, body: Buffer.from(body) }],
  ["Headers", { headers: new Headers(headers), body }],
  ["a Request", new Request("https://hooks.example.com", { method: "POST", headers, body })],
])("the published known answer verifies, given %s", async (_what, delivery) => {
  const verified = await verify(delivery, options);
  expect(verified).toEqual({
    known: false,
    type: "",
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    attemptedAt: new Date("2021-02-25T15:02:10Z"),
    data: undefined,
  });
  expect(verified.raw).toEqual(new Uint8Array(Buffer.from(body)));
});
