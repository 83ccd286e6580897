import { json, type Kind, object, operation, ref } from "./kind.ts";

const text = { type: "string" };

/** What no call of the client depends on: links, callbacks, examples by reference, and extensions of other people. */
export const linksAndCallbacks: Kind = {
  document: {
    paths: {
      "/exports": {
        post: operation("exports.start", {
          "x-internal-owner": { team: "reports", since: 2024 },
          externalDocs: { url: "https://example.com/exports" },
          requestBody: {
            required: true,
            ...json(object({ callbackUrl: { type: "string", format: "uri", "x-faker": "internet.url" } }), {
              examples: { usual: { $ref: "#/components/examples/ExportStart" } },
            }),
          },
          responses: {
            "x-statuses": 1,
            202: {
              description: "It will be made.",
              ...json(ref("Export"), { example: { id: "1" } }),
              links: { read: { operationId: "exports.get", parameters: { exportId: "$response.body#/id" } } },
            },
          },
          callbacks: {
            made: {
              "{$request.body#/callbackUrl}": {
                post: {
                  summary: "The export is made.",
                  security: [],
                  requestBody: { required: true, ...json(ref("Export")) },
                  responses: { "2XX": { description: "Taken." }, "4XX": { description: "Not taken." } },
                },
              },
            },
          },
        }),
      },
      "/exports/{exportId}": {
        get: operation("exports.get", {
          parameters: [{ name: "exportId", in: "path", required: true, description: "Which.", schema: text }],
          responses: { 200: { description: "The export.", ...json(ref("Export"), { example: { id: "1" } }) } },
        }),
      },
    },
    components: {
      examples: { ExportStart: { value: { callbackUrl: "https://example.com/made" } } },
      schemas: { Export: object({ id: text }, { "x-entity": true }) },
    },
  },
  calls: [
    {
      operation: "exports.start",
      arguments: [{ callbackUrl: "https://example.com/made" }],
      answer: { status: 202, body: '{"id":"1"}' },
      sends: { url: "/exports", body: { callbackUrl: "https://example.com/made" } },
      data: { id: "1" },
    },
  ],
};
