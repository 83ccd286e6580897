import { json, type Kind, object, operation } from "./kind.ts";

const LABEL = object({ name: { type: "string" } });
const label = (...mediaTypes: string[]) => ({
  content: Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: LABEL }])),
});

/** JSON under another name, with a parameter, and beside other media types. */
export const jsonMediaTypes: Kind = {
  document: {
    paths: {
      "/labels": {
        post: operation("labels.create", {
          requestBody: { required: true, ...label("application/vnd.example.label+json") },
          responses: { 201: { description: "The label.", ...label("application/vnd.example.label+json") } },
        }),
        patch: operation("labels.merge", {
          requestBody: { required: true, ...label("application/merge-patch+json") },
          responses: { 200: { description: "The label.", ...label("application/json; charset=utf-8") } },
        }),
        put: operation("labels.replace", {
          requestBody: { required: true, ...label("text/csv", "application/json") },
          responses: {
            200: {
              description: "The label.",
              content: { "text/csv": { schema: { type: "string" } }, ...label("application/json").content },
            },
          },
        }),
      },
    },
  },
  program: `
import { MindBridge } from "@mindbridge-sdk/client";
const client = new MindBridge({ tenant: "acme", token: "secret" });
export const created: Promise<string> = client.labels.create({ name: "a" }).then(({ name }) => name);
export const merged: Promise<string> = client.labels.merge({ name: "a" }).then(({ name }) => name);
export const replaced: Promise<string> = client.labels.replace({ name: "a" }).then(({ name }) => name);
// @ts-expect-error It is JSON, of which the type is known.
void client.labels.replace("name");
`,
  warnings: [
    {
      rule: "one-media-type",
      message: /^The client speaks `application\/json` here, and not `text\/csv`, .* describe that one alone\.$/,
      line: '"text/csv": {',
    },
  ],
  bodies: { LabelsCreateBody: { valid: [{ name: "a" }], invalid: [{}] } },
  calls: [
    {
      operation: "labels.create",
      arguments: [{ name: "a" }],
      answer: { status: 201, body: '{"name":"a"}' },
      sends: {
        body: { name: "a" },
        headers: {
          "content-type": "application/vnd.example.label+json",
          accept: "application/vnd.example.label+json, */*;q=0.1",
        },
      },
      data: { name: "a" },
    },
    {
      operation: "labels.merge",
      arguments: [{ name: "a" }, { headers: { "x-trace": "1" } }],
      answer: { body: '{"name":"a"}' },
      sends: {
        body: { name: "a" },
        headers: { "content-type": "application/merge-patch+json", "x-trace": "1", accept: null },
      },
      data: { name: "a" },
    },
    {
      operation: "labels.replace",
      arguments: [{ name: "a" }],
      answer: { body: '{"name":"a"}' },
      sends: {
        body: { name: "a" },
        headers: { "content-type": "application/json", accept: "application/json, */*;q=0.1" },
      },
      data: { name: "a" },
    },
  ],
};

const patches = (mergeSchema: object) => ({
  "application/json-patch+json": { schema: { type: "array", items: { type: "object" } } },
  "application/merge-patch+json": { schema: mergeSchema },
});

/** Bodies of two kinds of JSON, of which the client sends the first. */
export const twoKindsOfJson: Kind = {
  document: {
    paths: {
      "/tags": {
        patch: operation("tags.patch", { requestBody: { required: true, content: patches(LABEL) } }),
        put: operation("tags.replace", {
          requestBody: { required: true, ...label("application/json", "application/vnd.example.tag+json") },
        }),
      },
    },
  },
  warnings: [
    {
      rule: "one-media-type",
      message:
        /^The client speaks `application\/json-patch\+json` here, and not `application\/merge-patch\+json`, which/,
      line: '"application/merge-patch+json": {',
    },
  ],
};

/** Bodies that JavaScript takes for false. */
export const falsyBodies: Kind = {
  document: {
    paths: {
      "/switches": {
        put: operation("switches.set", { requestBody: { required: true, ...json({ type: "boolean" }) } }),
        post: operation("switches.name", { requestBody: { required: true, ...json({ type: "string" }) } }),
      },
    },
  },
  calls: [
    { operation: "switches.set", arguments: [false], sends: { body: false } },
    { operation: "switches.name", arguments: [""], sends: { body: "" } },
  ],
};
