import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, test } from "vitest";

const MAIN = join(ROOT, "tools/release/src/main.ts");
const BOOTSTRAP = join(ROOT, "bootstrap.mjs");
const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: "utf8", cwd: ROOT });

test.each(["changeset", "prepare", "version"])("%s refuses arguments, and does nothing", (name) => {
  const { status, stderr, stdout } = run(MAIN, name, "--dry-run");
  expect(stderr).toMatch(/^`pnpm \S+` takes no arguments, and was given `--dry-run`\. Nothing has been done\.$/m);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
});

test("diff names its options", () => {
  const { status, stderr } = run(MAIN, "diff", "--help");
  expect(stderr).toContain("`pnpm spec:diff` takes --json, --from VALUE, --to VALUE, and was given `--help`.");
  expect(status).toBe(1);
});

test.each(["toString", ""])("refuses the command %j, and names the commands", (name) => {
  const { status, stderr } = run(MAIN, name);
  expect(stderr).toBe(`There is no \`${name}\`: there are changeset, check, diff, plan, prepare, version.\n`);
  expect(status).toBe(1);
});

test.each(["quickstart", "test", "check", "release:prepare", "release:rehearse"])(
  "npm run %s refuses arguments, and does nothing",
  (name) => {
    const { status, stderr, stdout } = run(BOOTSTRAP, name, "--dry-run");
    expect(stderr).toBe(`\`${name}\` takes no arguments, and was given \`--dry-run\`. Nothing has been done.\n`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  },
);
