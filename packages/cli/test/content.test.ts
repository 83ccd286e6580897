import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { compareLines, curlCommand, exactText, formatJson, linesOf, linesToDraw } from "../src/inspector/content.ts";
import { contentOf, type ListenRecord } from "../src/listen/record.ts";

const text = (json: string) => linesOf({ body: json }).join("\n");

test("JSON is formatted as JSON.stringify does", () => {
  const value = { a: [1, { b: [] }, {}, 'x, [y]: \\"{}'], "c d": { e: null, f: [true, -1.5e-7] } };
  expect(text(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
  expect(text(JSON.stringify(value, undefined, "\t"))).toBe(JSON.stringify(value, undefined, 2));
});

test("values stand as they are written, and a name that comes twice stands there twice", () => {
  expect(text('{"n": 12345678901234567890, "n":1.0, "s": "\\u00e9\\/" }')).toBe(
    '{\n  "n": 12345678901234567890,\n  "n": 1.0,\n  "s": "\\u00e9\\/"\n}',
  );
});

test("characters that reorder a text are shown, and what is no JSON stands as it is", () => {
  expect(text('["\u202e"]')).toBe('[\n  "\\u{202e}"\n]');
  expect(formatJson('{"a":1')).toBeUndefined();
  expect(linesOf({ body: "{'a':\n1" })).toEqual(["{'a':", "1"]);
});

test("nothing that is nested or long takes long", () => {
  const started = performance.now();
  expect(formatJson("[".repeat(200_000) + "]".repeat(200_000))?.at(-1)).toEqual([
    { kind: "mark", text: expect.stringContaining("left out") },
  ]);
  formatJson(`["${"\\\\".repeat(250_000)}"]`);
  expect(performance.now() - started).toBeLessThan(5000);
});

test("a body that is not UTF-8 is shown in hexadecimal", () => {
  const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x0a, ...Buffer.from("abcdefghijklmnop")]);
  expect(exactText(contentOf(bytes))).toBe(
    "000000  7b ff 00 0a 61 62 63 64 65 66 67 68 69 6a 6b 6c  {...abcdefghijkl\n" +
      `000010  6d 6e 6f 70${" ".repeat(36)}  mnop`,
  );
});

test("what differs is the lines that only one text has", () => {
  const { lines } = compareLines(["a", "b", "c", "d", "e"], ["a", "x", "c", "e", "f"]);
  expect(lines.map(({ sign, text: line }) => sign + line)).toEqual([" a", "-b", "+x", " c", "-d", " e", "+f"]);
  expect(compareLines(["a"], ["a"])).toEqual({ lines: [{ sign: " ", text: "a" }], partFrom: undefined });
});

test("of what differs in long bodies, a part is compared, and hundreds of lines are drawn", () => {
  const rows = Array.from({ length: 80_000 }, (_, index) => `${index}`);
  const long = ["[", ...rows, "]"];
  const { lines, partFrom } = compareLines(long, ["[", ...rows.toReversed(), "]"]);
  expect(partFrom).toBe(2);
  expect(lines.length).toBeLessThan(5000);
  expect(linesToDraw(lines).length).toBeLessThan(500);
  // All of it, where one of the two is short.
  const whole = compareLines(["[", "]"], long);
  expect(whole).toMatchObject({ lines: { length: 80_002 }, partFrom: undefined });
  expect(linesToDraw(whole.lines).at(-1)).toBe(80_002 - 400);
  const [first] = linesToDraw(compareLines(["a".repeat(800_000)], []).lines);
  expect(first).toMatchObject({ text: expect.stringMatching(/^a{2000}… and 798,000 more characters$/) });
});

test("lines that are the same are left out, unless there are fewer than three", () => {
  const before = Array.from({ length: 30 }, (_, index) => `${index}`);
  const drawn = (differing: readonly number[]) => {
    const after = before.map((line, index) => (differing.includes(index) ? `new ${line}` : line));
    return linesToDraw(compareLines(before, after).lines).map((line) =>
      typeof line === "number" ? line : line.sign + line.text,
    );
  };
  expect(drawn([])).toEqual([30]);
  expect(drawn([10])).toEqual([7, " 7", " 8", " 9", "-10", "+new 10", " 11", " 12", " 13", 16]);
  // Two lines at the start, and two between.
  expect(drawn([5, 14]).filter((line) => typeof line === "number")).toEqual([12]);
  // Three of each.
  expect(drawn([6, 16]).filter((line) => typeof line === "number")).toEqual([3, 3, 10]);
});

test
  .skipIf(process.platform === "win32")
  .each([
    Buffer.from('{"it\'s": "$HOME `id` \\n \u00e9\u202e"}\n'),
    Buffer.from([0x7b, 0xff, 0x00, 0x0d, 0x0a]),
    Buffer.from("a\0b"),
    Buffer.alloc(150_000, "é"),
    Buffer.alloc(0),
  ])("the command for curl has the exact bytes and headers: %#", (body) => {
  const headers = [
    ["Webhook-Id", "it's $(id)"],
    ["content-type", "application/json"],
    ["x-empty", ""],
    ["content-length", "99"],
    ["accept", "*/*"],
    ["accept", "text/plain"],
  ] as const;
  const record = { method: "POST", headers, ...contentOf(body) } as unknown as ListenRecord;
  const command = curlCommand(record, "http://127.0.0.1:3000/it's?a=1&b");
  // In place of curl, a function that shows its arguments and, if it is told to read it, its input.
  const curl = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat ;; esac; }`;
  const { stdout } = spawnSync("bash", { input: `${curl}\n${command}`, maxBuffer: 2 ** 24 });
  const args = String(stdout).split("\0");
  const lines = args.flatMap((argument, index) => (args[index - 1] === "--header" ? [argument] : []));
  expect(args.slice(0, 3)).toEqual(["--request", "POST", "http://127.0.0.1:3000/it's?a=1&b"]);
  expect(lines).toEqual([
    "Webhook-Id: it's $(id)",
    "content-type: application/json",
    "x-empty;",
    "accept: */*",
    "accept: text/plain",
    "user-agent:",
  ]);
  const [marker, end] = args.includes("--data-raw") ? ["--data-raw\0", -1] : ["--data-binary\0@-\0", undefined];
  expect(stdout.subarray(stdout.indexOf(marker) + marker.length).subarray(0, end)).toEqual(body);
});
