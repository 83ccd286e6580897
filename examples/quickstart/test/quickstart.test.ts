import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";

let stdout: string;

beforeAll(() => {
  const { status, stderr, ...output } = spawnSync(process.execPath, [join(import.meta.dirname, "../src/main.ts")], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(status, stderr).toBe(0);
  expect(stderr).toBe("");
  stdout = output.stdout;
}, 70_000);

test("the quickstart creates a webhook, and shows a refusal", () => {
  expect(stdout).toMatch(/id {2,}66e0a4f7c2d81b0013fe5a90\n/);
  expect(stdout).toMatch(/events {2,}ANALYSIS_COMPLETE, ANALYSIS_FAILED\n/);
  expect(stdout).toMatch(
    /refused \(outcome: refused\):\n {2}UnprocessableEntityError: webhooks\.create: .* answered 422\. .*\n {2}body\.events: .*fewer than 1 item/,
  );
});

test("it says what became of each delivery: the signed one is handled, and neither the forged one nor a repetition", () => {
  const [, signed = "", forged = "", repeated = ""] = stdout.split(/The \w+ delivery is sent:\n/);
  const [, id] = /the handler got ([0-9a-f]{24}): analysis 66dffa10c2d81b0013fe4e31 is complete\n/.exec(signed) ?? [];
  expect(id).toBeDefined();
  expect(signed).toMatch(/ {2}handled in \d+\.\d ms\n {2}answered with 204\n/);
  expect(forged).toBe("  refused: signature_mismatch\n  answered with 401\n\n");
  expect(repeated).toMatch(
    new RegExp(`^  ${id} has been handled already, so it is not handled again\n  answered with 204\n\n`),
  );
});

test("a webhook is ensured, and what its receiver misses is recovered", () => {
  expect(stdout).toContain("ensureWebhook is called twice: created, unchanged\n");
  const [, sent = "", recovered = ""] = stdout.split(/Two deliveries are sent.*\n|It is recovered:\n/);
  expect(sent).toMatch(/^ {2}the handler got [0-9a-f]{24}\n$/);
  expect(recovered).toMatch(/^ {2}the handler got [0-9a-f]{24}\n {2}1 recovered\n$/);
  expect(recovered).not.toContain(sent);
});
