import { DELIVERY_TYPES } from "@mindbridge-sdk/contract/deliveries";
import { isAnalysisCompletedDelivery, isAnalysisFailedDelivery } from "@mindbridge-sdk/contract/validators";
import { describe, expect, expectTypeOf, test } from "vitest";
import { deliveries } from "../src/index.ts";
import { withOverrides } from "../src/overrides.ts";

test("there is a fixture for each type that the contract lists", () => {
  const types = Object.values(deliveries).map((make) => make().type);
  expect(types).toEqual(DELIVERY_TYPES);
});

test("a fixture is valid by the contract", () => {
  expect(isAnalysisCompletedDelivery.problems(deliveries.analysisCompleted())).toEqual([]);
  expect(isAnalysisFailedDelivery.problems(deliveries.analysisFailed())).toEqual([]);
});

test("overrides go over the example, as deep as they go", () => {
  const example = deliveries.analysisCompleted();
  expect(deliveries.analysisCompleted({ tenantId: "", data: { analysisId: "1" } })).toEqual({
    ...example,
    tenantId: "",
    data: { ...example.data, analysisId: "1" },
  });
});

test("fixtures share nothing", () => {
  const before = deliveries.analysisCompleted();
  deliveries.analysisCompleted().data.analysisId = "changed";
  expect(deliveries.analysisCompleted()).toEqual(before);
});

test("overrides are typed", () => {
  type Given = NonNullable<Parameters<typeof deliveries.analysisCompleted>[0]>;
  expectTypeOf(deliveries.analysisCompleted().type).toEqualTypeOf<"analysis.completed">();
  expectTypeOf<{ data: { analysisId: string } }>().toExtend<Given>();
  expectTypeOf<{ data: { analysisId: number } }>().not.toExtend<Given>();
  expectTypeOf<{ type: "analysis.failed" }>().not.toExtend<Given>();
  // @ts-expect-error there is no such field.
  deliveries.analysisCompleted({ tenant: "acme" });
});

describe("withOverrides", () => {
  test.each([
    ["nothing", { a: 1 }, undefined, { a: 1 }],
    ["undefined", { a: 1 }, { a: undefined }, { a: 1 }],
    ["a value", { a: 1, b: 2 }, { a: 0 }, { a: 0, b: 2 }],
    ["null", { a: { b: 1 } }, { a: null }, { a: null }],
    ["an array, whole", { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ["an object over null", { a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
    ["a new field", { a: 1 }, { b: { c: 2 } }, { a: 1, b: { c: 2 } }],
  ])("takes %s", (_what, value, overrides, expected) => {
    expect(withOverrides<object>(value, overrides as object)).toEqual(expected);
  });

  test("shares nothing with what it was given", () => {
    const [value, overrides] = [{ a: { b: [1] } }, { c: { d: [2] } }];
    const result = withOverrides<Record<string, unknown>>(value, overrides);
    expect(result).toEqual({ a: { b: [1] }, c: { d: [2] } });
    expect(result.a).not.toBe(value.a);
    expect(result.c).not.toBe(overrides.c);
  });

  test("a field called __proto__ is a field", () => {
    const result = withOverrides<object>({}, JSON.parse('{"__proto__":{"polluted":true}}') as object);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
  });
});
