import { json, type Kind, object, operation, ref } from "./kind.ts";

const text = { type: "string" };
const page = (properties: object, example: object) => ({
  200: { description: "A page.", ...json(object(properties), { example }) },
});
const parcels = { type: "array", items: ref("Parcel") };
const parcel = { id: "1", weight: 2.5 };

/** Lists whose pages follow each other by their numbers, and by a cursor, at the top or inside. */
export const pages: Kind = {
  document: {
    paths: {
      "/parcels": {
        get: operation("parcels.list", {
          "x-pagination": { style: "page", parameter: "page", items: "content", last: "last", total: "total" },
          parameters: [{ name: "page", in: "query", schema: { type: "integer", minimum: 0, default: 0 } }],
          responses: page(
            { content: parcels, last: { type: "boolean" }, total: { type: "integer" } },
            { content: [parcel], last: true, total: 1 },
          ),
        }),
      },
      "/parcels/lost": {
        get: operation("parcels.listLost", {
          "x-pagination": { style: "cursor", parameter: "after", items: "items", next: "next" },
          parameters: [{ name: "after", in: "query", schema: text }],
          responses: page({ items: parcels, next: { type: ["string", "null"] } }, { items: [parcel], next: null }),
        }),
      },
      "/parcels/found": {
        get: operation("parcels.listFound", {
          "x-pagination": { style: "cursor", parameter: "token", items: "data.parcels", next: "/meta/next.token" },
          parameters: [{ name: "token", in: "query", schema: text }],
          responses: page(
            {
              data: object({ parcels }),
              meta: { anyOf: [{ type: "object", properties: { "next.token": text } }, { type: "null" }] },
            },
            { data: { parcels: [parcel] }, meta: null },
          ),
        }),
      },
    },
    components: { schemas: { Parcel: object({ id: text, weight: { type: "number" } }) } },
  },
  program: `
import type { MindBridge, Parcel } from "@mindbridge-sdk/client";
export async function all(client: MindBridge): Promise<Parcel[]> {
  const found: Parcel[] = [];
  for await (const parcel of client.parcels.list({ query: { page: 1 } })) found.push(parcel);
  for await (const parcel of client.parcels.listLost()) found.push(parcel);
  for await (const parcel of client.parcels.listFound()) found.push(parcel);
  // @ts-expect-error The next page follows a text.
  void client.parcels.listLost({ query: { after: 1 } });
  return found;
}
`,
  flags: { "parcels list": ["--page"], "parcels list-lost": ["--after"], "parcels list-found": ["--token"] },
  calls: [
    {
      operation: "parcels.list",
      arguments: [{ query: { page: 2 } }],
      answer: { body: JSON.stringify({ content: [parcel], last: true, total: 1 }) },
      sends: { url: "/parcels?page=2" },
      data: { content: [parcel], last: true, total: 1 },
    },
  ],
};

/** A URL of the next page in place of a cursor. */
export const urlAsCursor: Kind = {
  document: {
    paths: {
      "/parcels": {
        get: operation("parcels.list", {
          "x-pagination": { style: "cursor", parameter: "after", items: "items", next: "links.next" },
          parameters: [{ name: "after", in: "query", schema: text }],
          responses: page(
            {
              items: { type: "array", items: text },
              links: object({ next: { oneOf: [{ ...text, format: "uri" }, { type: "null" }] } }),
            },
            { items: [], links: { next: null } },
          ),
        }),
      },
    },
  },
  refused: {
    rule: "pagination",
    message: /^`links\.next` is a URL, and the client sends what `next` names as `after`\. Name a property/,
    line: `"x-pagination": {`,
  },
};
