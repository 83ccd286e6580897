import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { expect, test } from "vitest";
import { deliveries } from "../../../testing/src/index.ts";
import { verify } from "../../src/index.ts";
import { ID, now, SECONDS, Signer } from "./support.ts";

const signer = new Signer();
const received = (body: string) => verify({ headers: signer.headers(body), body }, { keys: signer.whpk, now });

const examples = Object.values(DELIVERY_EXAMPLES).flatMap((byName) => Object.entries(byName));

test.each(examples)("the contract's example %s is known", async (_name, example) => {
  const body = JSON.stringify(example);
  const delivery = await received(body);
  expect(delivery).toEqual({ ...example, known: true, id: ID, attemptedAt: new Date(SECONDS * 1000) });
  expect(delivery.raw).toEqual(new TextEncoder().encode(body));
});

test("as JSON, a delivery is hardly larger than its body, and has neither the bytes nor what is missing", async () => {
  const body = JSON.stringify(deliveries.analysisCompleted());
  const json = JSON.stringify(await received(body));
  expect(json.length - body.length).toBeLessThan(150);
  expect(JSON.parse(json)).toEqual({
    ...JSON.parse(body),
    known: true,
    id: ID,
    attemptedAt: new Date(SECONDS * 1000).toISOString(),
  });
});

test("traceparent is the header as it came", async () => {
  const headers = { ...signer.headers("{}"), TraceParent: "00-1-2-01" };
  expect(await verify({ headers, body: "{}" }, { keys: signer.whpk, now })).toMatchObject({ traceparent: "00-1-2-01" });
});

test.each([
  ["a type that is not listed", { type: "engagement.created", data: { a: 1 } }],
  ["data that is missing", { type: "analysis.completed" }],
  ["data that is null", { type: "analysis.completed", data: null }],
  ["data that is an array", { type: "analysis.completed", data: [] }],
  ["data that is a string", { type: "analysis.completed", data: "x" }],
])("%s is not known, and comes through unchanged", async (_what, body) => {
  const { known, type, data } = await received(JSON.stringify(body));
  expect({ known, type, data }).toEqual({ known: false, data: undefined, ...body });
});

test.each([{}, { type: 1, eventId: 2, timestamp: null, senderId: {}, tenantId: [], userId: false }])(
  "a field that is not a string is undefined: %j",
  async (body) => {
    const delivery = await received(JSON.stringify(body));
    expect(delivery).toMatchObject({ known: false, type: "" });
    const fields = ["eventId", "timestamp", "senderId", "tenantId", "userId"] as const;
    expect(fields.map((field) => delivery[field])).toEqual(Array(5).fill(undefined));
  },
);

test("a body cannot overwrite what comes from the headers or from verify", async () => {
  const delivery = await received(
    '{"id":"x","known":true,"raw":"x","attemptedAt":"x","__proto__":{"type":"analysis.completed"}}',
  );
  expect(delivery).toMatchObject({ id: ID, known: false, type: "", attemptedAt: new Date(SECONDS * 1000) });
  expect(delivery.raw).toBeInstanceOf(Uint8Array);
});
