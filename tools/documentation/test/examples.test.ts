import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { type MockServer, startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examplesIn, guides, readmes, skills } from "../src/markdown.ts";
import { runExample } from "../src/run-example.ts";
import { type ForwardProxy, startProxy } from "./proxy.ts";

// In this package, so that the packages of the workspace are found from there.
const folder = join(import.meta.dirname, "../reports/examples");
const signer = await createTestSigner();
const pages = [...readmes(), ...skills(), ...guides()];
const blocks = pages.flatMap(examplesIn);
const examples = blocks
  .filter(({ from }) => from === undefined)
  .map((example) => ({
    ...example,
    file: join(folder, `${example.place.replaceAll(/[^A-Za-z0-9]+/g, "-")}.ts`),
  }));
const toRun = examples.filter(({ notRun }) => notRun === undefined);

let mock: MockServer;
let proxy: ForwardProxy;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { file, code } of examples) writeFileSync(file, code);
  [mock, proxy] = await Promise.all([startMockServer(), startProxy()]);
  env = {
    ...process.env,
    MINDBRIDGE_API_TOKEN: "any-token",
    MINDBRIDGE_API_URL: mock.url,
    MINDBRIDGE_PUBLIC_KEY: signer.publicKey,
    HTTPS_PROXY: proxy.url,
  };
});

afterAll(async () => {
  await Promise.all([mock.close(), proxy.close()]);
});

test("the examples of the guides and of the READMEs compile", () => {
  const compilerOptions = {
    target: "es2023",
    lib: ["es2023", "esnext.disposable"],
    types: ["node"],
    module: "nodenext",
    moduleDetection: "force",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    // The types of Express, MSW and others are not ours to correct; ours are checked where they are built.
    skipLibCheck: true,
    noEmit: true,
  };
  const project = join(folder, "tsconfig.json");
  writeFileSync(project, JSON.stringify({ compilerOptions, files: examples.map(({ file }) => file) }));
  const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "--project", project], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test("no line of an example is too long for a page", () => {
  const long = examples.flatMap(({ place, code }) =>
    code.split("\n").flatMap((line) => (line.length > 100 ? `${place}: ${line}` : [])),
  );
  expect(long).toEqual([]);
});

test.for(blocks.filter(({ from }) => from !== undefined))("$place is a part of $from", ({ code, from = "" }) => {
  expect(readFileSync(join(ROOT, from), "utf8")).toContain(code);
});

describe("runs", { concurrent: true }, () => {
  test.for(toRun)("$place", async ({ file, prints, code }, { expect: expectHere }) => {
    const { exitCode, signal, stdout, stderr, examined } = await runExample(file, env, signer);
    if (examined) {
      expectHere(examined.cases.filter(({ verdict }) => verdict === "wrong")).toEqual([]);
      expectHere(examined.counts.right).toBeGreaterThan(40);
      // A program that listens to the signal ends by itself.
      expectHere(exitCode ?? signal).toBe(code.includes("SIGTERM") ? 0 : "SIGTERM");
    } else {
      expectHere({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
      // An example without output may only declare something, and running it would test nothing.
      expectHere(stdout).not.toBe("");
    }
    if (prints !== undefined) expectHere(stdout).toBe(prints);
  });
});

test("counts the examples of each page that we write: those that run, and those that are only compiled", () => {
  // A page that follows from the document has an example for each delivery.
  const written = pages.filter(({ text }) => !text.startsWith("<!-- Generated from "));
  const lines = written.flatMap((page) => {
    const all = examplesIn(page);
    if (all.length === 0) return [];
    const count = (which: "notRun" | "from") => all.filter((each) => each[which] !== undefined).length;
    const [compiled, tested] = [count("notRun"), count("from")];
    const own = `${page.path}: ${all.length - compiled - tested} run, ${compiled} compiled only`;
    return tested > 0 ? `${own}, ${tested} from files that are tested` : own;
  });
  expect(lines).toMatchInlineSnapshot(`
    [
      "README.md: 1 run, 0 compiled only",
      "packages/client/README.md: 6 run, 1 compiled only",
      "packages/contract/README.md: 2 run, 0 compiled only",
      "packages/receiver/README.md: 2 run, 1 compiled only",
      "packages/testing/README.md: 2 run, 2 compiled only",
      "packages/receiver/SKILL.md: 2 run, 1 compiled only",
      "docs/README.md: 1 run, 0 compiled only",
      "docs/creating-webhooks.md: 6 run, 0 compiled only",
      "docs/ensuring-webhooks.md: 1 run, 0 compiled only",
      "docs/errors.md: 2 run, 0 compiled only",
      "docs/getting-started.md: 2 run, 0 compiled only, 1 from files that are tested",
      "docs/networking.md: 1 run, 0 compiled only",
      "docs/receiving.md: 13 run, 0 compiled only, 6 from files that are tested",
      "docs/recovery.md: 3 run, 0 compiled only",
      "docs/reliability.md: 4 run, 1 compiled only",
      "docs/runtimes.md: 1 run, 0 compiled only",
      "docs/testing.md: 5 run, 0 compiled only",
      "docs/upgrading.md: 2 run, 0 compiled only",
      "docs/verifying.md: 3 run, 0 compiled only",
    ]
  `);
});

test("the example of a proxy goes through it", () => {
  expect(proxy.targets).toEqual([new URL(mock.url).host]);
});
