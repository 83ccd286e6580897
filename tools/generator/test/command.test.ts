import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SPEC } from "@mindbridge-sdk/openapi";
import { expect, test } from "vitest";
import { runCommand } from "../src/command.ts";
import { generate } from "../src/generate.ts";
import { writeFiles } from "../src/output.ts";
import { changedText, snapshot, temporaryFolder } from "./documents.ts";

const files = await generate({ document: SPEC });
const ENUMS = "packages/contract/src/generated/enums.ts";

function writtenRoot(): string {
  const root = temporaryFolder();
  writeFiles(root, files);
  return root;
}

async function run(...args: string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const status = await runCommand(args, {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
  });
  return { status, stdout: stdout.join(""), stderr: stderr.join("") };
}

test("--check writes nothing, exits with 1 and names the stale files", async () => {
  const root = writtenRoot();
  cpSync(SPEC, join(root, "spec/openapi.yaml"));
  expect(await run("--root", root, "--check")).toMatchObject({ status: 0 });

  writeFileSync(join(root, ENUMS), "changed by hand");
  const before = snapshot(root);
  const stale = await run("--root", root, "--check");
  expect(stale.status).toBe(1);
  expect(stale.stderr).toContain(ENUMS);
  expect(stale.stderr).toContain("pnpm generate");
  expect(snapshot(root)).toEqual(before);

  expect(await run("--root", root)).toMatchObject({ status: 0, stdout: `Wrote:\n  ${ENUMS}\n` });
  expect(await run("--root", root, "--check")).toMatchObject({ status: 0 });
});

test("a change of the document's meaning makes files stale, a comment does not", async () => {
  const root = writtenRoot();
  expect(await run("--root", root, "--check", "--spec", changedText(/^/, "# A comment.\n"))).toMatchObject({
    status: 0,
  });
  const stale = await run(
    "--root",
    root,
    "--check",
    "--spec",
    changedText("ACTIVE, INACTIVE", "ACTIVE, INACTIVE, PAUSED"),
  );
  expect(stale.status).toBe(1);
  expect(stale.stderr).toContain(ENUMS);
});

test("a refused document and a misspelt option exit with 1, and print no stack", async () => {
  const root = writtenRoot();
  const before = snapshot(root);
  const refused = await run("--root", root, "--spec", changedText("operationId: webhooks.get", "operationId: api.get"));
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/openapi\.yaml:\d+:\d+ operation-name: /);
  expect(refused.stderr).not.toMatch(/^\s+at /m);
  expect(snapshot(root)).toEqual(before);

  const misspelt = await run("--chek");
  expect(misspelt.status).toBe(1);
  expect(misspelt.stderr).toContain("--chek");
  expect(misspelt.stderr).not.toMatch(/^\s+at /m);
});

test("the committed files are what the document says", async () => {
  const { status, stderr } = await run("--check");
  expect(status, stderr).toBe(0);
});
