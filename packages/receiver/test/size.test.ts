import { gzipSync } from "node:zlib";
import { DELIVERY_TYPES } from "@mindbridge-sdk/contract/deliveries";
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

/** Bytes that each type of delivery may add to the two that the budget is for. */
const added = 24 * (DELIVERY_TYPES.length - 2);

test("verify with its errors stays within its budget", async () => {
  const bytes = await size('import { verify } from "../src/index.ts"; console.log(verify);');
  expect(bytes, `${bytes} B`).toBeLessThanOrEqual(3_072 + added);
});

test("createReceiver with the memory store stays within its budget", async () => {
  const bytes = await size(`
    import { createReceiver, memoryStore } from "../src/index.ts";
    createReceiver({ keys: "", store: memoryStore() }).on("analysis.completed", () => {});
  `);
  expect(bytes, `${bytes} B`).toBeLessThanOrEqual(5_900 + added);
});
