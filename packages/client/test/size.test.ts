import { gzipSync } from "node:zlib";
import { OPERATIONS } from "@mindbridge-sdk/contract/operations";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** Bytes, minified and compressed. */
async function size(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, loader: "ts", resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

/** Bytes that each operation may add to the three that the budget is for. */
const added = 40 * (Object.keys(OPERATIONS).length - 3);

const body = `{ name: "a", url: "b", technicalContactId: "c", events: ["EXPORT_READY"], status: "ACTIVE" }`;

test("one create call stays within its budget", async () => {
  const ours = await size(`
    import { MindBridge } from "../src/index.ts";
    const client = new MindBridge({ tenant: "acme", token: process.env.MINDBRIDGE_API_TOKEN! });
    console.log(await client.webhooks.create(${body}));
  `);
  const bare = await size(`
    import createClient from "openapi-fetch";
    const headers = { authorization: "Bearer " + process.env.MINDBRIDGE_API_TOKEN };
    const client = createClient({ baseUrl: "https://acme.mindbridge.ai/api", headers });
    console.log(await client.POST("/v1/webhooks", { body: ${body} }));
  `);
  expect(ours, `${ours} B in all`).toBeLessThanOrEqual(6_144 + added);
  expect(ours - bare, `${ours - bare} B besides openapi-fetch`).toBeLessThanOrEqual(3_390 + added);
});
