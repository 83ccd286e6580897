import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

test("the quickstart creates a webhook, shows a refusal, and ends by itself", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "../src/main.ts")], {
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  expect(stdout).toMatch(/id {2,}66e0a4f7c2d81b0013fe5a90\n/);
  expect(stdout).toMatch(/events {2,}ANALYSIS_COMPLETE, ANALYSIS_FAILED\n/);
  expect(stdout).toMatch(
    /refused \(outcome: refused\):\n {2}UnprocessableEntityError: webhooks\.create: .* answered 422\. .*\n {2}body\.events: .*fewer than 1 item/,
  );
  expect(stderr).toBe("");
});
