import { type Document, isObject, readDocument } from "@mindbridge-sdk/openapi";
import { describe, expect, test } from "vitest";
import { checkableDeliveries, deliveryDifference, deliveryProblems } from "../src/deliveries.ts";
import { plainDocument } from "../src/document.ts";

const document = plainDocument(await readDocument());

const differenceOf = (one: Document, other: Document): string | undefined =>
  deliveryDifference(checkableDeliveries(one), checkableDeliveries(other));

/** The document with another text in its deliveries only: the log of a delivery holds the same values. */
function changed(before: string, after: string): Document {
  const text = JSON.stringify(document.webhooks);
  expect(text).toContain(before);
  return { ...document, webhooks: JSON.parse(text.replaceAll(before, after)) as Document["webhooks"] & object };
}

describe.each(checkableDeliveries(document))("the delivery $delivery.name", (checkable) => {
  const { delivery, schema, validate, bodies, broken } = checkable;
  const { body, headers } = broken;

  test("has valid examples, and may hold more", () => {
    expect(bodies.length).toBeGreaterThan(0);
    for (const example of bodies) {
      expect(validate(schema, example)).toEqual([]);
      expect(isObject(example) && validate(schema, { ...example, addedLater: { any: "thing" } })).toEqual([]);
    }
  });

  test.each(body.broken)("is refused when it breaks $name", ({ value, location, code }) => {
    expect(validate(schema, value)).toContainEqual(expect.objectContaining({ location, code }));
  });

  test("has every constraint of its body and its headers broken", () => {
    expect([...body.unbroken, ...headers.unbroken]).toEqual([]);
    const names = headers.broken.map(({ name }) => name);
    for (const { name, required } of delivery.parameters) {
      if (required === true) expect(names).toContain(`(whole): required (${name})`);
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
    expect(deliveryProblems(changed(before, after))).toContain(problem);
  });
});

describe("the comparison of two documents' deliveries", () => {
  test("finds no difference where there is none", () => {
    expect(differenceOf(document, structuredClone(document))).toBeUndefined();
  });

  test.each([
    { before: '"const":"analysis.failed"', after: '"const":"analysis.broken"', due: "must be equal to constant" },
    { before: '"webhook-id"', after: '"x-webhook-id"', due: "header (whole): must have required property" },
    { before: '"analysis.failed":{"post"', after: '"analysis.failed":{"put"', due: "analysis.failed: it is no POST" },
    { before: '"analysis.failed":{', after: '"analysis.broken":{', due: "analysis.failed: it is not there" },
  ])("finds $due", ({ before, after, due }) => {
    expect(differenceOf(document, changed(before, after))).toContain(due);
  });

  test("finds what only one of them requires, in either order", () => {
    const looser = changed('"required":["analysisId","engagementId"]', '"required":["analysisId"]');
    const due = "delivery analysis.failed › body › data: required (engagementId) is accepted";
    expect(differenceOf(document, looser)).toBe(due);
    expect(differenceOf(looser, document)).toBe(due);
  });
});
