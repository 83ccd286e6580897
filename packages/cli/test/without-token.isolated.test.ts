// An operation that the contract may have one day: it takes no token.
import type * as contract from "@mindbridge-sdk/contract";
import { expect, test, vi } from "vitest";
import type * as generated from "../src/generated/operations.ts";
import { startApi } from "./api.ts";
import { mindbridge } from "./command.ts";

vi.mock("@mindbridge-sdk/contract", async (original) => ({
  ...(await original<typeof contract>()),
  TOKEN_HEADERS: { "GET /v1/webhooks/{webhookId}": "" },
}));
// The client as it is published holds the values of the contract.
vi.mock("@mindbridge-sdk/client", () => import("../../client/src/index.ts"));
vi.mock("../src/generated/operations.ts", async (original) => ({
  RESOURCES: (await original<typeof generated>()).RESOURCES.map((resource) => ({
    ...resource,
    operations: resource.operations.map((each) =>
      resource.resource === "webhooks" && each.name === "get" ? { ...each, withoutToken: true } : each,
    ),
  })),
}));

test.each([undefined, ""])("only the operation that takes no token is called without one: %j", async (token) => {
  const api = await startApi(200, "{}");
  const env = { ...api.env, MINDBRIDGE_API_TOKEN: token };
  expect(await mindbridge(["webhooks", "get", "1"], { env })).toMatchObject({ code: 0, stderr: "" });
  expect(await mindbridge(["webhook-event-logs", "get", "1"], { env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("There is no token: set MINDBRIDGE_API_TOKEN"),
  });
  expect(api.paths).toEqual(["/v1/webhooks/1"]);
});
