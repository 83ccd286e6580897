import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { runCommand } from "../src/command.ts";
import { IGNORE_FILE } from "../src/ignore.ts";
import { loadDocument } from "../src/load.ts";
import { DocumentError, type Problem } from "../src/problem.ts";
import { documentOf } from "./corpus/index.ts";
import { operation as operationOf } from "./corpus/kind.ts";
import { temporaryFolder } from "./documents.ts";

const POINTER = "#/paths/~1v1~1lockers/get/operationId";

/** Writes a document with an operation whose name is no method's, and with a file of ignored problems beside it. */
function written(ignored?: object[]): string {
  const operation = {
    operationId: "getLockers",
    summary: "Lists lockers.",
    responses: { 204: { description: "Done." } },
  };
  const document = { ...documentOf([]), paths: { "/v1/lockers": { get: operation } } };
  const path = join(temporaryFolder(), "openapi.json");
  writeFileSync(path, JSON.stringify(document, undefined, 2));
  if (ignored) writeFileSync(join(dirname(path), IGNORE_FILE), JSON.stringify(ignored));
  return path;
}

async function warningsOf(path: string): Promise<Problem[]> {
  const warnings: Problem[] = [];
  await loadDocument(path, (problem) => warnings.push(problem));
  return warnings;
}

async function refusalOf(path: string): Promise<readonly Problem[]> {
  const error: unknown = await loadDocument(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DocumentError);
  return (error as DocumentError).problems;
}

test("problems of style are warnings, with their place and what to do", async () => {
  expect(await warningsOf(written())).toMatchObject([
    {
      rule: "method-name",
      severity: "warning",
      line: 30,
      pointer: POINTER,
      message:
        "`getLockers` becomes the method `lockers.getLockers`. To choose its name, give the operation an `x-method-name`, such as `lockers.list`.",
    },
    { rule: "operation-4xx-response", severity: "warning" },
  ]);
});

const called = {
  parameters: [{ name: "session", in: "cookie", schema: { type: "string" } }],
  responses: { 204: { description: "Done." }, 400: { description: "Refused." } },
};

test.for([
  ["operation-summary", "/lockers", { summary: undefined }],
  ["operation-summary", "/lockers", { callbacks: { opened: { "{$request.query.url}": { post: called } } } }],
  ["operation-operationId-url-safe", "/lockers", { operationId: "open a locker", "x-method-name": "lockers.open" }],
  ["no-path-trailing-slash", "/lockers/", {}],
] as const)("what works all the same is a warning: %s of %s with %j", async ([rule, path, more]) => {
  const document = { ...documentOf([]), paths: { [path]: { post: operationOf("lockers.open", more) } } };
  const file = join(temporaryFolder(), "openapi.json");
  writeFileSync(file, JSON.stringify(document));
  expect(await warningsOf(file)).toMatchObject([{ rule, severity: "warning" }]);
});

test("a problem has its place in the file that holds it, also where schemas hold each other, and where data looks like a reference", async () => {
  const folder = temporaryFolder();
  const document = {
    ...documentOf([]),
    "x-notes": [{ $ref: "nowhere" }],
    paths: { "/lockers": { $ref: "paths.yaml#/lockers" } },
  };
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(document));
  writeFileSync(
    join(folder, "paths.yaml"),
    `lockers:
  post:
    operationId: lockers.open
    summary: Opens a locker.
    responses:
      "204": { description: Done. }
      "400": { description: No., content: { application/json: { schema: { $ref: locker.yaml } } } }
`,
  );
  writeFileSync(
    join(folder, "locker.yaml"),
    `type: object
required: [code]
properties: { inside: { type: array, items: { $ref: locker.yaml } }, code: { enum: [] } }
`,
  );
  expect(await warningsOf(join(folder, "openapi.json"))).toMatchObject([
    { rule: "samples", file: expect.stringMatching(/locker\.yaml$/), line: 1, pointer: "#" },
  ]);
});

test("a file beside the document says which problems are ignored, everywhere or at one place, and why", async () => {
  const reason = "The vendor calls it so everywhere.";
  const everywhere = { rule: "operation-4xx-response", reason };
  expect(await warningsOf(written([everywhere]))).toMatchObject([{ rule: "method-name" }]);
  expect(await warningsOf(written([everywhere, { rule: "method-name", pointer: POINTER, reason }]))).toEqual([]);
});

test("an entry without a reason is refused, and one that nothing fits", async () => {
  expect(await refusalOf(written([{ rule: "method-name" }]))).toMatchObject([
    { file: IGNORE_FILE, rule: "ignore", message: expect.stringContaining("has no `reason`") },
  ]);
  const elsewhere = { rule: "method-name", pointer: "#/paths/~1v1~1doors/get/operationId", reason: "None." };
  expect(await refusalOf(written([elsewhere]))).toMatchObject([
    { rule: "ignore", message: expect.stringContaining("Remove the entry") },
  ]);
});

test("the command prints warnings, and goes on", async () => {
  const said = { out: "", err: "" };
  const streams = {
    stdout: { write: (text: string) => (said.out += text) },
    stderr: { write: (text: string) => (said.err += text) },
  };
  const code = await runCommand(["--spec", written(), "--root", temporaryFolder()], streams);
  expect(code, said.err).toBe(0);
  expect(said.err).toMatch(/^2 warning\(s\)\. .*lint-ignore\.yaml/);
  expect(said.err).toContain(`(${POINTER})`);
  expect(said.out).toContain("Wrote:");
});
