import { describe, expect, test } from "vitest";
import { brokenDeliveries, checkableDeliveries, deliveryProblems } from "../src/deliveries.ts";
import { type Document, readDocument } from "../src/document.ts";
import { isRecord } from "../src/schema.ts";

const document = await readDocument();

describe.each(checkableDeliveries(document))("the delivery $delivery.name", (checkable) => {
  const { delivery, schema, validate, bodies } = checkable;
  const { body, headers } = brokenDeliveries(document, checkable);

  test("has examples that are as the document says, and may hold more", () => {
    expect(bodies.length).toBeGreaterThan(0);
    for (const example of bodies) {
      expect(validate(schema, example)).toEqual([]);
      expect(isRecord(example) && validate(schema, { ...example, addedLater: { any: "thing" } })).toEqual([]);
    }
  });

  test.each(body.broken)("is refused when it breaks $name", ({ value, location, code }) => {
    expect(validate(schema, value)).toContainEqual(expect.objectContaining({ location, code }));
  });

  test("has every constraint broken, of its body and of its headers", () => {
    expect([...body.unbroken, ...headers.unbroken]).toEqual([]);
    const broken = headers.broken.map(({ name }) => name);
    for (const { name, required } of delivery.parameters) {
      if (required === true) expect(broken).toContain(`(whole): required (${name})`);
    }
  });
});

describe("the check of deliveries", () => {
  test("finds nothing wrong", () => {
    expect(deliveryProblems(document)).toEqual([]);
  });

  test.each([
    {
      slip: ['"type":"analysis.failed"', '"type":"analysis.broken"'],
      problem: "delivery analysis.failed › body › type: must be equal to constant",
    },
    {
      slip: ["2026-03-02T09:15:04.120Z", "2 March 2026"],
      problem: 'delivery analysis.completed › body › timestamp: must match format "date-time"',
    },
    {
      slip: ["1772442905", '"soon"'],
      problem: "delivery analysis.completed › header webhook-timestamp: must be integer",
    },
  ])("finds $problem", ({ slip: [before = "", after = ""], problem }) => {
    // Only the deliveries: the log of a delivery holds the same values.
    const text = JSON.stringify(document.webhooks);
    expect(text).toContain(before);
    const webhooks = JSON.parse(text.replaceAll(before, after)) as Document["webhooks"] & object;
    expect(deliveryProblems({ ...document, webhooks })).toContain(problem);
  });
});
