import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { Command } from "@commander-js/extra-typings";
import { MindBridge } from "@mindbridge-sdk/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Run } from "../src/action.ts";
import { addOperations } from "../src/operations/commands.ts";
import type { OperationCommand } from "../src/operations/table.ts";
import { runAction } from "../src/run-action.ts";

/** What the methods were called with. */
const calls: unknown[][] = [];
const resource = {
  upload: async (...args: unknown[]) => void calls.push(args),
  replace: async (...args: unknown[]) => void calls.push(args),
  start: (id: string) => {
    const headers = { location: `/jobs/${id}`, "retry-after": id === "2" ? "Wed, 01 Apr 2026 00:00:00 GMT" : "5" };
    const response = new Response(null, { status: id === "3" ? 204 : 202, ...(id !== "4" && { headers }) });
    const data = id === "2" ? { state: "new" } : undefined;
    return Object.assign(Promise.resolve(data), { withResponse: async () => ({ data, response }) });
  },
  download: async (...args: unknown[]) => {
    calls.push(args);
    return args[0] === "none" ? undefined : new Blob(["%PDF-1"]).stream();
  },
};
// A resource that no document has.
const NAME = "filesOfThisTest";
beforeAll(() => void Object.defineProperty(MindBridge.prototype, NAME, { value: resource, configurable: true }));
afterAll(() => void Reflect.deleteProperty(MindBridge.prototype, NAME));

const common = { summary: "Files.", description: "", deprecated: false, writes: true, arguments: [], flags: [] };
const file = { flag: "--file", in: "body", name: "file", description: "It.", required: true, type: "file" } as const;
const operations: OperationCommand[] = [
  {
    ...common,
    name: "upload",
    word: "upload",
    flags: [
      { ...file, list: false },
      { ...file, flag: "--pages", name: "pages", required: false, list: true },
      { ...file, flag: "--title", name: "title", required: false, list: false, type: "string" },
    ],
    body: { required: true, description: "The form." },
  },
  {
    ...common,
    name: "replace",
    word: "replace",
    flags: [{ ...file, list: false }],
    body: { required: true, description: "The bytes.", isFile: true },
  },
  {
    ...common,
    writes: false,
    name: "download",
    word: "download",
    arguments: [{ word: "id", description: "Which." }],
    isStream: true,
  },
  { ...common, name: "start", word: "start", arguments: [{ word: "id", description: "Which." }] },
];

const folder = mkdtempSync(join(tmpdir(), "cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "a.png");
writeFileSync(path, "png");

async function run(args: readonly string[], isTTY = false): Promise<{ code: number; stdout: string; stderr: string }> {
  calls.length = 0;
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const env = { MINDBRIDGE_API_URL: "http://127.0.0.1:9", MINDBRIDGE_API_TOKEN: "a-token" };
  const host = { env, stdin: Readable.from([]), stdout: Object.assign(stdout, { isTTY }), stderr } as never;
  let done: Promise<number> | undefined;
  const start: Run = (load) => async (options) => {
    done = runAction(await load(), options, host, new AbortController().signal);
  };
  const group = new Command("files").exitOverride();
  addOperations(group, { resource: NAME, word: "files", description: "", operations }, start);
  await group.parseAsync([...args], { from: "user" });
  const code = (await done) ?? -1;
  return { code, stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") };
}

const textOf = async (value: unknown) => [(value as File).name, await (value as File).text()];

test("a form is sent with the files that its flags name", async () => {
  const { code } = await run(["upload", "--file", path, "--pages", path, "--pages", path, "--title", "A"]);
  expect(code).toBe(0);
  const [body] = calls[0] as [{ file: File; pages: File[]; title: string }];
  expect(await textOf(body.file)).toEqual(["a.png", "png"]);
  expect(await Promise.all(body.pages.map(textOf))).toEqual([
    ["a.png", "png"],
    ["a.png", "png"],
  ]);
  expect(body.title).toBe("A");
});

test("a file is sent as it is, and one that cannot be read is wrong use: nothing is sent", async () => {
  expect((await run(["replace", "--file", path])).code).toBe(0);
  expect(await textOf(calls[0]?.[0])).toEqual(["a.png", "png"]);
  const { code, stderr } = await run(["replace", "--file", join(folder, "none")]);
  expect({ code, calls }).toEqual({ code: 2, calls: [] });
  expect(stderr).toMatch(/--file: \S+ cannot be read: there is no such file \(ENOENT\)/);
});

test("a stream is written to a file or to stdout, however long it takes", async () => {
  const target = join(folder, "report.pdf");
  expect((await run(["download", "1", "--output", target])).stdout).toBe(`Wrote 6 bytes to ${target}.\n`);
  expect(readFileSync(target, "utf8")).toBe("%PDF-1");
  expect(calls[0]?.[1]).toMatchObject({
    timeout: Number.POSITIVE_INFINITY,
    maxResponseBytes: Number.POSITIVE_INFINITY,
  });
  expect((await run(["download", "1"])).stdout).toBe("%PDF-1");
  expect((await run(["download", "1", "--output", "-"])).stdout).toBe("%PDF-1");
  expect((await run(["download", "none"])).stderr).toMatch(/no content/);
});

test("a terminal gets no bytes: nothing is asked for", async () => {
  const { code, stderr } = await run(["download", "1"], true);
  expect({ code, calls }).toEqual({ code: 2, calls: [] });
  expect(stderr).toMatch(/Give --output/);
});

test.for([
  ["1", "Accepted. Look at /jobs/1 in 5 s.", { location: "/jobs/1", retryAfter: "5" }],
  ["2", "state  new\nLook at /jobs/2 after Wed, 01 Apr 2026 00:00:00 GMT.", { state: "new" }],
  ["3", "Done. Look at /jobs/3 in 5 s.", { location: "/jobs/3", retryAfter: "5" }],
  ["4", "Accepted.", null],
] as const)("an answer that is not whole says where the rest will be: %s", async ([id, text, document]) => {
  expect((await run(["start", id])).stdout).toBe(`${text}\n`);
  const { stdout, stderr } = await run(["start", id, "--json"]);
  expect(JSON.parse(stdout)).toEqual(document);
  expect(stderr).toBe(id === "2" ? `${text.split("\n")[1]}\n` : "");
});
