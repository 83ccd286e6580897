import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { namesIn, type Row, rowsUnder } from "@mindbridge-sdk/repository/markdown";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { expect, test } from "vitest";
import { Refusal } from "../../../packages/receiver/src/answers.ts";
import { readPage } from "../src/markdown.ts";

const { text } = readPage("docs/errors.md");
const folder = join(import.meta.dirname, "../reports/errors");

/** The classes of errors that a module exports, but for those that are only the base of others. */
function errorClasses(module: object): string[] {
  return Object.entries(module)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof Error)
    .map(([name]) => name)
    .filter((name) => !["MindBridgeError", "DeliveryError"].includes(name))
    .toSorted();
}

const all = async (specifiers: readonly string[]): Promise<object> =>
  Object.assign({}, ...(await Promise.all(specifiers.map((specifier) => import(specifier)))));

const client = ["", "/contract", "/ensure"].map((entry) => `@mindbridge-sdk/client${entry}`);
const receiver = [
  "",
  "/node",
  "/fastify",
  "/diagnose",
  "/recover",
  "/redis",
  "/postgres",
  "/sqlite",
  "/store-conformance",
].map((entry) => `@mindbridge-sdk/receiver${entry}`);
const testing = ["", "/examine", "/mock-server", "/msw", "/test-api"].map((entry) => `@mindbridge-sdk/testing${entry}`);
// The command line exports nothing.
const cli = globSync("packages/cli/src/**/*.ts", { cwd: ROOT })
  .map((path) => join(ROOT, path))
  .filter((path) => readFileSync(path, "utf8").includes("extends Error"));

const tables = [
  { name: "the client", modules: client, headings: ["The client"] },
  { name: "the receiver", modules: receiver, headings: ["The receiver", "Where handling ends early", "In a worker"] },
  { name: "the testing kit", modules: testing, headings: ["Testing"] },
  { name: "the command line", modules: cli, headings: ["The command line"] },
];
const rowsOf = (headings: readonly string[]): Row[] => headings.flatMap((heading) => rowsUnder(text, heading));
const classOf = ({ class: cell }: Row): string => namesIn(cell)[0] ?? "";

test.each(tables)("every class of error of $name is listed, and nothing else", async ({ modules, headings }) => {
  const listed = new Set(rowsOf(headings).map(classOf));
  expect([...listed].toSorted()).toEqual(errorClasses(await all(modules)));
});

test.each(tables)("each row of $name has one code, a cause and what to do", ({ headings }) => {
  for (const row of rowsOf(headings)) {
    expect(namesIn(row.code)).toHaveLength(1);
    expect(row.cause).toMatch(/\w/);
    expect(row["what to do"]).toMatch(/\w/);
  }
});

/** The codes that are listed of each class. */
function codesByClass(rows: readonly Row[]): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  for (const row of rows) codes.set(classOf(row), [...(codes.get(classOf(row)) ?? []), ...namesIn(row.code)]);
  return codes;
}

const union = (codes: readonly string[]): string => codes.map((code) => JSON.stringify(code)).join(" | ");

/** What compiles where the types of the packages have the codes that are listed, no more and no less. */
function programOf(): string {
  const lines = ["type Same<Code, Listed> = { missing: Exclude<Code, Listed>; wrong: Exclude<Listed, Code> };"];
  const expectSame = (what: string, type: string, codes: readonly string[]) =>
    lines.push(`({}) as Same<${type}, ${union(codes)}> satisfies { missing: never; wrong: never }; // ${what}`);
  const sources = [
    { name: "client", from: "@mindbridge-sdk/client", heading: "The client", codes: "ErrorCode" },
    { name: "receiver", from: "@mindbridge-sdk/receiver", heading: "The receiver", codes: "DeliveryErrorCode" },
    {
      name: "interrupted",
      from: "@mindbridge-sdk/receiver",
      heading: "Where handling ends early",
      codes: "InterruptedCode",
    },
    { name: "worker", from: "@mindbridge-sdk/receiver", heading: "In a worker", codes: undefined },
    { name: "mock", from: "@mindbridge-sdk/testing/mock-server", heading: "Testing", codes: undefined },
  ];
  // These have entries of their own.
  const elsewhere: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    client: {
      SeveralWebhooksError: "@mindbridge-sdk/client/ensure",
      ValidationError: "@mindbridge-sdk/client/contract",
    },
    mock: { ConfigurationError: "@mindbridge-sdk/testing/examine" },
  };
  for (const { name, from, heading, codes } of sources) {
    lines.push(`import type * as ${name} from "${from}";`);
    const others = elsewhere[name] ?? {};
    for (const [other, entry] of Object.entries(others)) lines.push(`import type { ${other} } from "${entry}";`);
    const rows = rowsUnder(text, heading);
    for (const [className, listed] of codesByClass(rows)) {
      const type = className in others ? className : `${name}.${className}`;
      // The base of the errors by status has their codes too: what is listed of it is its own.
      if (className === "APIError") continue;
      expectSame(className, `${type}["code"]`, listed);
    }
    if (codes)
      expectSame(
        codes,
        `${name}.${codes}`,
        rows.flatMap((row) => namesIn(row.code)),
      );
  }
  const answers = rowsUnder(text, "What a receiver answers").flatMap((row) => namesIn(row.code));
  expectSame("AnswerCode", "receiver.AnswerCode", answers);
  return `${lines.join("\n")}\n`;
}

test("the codes that are listed are those of the types, and nothing else", () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "codes.ts"), programOf());
  const compilerOptions = { module: "nodenext", target: "es2023", lib: ["es2023"], types: ["node"], strict: true };
  const project = { compilerOptions: { ...compilerOptions, noEmit: true }, files: ["codes.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
  const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const args = [tsc, "--pretty", "--project", folder];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test("the codes of the command line are those of its classes", async () => {
  const classes = (await all(cli)) as Record<string, new (message: string) => Error & { code: string }>;
  const codes = Object.entries(classes).map(([name, Class]) => [name, [new Class("").code]]);
  expect(codesByClass(rowsUnder(text, "The command line"))).toEqual(new Map(codes as [string, string[]][]));
});

test("each answer has the status that is listed", () => {
  const rows = rowsUnder(text, "What a receiver answers");
  for (const row of rows) {
    for (const code of namesIn(row.code)) {
      const { status } = new Refusal(code as ConstructorParameters<typeof Refusal>[0]);
      expect(row.status?.split(" or "), code).toContain(String(status));
    }
  }
});
