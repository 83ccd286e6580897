import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { createGzip } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";

const MEGABYTES = 300;
/** What the body is before it is compressed to about a thousandth. */
const chunks = Array.from({ length: MEGABYTES }, () => Buffer.alloc(1_000_000, " "));

const server = createServer((request, response) => {
  response.writeHead(request.url === "/v1/webhooks/error" ? 500 : 200, { "content-encoding": "gzip" });
  Readable.from(chunks)
    .pipe(createGzip({ level: 1 }))
    .pipe(response);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

test.each([
  ["a success", "success", "ResponseTooLargeError"],
  ["an error", "error", "InternalServerError"],
])("%s that decompresses to 300 MB is not held in memory", async (_what, id, name) => {
  const { port } = server.address() as AddressInfo;
  const program = `
    import { MindBridge } from ${JSON.stringify(join(import.meta.dirname, "../../src/index.ts"))};
    const mindbridge = new MindBridge({ baseUrl: "http://127.0.0.1:${port}", token: "token", maxRetries: 0 });
    const before = process.memoryUsage().rss;
    const error = await mindbridge.webhooks.get("${id}").catch((thrown) => thrown);
    console.log(JSON.stringify({ name: error.name, megabytes: (process.memoryUsage().rss - before) / 1e6 }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  const result = JSON.parse(stdout);
  expect(result.name).toBe(name);
  expect(result.megabytes).toBeLessThan(MEGABYTES / 2);
});
