import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, onTestFinished, test } from "vitest";
import { digestOf, PATCH, readChecked, readReleases } from "../src/prepared.ts";

/** A folder with a tarball, the plan that lists it, and the digest of the plan. */
function prepare(): { readonly folder: string; readonly digest: string; readonly tarball: string } {
  const folder = mkdtempSync(join(tmpdir(), "prepared-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "packages"));
  const tarball = join(folder, "packages/a-1.0.0.tgz");
  writeFileSync(tarball, "the packed package");
  const integrity = digestOf(readFileSync(tarball));
  const release = { kind: "publish", name: "a", version: "1.0.0", access: "public", tag: "latest" };
  const plan = JSON.stringify({
    version: 1,
    plan: [[{ ...release, tarball: { path: "packages/a-1.0.0.tgz", integrity } }]],
  });
  writeFileSync(join(folder, "publish-plan.json"), plan);
  return { folder, digest: digestOf(Buffer.from(plan)), tarball };
}

test("reads the packages to publish if every digest is right", () => {
  const { folder, digest } = prepare();
  expect(readReleases(folder, digest)).toMatchObject([{ name: "a", version: "1.0.0", tag: "latest" }]);
});

test("refuses a tarball that is another than the one that was packed", () => {
  const { folder, digest, tarball } = prepare();
  writeFileSync(tarball, "another package");
  expect(() => readReleases(folder, digest)).toThrow(/^packages\/a-1\.0\.0\.tgz has the digest .* Nothing was done\.$/);
});

test("refuses another plan, and a plan without a digest", () => {
  const { folder, digest } = prepare();
  writeFileSync(join(folder, "publish-plan.json"), JSON.stringify({ version: 1, plan: [] }));
  expect(() => readReleases(folder, digest)).toThrow(`and not ${digest}.`);
  for (const none of [undefined, ""]) expect(() => readReleases(folder, none)).toThrow("and not any that was given.");
});

test("refuses a patch that is another", () => {
  const { folder } = prepare();
  const digest = digestOf(Buffer.from("the patch"));
  writeFileSync(join(folder, PATCH), "the patch");
  expect(String(readChecked(folder, PATCH, digest))).toBe("the patch");
  writeFileSync(join(folder, PATCH), "another patch");
  expect(() => readChecked(folder, PATCH, digest)).toThrow(`version.patch has the digest`);
});

const PREPARED = join(ROOT, "tools/release/src/prepared.ts");

test("loads nothing but Node's own modules", () => {
  const imported = [...readFileSync(PREPARED, "utf8").matchAll(/\bfrom "([^"]+)"|\bimport\(/g)].map(([, name]) => name);
  expect(imported.length).toBeGreaterThan(0);
  expect(imported.filter((name) => !name?.startsWith("node:"))).toEqual([]);
});

test.each(["apply", "publish"])("release:%s refuses arguments, and does nothing", (command) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PREPARED, command, "--dry-run"], {
    encoding: "utf8",
  });
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: "It takes no arguments, and was given `--dry-run`. Nothing was done.\n",
  });
});
