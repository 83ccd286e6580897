import { type Kind, operation } from "./kind.ts";

const parameters = (...names: string[]) =>
  names.map((name) => ({ name, in: "path", required: true, description: "Which.", schema: { type: "string" } }));

/** Path parameters whose names are no names of arguments. */
export const pathParameters: Kind = {
  document: {
    paths: {
      "/leagues/{league-team}/{org.id}/{body}.{delete}": {
        get: operation("leagues.get", { parameters: parameters("league-team", "org.id", "body", "delete") }),
      },
    },
  },
  program: `
import type { MindBridge } from "@mindbridge-sdk/client";
export const [team]: [string, ...unknown[]] = [] as unknown as Parameters<MindBridge["leagues"]["get"]>;
`,
  calls: [
    { operation: "leagues.get", arguments: ["a", "b", "c", "d/e"], sends: { url: "/leagues/a/b/c.d%2Fe" } },
    {
      operation: "api.GET",
      arguments: [
        "/leagues/{league-team}/{org.id}/{body}.{delete}",
        { params: { path: { "league-team": "a", "org.id": "b", body: "c", delete: "d" } } },
      ],
      sends: { url: "/leagues/a/b/c.d" },
    },
  ],
};

export const numberedPathParameter: Kind = {
  document: { paths: { "/leagues/{1}": { get: operation("leagues.get", { parameters: parameters("1") }) } } },
  refused: { rule: "parameter-support", message: /called after the path parameter `1`/, line: `"name": "1"` },
};

export const pathParametersOfOneName: Kind = {
  document: {
    paths: {
      "/leagues/{org.id}/{org-id}": {
        get: operation("leagues.get", { parameters: parameters("org.id", "org-id") }),
      },
    },
  },
  refused: { rule: "parameter-support", message: /`org\.id` and `org-id`.*`orgId`/, line: `"get": {` },
};

/** Several parameters between two slashes. */
export const pathParametersOfOneSegment: Kind = {
  document: {
    paths: {
      "/archives/{year}-{month}.{ext}": {
        head: operation("archives.check", {
          parameters: [
            { name: "year", in: "path", required: true, schema: { type: "integer", minimum: 2000 } },
            { name: "month", in: "path", required: true, schema: { type: "integer", minimum: 1, maximum: 12 } },
            { name: "ext", in: "path", required: true, schema: { type: "string", enum: ["csv", "json"] } },
          ],
        }),
      },
    },
  },
  calls: [{ operation: "archives.check", arguments: [2026, 2, "csv"], sends: { url: "/archives/2026-2.csv" } }],
};
