import { json, type Kind, object, operation } from "./kind.ts";

/** Responses that are no JSON, and what the client knows of the headers of a response. */
export const downloads: Kind = {
  document: {
    paths: {
      "/reports": {
        get: operation("reports.download", {
          responses: {
            200: {
              description: "The report.",
              headers: { "Content-Disposition": { required: true, schema: { type: "string" } } },
              content: { "application/pdf": {} },
            },
          },
        }),
        put: operation("reports.table", {
          responses: {
            200: { description: "A table.", content: { "text/csv": { schema: { type: "string" } } } },
            204: { description: "Nothing." },
          },
        }),
        post: operation("reports.start", {
          requestBody: { required: true, ...json(object({ name: { type: "string" } })) },
          responses: {
            202: {
              description: "It will be made.",
              headers: {
                Location: {
                  required: true,
                  description: "Where.",
                  schema: { type: "string", format: "uri-reference" },
                },
                "Retry-After": { schema: { type: "integer" } },
              },
            },
          },
        }),
      },
    },
  },
  program: `
import { MindBridge } from "@mindbridge-sdk/client";
const client = new MindBridge({ tenant: "acme", token: "secret" });
export async function program(): Promise<void> {
  const stream: ReadableStream<Uint8Array> = await client.reports.download();
  const text: string = await client.reports.table().text();
  const blob: Blob = await client.reports.download().blob();
  const maybe: ReadableStream<Uint8Array> | undefined = await client.reports.table();
  const { data, response } = await client.reports.start({ name: "a" }).withResponse();
  const nothing: undefined = data;
  const location: string = response.headers.get("location");
  const wait: string | null = response.headers.get("Retry-After");
  const other: string | null = response.headers.get("X-Other");
  const file: string = (await client.reports.download().withResponse()).response.headers.get("Content-Disposition");
  console.log(stream, text, blob, maybe, nothing, location, wait, other, file);
  // @ts-expect-error The header may be missing.
  const sure: string = response.headers.get("retry-after");
  // @ts-expect-error There may be no content.
  const table: ReadableStream<Uint8Array> = await client.reports.table();
  console.log(sure, table);
}
`,
  calls: [
    {
      operation: "reports.download",
      arguments: [],
      answer: { headers: { "content-type": "application/pdf" }, body: new Uint8Array([37, 80, 68, 70]) },
      sends: { headers: { accept: "application/pdf, */*;q=0.1" } },
      read: "text",
      data: "%PDF",
    },
    {
      operation: "reports.download",
      arguments: [],
      answer: { headers: { "content-type": "application/pdf" }, body: "%PDF" },
      read: "blob",
      data: "application/pdf %PDF",
    },
    { operation: "reports.table", arguments: [], answer: { body: "a,b\n" }, read: "text", data: "a,b\n" },
    { operation: "reports.table", arguments: [], answer: { status: 204 }, data: undefined },
    {
      operation: "reports.start",
      arguments: [{ name: "a" }],
      answer: { status: 202, headers: { location: "/1" } },
      sends: { headers: { accept: null } },
    },
  ],
};

/** Responses that the document expects, and that the client throws as errors. */
export const thrown: Kind = {
  document: {
    paths: {
      "/archives": {
        get: operation("archives.download", {
          responses: {
            200: { description: "The archive.", content: { "application/zip": {} } },
            302: { description: "It is elsewhere.", headers: { Location: { schema: { type: "string" } } } },
            304: { description: "It has not changed." },
          },
        }),
      },
    },
  },
  calls: [
    {
      operation: "archives.download",
      arguments: [],
      answer: { headers: { "content-type": "application/zip" }, body: "PK" },
      read: "text",
      data: "PK",
    },
  ],
  warnings: [
    { rule: "thrown-responses", message: /a `RedirectError` for 302.*the `Location`/, line: '"302": {' },
    { rule: "thrown-responses", message: /an `APIError` for 304/, line: '"304": {' },
  ],
};

/** Lists in the headers of responses, with and without an example. */
export const headerLists: Kind = {
  document: {
    paths: {
      "/doors": {
        options: operation("doors.options", {
          responses: {
            204: {
              description: "What may be done.",
              headers: {
                Allow: {
                  required: true,
                  schema: { type: "array", items: { type: "string" } },
                  example: ["GET", "HEAD"],
                },
                "X-Doors": { schema: { type: "array", items: { type: "integer" } } },
                "X-Open": { required: true, schema: { type: "integer" }, example: 0 },
              },
            },
            409: {
              description: "Not now.",
              headers: { Allow: { schema: { type: "array", items: { type: "string" } }, example: ["GET", "PUT"] } },
            },
          },
        }),
      },
    },
  },
  calls: [{ operation: "doors.options", arguments: [], answer: { status: 204, headers: { allow: "GET, HEAD" } } }],
};
