import { spawn } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");

/** Starts Next on a free port, and waits until it answers. */
async function startNext() {
  const bin = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const next = spawn(process.execPath, [bin, "dev", "--hostname", "127.0.0.1", "--port", "0"], {
    cwd: join(import.meta.dirname, ".."),
    env: {
      ...process.env,
      NODE_ENV: "development",
      NEXT_TELEMETRY_DISABLED: "1",
      MINDBRIDGE_PUBLIC_KEY: publicKey.export({ format: "pem", type: "spki" }).toString(),
    },
  });
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (text: Buffer) => {
      output += text.toString();
      const [, origin] = /(http:\/\/127\.0\.0\.1:\d+).*Ready/s.exec(output) ?? [];
      if (origin) resolve(`${origin}/webhooks/mindbridge`);
    };
    next.stdout.on("data", listen);
    next.stderr.on("data", listen);
    next.once("error", reject);
    next.once("exit", (code) => reject(new Error(`Next ended with ${code}:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    async [Symbol.asyncDispose]() {
      next.removeAllListeners("exit");
      const exited = new Promise((resolve) => next.once("exit", resolve));
      next.kill();
      await exited;
    },
  };
}

function deliver(body: string, signed = body): RequestInit {
  const timestamp = `${Math.floor(Date.now() / 1000)}`;
  const signature = sign(null, Buffer.from(`msg_1.${timestamp}.${signed}`), privateKey).toString("base64");
  return {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": "msg_1",
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1a,${signature}`,
    },
    body,
  };
}

test("a route handler of Next handles a delivery once, and refuses what is forged or too large", async () => {
  await using next = await startNext();
  const body = JSON.stringify({ type: "analysis.completed", senderId: "1", data: { analysisId: "a-1" } });
  const forged = await fetch(next.url, deliver(body.replace("a-1", "a-2"), body));
  expect([forged.status, await forged.json()]).toEqual([401, { code: "signature_mismatch" }]);
  expect((await fetch(next.url, deliver(body))).status).toBe(204);
  expect((await fetch(next.url, deliver(body))).status).toBe(204);
  // Next itself answers for methods that the route does not export.
  expect((await fetch(next.url)).status).toBe(405);
  await expect.poll(() => next.output().match(/Analysis .* is complete/g)).toEqual(["Analysis a-1 is complete"]);

  const large = await fetch(next.url, deliver("a".repeat(1_048_577)));
  expect([large.status, await large.json()]).toEqual([413, { code: "body_too_large" }]);
});
