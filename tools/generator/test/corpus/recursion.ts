import { json, type Kind, object, operation, ref } from "./kind.ts";

/** A schema that holds itself. */
export const recursion: Kind = {
  document: {
    paths: {
      "/folders": { post: operation("folders.create", { requestBody: { required: true, ...json(ref("Folder")) } }) },
    },
    components: {
      schemas: { Folder: object({ name: { type: "string" }, folders: { type: "array", items: ref("Folder") } }) },
    },
  },
  program: `
import type { Folder } from "@mindbridge-sdk/client";
export const folder: Folder = { name: "a", folders: [{ name: "b", folders: [] }] };
// @ts-expect-error A folder has a name at each depth.
export const nameless: Folder = { name: "a", folders: [{ folders: [] }] };
`,
  bodies: {
    Folder: {
      valid: [{ name: "a", folders: [{ name: "b", folders: [] }] }],
      invalid: [{ name: "a", folders: [{ folders: [] }] }],
    },
  },
  calls: [
    {
      operation: "folders.create",
      arguments: [{ name: "a", folders: [] }],
      answer: { status: 204 },
      sends: { url: "/folders", body: { name: "a", folders: [] }, headers: { authorization: "Bearer secret" } },
    },
  ],
};
