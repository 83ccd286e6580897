import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verify } from "../../src/index.ts";
import { BODY, ID, now, SECONDS, Signer } from "./support.ts";

const bodies = [
  ["the usual", BODY],
  ["one beyond ASCII", '{"type":"käse","data":"日本語 \u{1f9c0}"}'],
  ["an empty object", "{}"],
  ["one with line breaks", '{\r\n  "type": "a"\n}\n'],
  ["one of a megabyte", JSON.stringify({ data: "x".repeat(1_100_000) })],
] as const;

test.each(bodies)("what node:crypto signs verifies: %s", async (_what, body) => {
  const signer = new Signer();
  const { raw } = await verify({ headers: signer.headers(body), body }, { keys: signer.whpk, now });
  expect(Buffer.from(raw).equals(Buffer.from(body))).toBe(true);
});

const { stdout: version } = spawnSync("openssl", ["version"], { encoding: "utf8" });

// With CI set, a missing openssl is a failure.
test.skipIf(!version && !process.env.CI)("what OpenSSL's command line signs verifies (needs openssl)", async () => {
  const folder = mkdtempSync(join(tmpdir(), "openssl-"));
  try {
    const file = (name: string) => join(folder, name);
    const openssl = (...args: string[]) => {
      const { status, stderr } = spawnSync("openssl", args, { encoding: "utf8" });
      expect(status, stderr).toBe(0);
    };
    openssl("genpkey", "-algorithm", "ed25519", "-out", file("private.pem"));
    openssl("pkey", "-in", file("private.pem"), "-pubout", "-out", file("public.pem"));
    for (const [, body] of bodies) {
      writeFileSync(file("content"), `${ID}.${SECONDS}.${body}`);
      openssl(
        "pkeyutl",
        "-sign",
        "-rawin",
        "-inkey",
        file("private.pem"),
        "-in",
        file("content"),
        "-out",
        file("signature"),
      );
      const headers = {
        "webhook-id": ID,
        "webhook-timestamp": String(SECONDS),
        "webhook-signature": `v1a,${readFileSync(file("signature")).toString("base64")}`,
      };
      const keys = readFileSync(file("public.pem"), "utf8");
      expect(await verify({ headers, body }, { keys, now })).toMatchObject({ id: ID });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
