import { type Kind, operation } from "./kind.ts";

/** Names of operations as other people give them, a name of our own for the method, and a resource in another one. */
export const otherNames: Kind = {
  document: {
    paths: {
      "/v1/ticket-queues/{queueId}/code": {
        get: operation("getTicketCode", {
          parameters: [
            { name: "queueId", in: "path", required: true, description: "Which.", schema: { type: "string" } },
          ],
        }),
      },
      "/v1/tagged": { get: operation("ListThings", { tags: ["Tagged things"] }) },
      "/v1/accounts/{id}": {
        parameters: [{ name: "id", in: "path", required: true, description: "Which.", schema: { type: "string" } }],
        get: operation("accounts_read", { tags: ["Chart of Accounts"] }),
      },
      "/v1/ingest": { post: operation("v1.ingest.endpoint.create") },
      "/v1/repositories": { get: operation("repos/list-for-org") },
      "/v1/lockers": { get: operation("lockers.list") },
      "/v1/lockers/keys": { post: operation("lockers.keys.rotate") },
      "/v1/chosen": { get: operation("GetTheChosenOnes", { "x-method-name": "chosen.list" }) },
    },
  },
  warnings: [
    {
      rule: "method-name",
      message: /`ticketQueues\.getTicketCode`.* such as `ticketQueues\.code\.get`/,
      line: `"operationId": "getTicketCode"`,
    },
    {
      rule: "method-name",
      message: /`taggedThings\.listThings`.* such as `tagged\.get`/,
      line: `"operationId": "ListThings"`,
    },
    {
      rule: "method-name",
      message: /`chartOfAccounts\.accountsRead`.* such as `accounts\.get`/,
      line: `"operationId": "accounts_read"`,
    },
    { rule: "method-name", message: /`ingest\.endpoint\.create`/, line: `"operationId": "v1.ingest.endpoint.create"` },
    { rule: "method-name", message: /`repos\.listForOrg`/, line: `"operationId": "repos/list-for-org"` },
  ],
  program: `
import type { MindBridge } from "@mindbridge-sdk/client";
import type { OperationId } from "@mindbridge-sdk/contract/operations";
export async function all(client: MindBridge): Promise<undefined[]> {
  const ids: OperationId[] = ["ticketQueues.getTicketCode", "lockers.keys.rotate", "chosen.list"];
  // @ts-expect-error Its name is that of the method.
  ids.push("getTicketCode");
  return [await client.lockers.keys.rotate(), await client.chosen.list(), await client.repos.listForOrg()];
}
`,
  flags: { "lockers-keys rotate": [], "ingest-endpoint create": [], "ticket-queues get-ticket-code": [] },
  calls: [
    { operation: "ticketQueues.getTicketCode", arguments: ["1"], sends: { url: "/v1/ticket-queues/1/code" } },
    { operation: "taggedThings.listThings", arguments: [], sends: { url: "/v1/tagged" } },
    { operation: "ingest.endpoint.create", arguments: [], sends: { url: "/v1/ingest" } },
    { operation: "repos.listForOrg", arguments: [], sends: { url: "/v1/repositories" } },
    { operation: "lockers.list", arguments: [], sends: { url: "/v1/lockers" } },
    { operation: "lockers.keys.rotate", arguments: [], sends: { url: "/v1/lockers/keys" } },
    { operation: "chosen.list", arguments: [], sends: { url: "/v1/chosen" } },
  ],
};

const named = (...operations: object[]): Kind["document"] => ({
  paths: Object.fromEntries(operations.map((each, index) => [`/doors${index === 0 ? "" : index}`, { get: each }])),
});

export const oneMethodTwice: Kind = {
  document: named(operation("listDoors", { tags: ["doors"] }), operation("doors.listDoors")),
  refused: {
    rule: "method-names",
    message: /`doors\.listDoors` and `listDoors` would both be the method `doors\.listDoors`.*`x-method-name`/,
    line: `"operationId": "doors.listDoors"`,
  },
};
export const methodAndResource: Kind = {
  document: named(operation("doors.keys"), operation("doors.keys.list")),
  refused: {
    rule: "method-names",
    message: /`doors\.keys` would be a method, and the resource of `doors\.keys\.list`/,
    line: `"operationId": "doors.keys"`,
  },
};
export const inheritedName: Kind = {
  document: named(operation("doors.keys.constructor")),
  refused: {
    rule: "operation-name",
    message: /would hide something.* such as `doors\.list`/,
    line: `"operationId": "doors.keys.constructor"`,
  },
};
export const promisedName: Kind = {
  document: { paths: { "/doors": { get: operation("doors.list"), post: operation("doors.then") } } },
  refused: {
    rule: "operation-name",
    message: /`doors\.then` would hide something.* such as `doors\.create`/,
    line: `"operationId": "doors.then"`,
  },
};
export const noName: Kind = {
  document: {
    paths: {
      "/doors": {
        get: operation("2fa.enable"),
        put: operation("doors.list.all"),
        post: operation("doors.fetch"),
        patch: operation("doors.get"),
        delete: operation("doors.read"),
      },
    },
  },
  refused: {
    rule: "operation-name",
    message: /`2fa\.enable` makes no name.* such as `doors\.getDoors`/,
    line: `"operationId": "2fa.enable"`,
  },
};
