/**
 * Prints how much memory `mindbridge listen --forward` takes under answers without end. Not a test, since it measures:
 * `node packages/cli/test/endless-answer-memory.ts`, on Linux and after `pnpm build`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";

const MAIN = join(import.meta.dirname, "../dist/main.js");
const SECONDS = 5;

const chunk = Buffer.alloc(1_048_576, "a");
function* withoutEnd(): Generator<Buffer> {
  while (true) yield chunk;
}
const endpoint = createServer((_, response) => void pipeline(withoutEnd, response).catch(() => {})).listen(
  0,
  "127.0.0.1",
);
await once(endpoint, "listening");
const target = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;

const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
const args = [MAIN, "listen", "--port", "0", "--key-file", join(folder, "key"), "--forward", target];
const listen = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
const lines = createInterface({ input: listen.stdout });
const [said] = (await once(lines, "line")) as [string];
const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];

/** The most memory that the process has had so far, in MiB. */
function peak(): number {
  const [, kibibytes = ""] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${listen.pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kibibytes) / 1024);
}

/** Sends so many deliveries at once, and reports once all have an answer or the time is over. */
async function deliver(count: number): Promise<void> {
  const started = performance.now();
  const sent = Array.from({ length: count }, async () => {
    const delivery = request(url, { method: "POST", agent: false, signal: AbortSignal.timeout(SECONDS * 1000) }).end(
      "{}",
    );
    const [response] = await once(delivery, "response");
    for await (const _ of response);
  });
  const answered = (await Promise.allSettled(sent)).filter(({ status }) => status === "fulfilled").length;
  const milliseconds = Math.round(performance.now() - started);
  console.log(`${count} at once: ${answered} answered after ${milliseconds} ms; ${peak()} MiB at the most`);
}

try {
  console.log(`at first: ${peak()} MiB`);
  for (const count of [1, 20, 100]) await deliver(count);
} finally {
  listen.kill();
  endpoint.close();
  endpoint.closeAllConnections();
  rmSync(folder, { recursive: true });
}
