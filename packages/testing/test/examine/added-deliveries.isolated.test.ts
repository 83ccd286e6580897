// Deliveries that the contract may have one day: of two types, and without one or both of the ids of an event.
import { expect, test, vi } from "vitest";
import { SAMPLE_TYPES, sampleEvent } from "../../src/examine/bodies.ts";

vi.mock("../../src/generated/deliveries.ts", () => ({
  deliveries: {
    reportOpened: () => ({ type: "report.opened", eventId: "1", data: { reportId: "2" } }),
    reportClosed: () => ({ type: "report.closed", eventId: "1", data: { reportId: "2" } }),
    userChanged: () => ({ type: "user.changed", data: { eventId: "1" } }),
    tokenExpired: () => ({ type: "token.expired", data: {} }),
  },
}));

test("the sample of each type has the id of its own event, where the type has one", () => {
  expect(SAMPLE_TYPES.map((type) => sampleEvent(type, "3", []))).toEqual([
    { type: "report.opened", eventId: "3", data: { reportId: "2" } },
    { type: "report.closed", eventId: "3", data: { reportId: "2" } },
    { type: "user.changed", data: { eventId: "3" } },
    { type: "token.expired", data: {} },
  ]);
});
