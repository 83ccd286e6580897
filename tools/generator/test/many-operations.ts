import type { Document } from "@mindbridge-sdk/openapi";

/** Returns a copy of the document with `count` more operations, each of a resource and with a schema of its own. */
export function withManyOperations(document: Document, count: number): Document {
  const indices = Array.from({ length: count }, (_, index) => index);
  const { tags = [], paths = {}, components = {} } = document;
  return {
    ...document,
    tags: [...tags, ...indices.map((index) => ({ name: `things${index}`, description: "Things." }))],
    paths: {
      ...paths,
      ...Object.fromEntries(indices.map((index) => [`/v1/things${index}/{thingId}`, { get: operation(index) }])),
    },
    components: {
      ...components,
      schemas: { ...components.schemas, ...Object.fromEntries(indices.map((index) => [`Thing${index}`, SCHEMA])) },
    },
  };
}

const SCHEMA = {
  type: "object",
  description: "A thing.",
  properties: {
    id: { type: "string" },
    events: { type: "array", items: { $ref: "#/components/schemas/AnyWebhookEvent" } },
  },
};

function operation(index: number) {
  return {
    operationId: `things${index}.get`,
    "x-basis": "own-page",
    "x-source": "The page of things",
    tags: [`things${index}`],
    summary: "Read a thing.",
    parameters: [
      { name: "thingId", in: "path" as const, required: true, description: "The id.", schema: { type: "string" } },
    ],
    responses: {
      200: {
        description: "The thing.",
        content: { "application/json": { schema: { $ref: `#/components/schemas/Thing${index}` } } },
      },
      401: { $ref: "#/components/responses/Unauthorized" },
    },
  };
}
