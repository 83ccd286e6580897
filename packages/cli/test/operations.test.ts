import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { afterAll, describe, expect, test } from "vitest";
import { startApi, TOKEN } from "./api.ts";
import { mindbridge } from "./command.ts";

/** A token that is another text in a URL. */
const SECRET = "s3cret/token+of=a-tenant";
const BODY = EXAMPLES["webhooks.create"].request.analysisResults;
const FLAGS = Object.entries({
  "--name": BODY.name,
  "--url": BODY.url,
  "--technical-contact-id": BODY.technicalContactId,
  "--events": BODY.events.join(","),
  "--status": BODY.status,
}).flat();

/** An address that nothing listens on. */
const env = { MINDBRIDGE_API_URL: "http://127.0.0.1:1", MINDBRIDGE_API_TOKEN: TOKEN };

describe("what the API answers", () => {
  test("cannot drive the terminal, in a value or a name, for people or as JSON", async () => {
    const webhook = {
      name: "a\u001b[2Jb",
      url: "\u009b1m",
      status: "\u202eback",
      "k\u001b[2J\nx": "in\nlines",
      tag: "\u{e0041}",
    };
    const api = await startApi(200, JSON.stringify(webhook));
    const { stdout } = await mindbridge(["webhooks", "get", "1"], api);
    for (const line of [/^name +"a\\u001b\[2Jb"$/m, /^url +"\\u009b1m"$/m, /^status +"\\u202eback"$/m]) {
      expect(stdout).toMatch(line);
    }
    expect(stdout).toMatch(/^k\\u\{1b\}\[2J\\u\{a\}x +"in\\nlines"$/m);
    const json = (await mindbridge(["webhooks", "get", "1", "--json"], api)).stdout;
    expect(JSON.parse(json)).toEqual(webhook);
    expect((stdout + json).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("is printed without the token, even if it holds it", async () => {
    const base64 = Buffer.from(`Bearer ${SECRET}`).toString("base64");
    const said = { name: `Bearer ${SECRET}`, url: `https://a/?t=${encodeURIComponent(SECRET)}`, contact: base64 };
    for (const args of [[], ["--json"]]) {
      const api = await startApi(200, JSON.stringify(said));
      const given = { env: { ...api.env, MINDBRIDGE_API_TOKEN: SECRET } };
      const { code, stdout, stderr } = await mindbridge(["webhooks", "get", "1", ...args], given);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Bearer [redacted]");
      expect(stdout).not.toMatch(/s3cret|czNjcmV0|MzY3Jld|zM2NyZX/);
    }
  });
});

describe("what is sent", () => {
  const folder = mkdtempSync(join(tmpdir(), "cli-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "body.json"), JSON.stringify(BODY));
  writeFileSync(join(folder, "marked.json"), `\ufeff${JSON.stringify(BODY)}`);
  writeFileSync(join(folder, "wide.json"), Buffer.from(`\ufeff${JSON.stringify(BODY)}`, "utf16le"));

  test.each([
    ["flags", FLAGS, "", BODY],
    [
      "a list in several flags",
      [...FLAGS, "--events", "USER_LOGIN"],
      "",
      { ...BODY, events: [...BODY.events, "USER_LOGIN"] },
    ],
    ["--data", ["--data", JSON.stringify(BODY)], "", BODY],
    ["a file", ["--data", "@body.json"], "", BODY],
    ["a file of an editor of Windows", ["--data", "@marked.json"], "", BODY],
    ["a file of PowerShell", ["--data", "@wide.json"], "", BODY],
    ["stdin", ["--data", "-"], JSON.stringify(BODY), BODY],
    ["data, and a flag over it", ["--data", "@body.json", "--status", "INACTIVE"], "", { ...BODY, status: "INACTIVE" }],
  ])("is made of %s", async (_, args, input, body) => {
    const api = await startApi(201, "{}");
    const { code, stderr } = await mindbridge(["webhooks", "create", ...args], { env: api.env, input, cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(api.bodies).toEqual([body]);
  });

  test.each([
    [
      "nothing",
      [],
      "--name, --url, --technical-contact-id, --events, --status missing: give them, or a body with --data.",
    ],
    ["a part", FLAGS.slice(4), "webhooks create: --name, --url missing"],
    ["a part in --data", ["--data", JSON.stringify({ ...BODY, url: undefined })], "webhooks create: --url missing"],
    [
      "an event that is none",
      [...FLAGS, "--events", "ANALYSIS_COMPLETED"],
      "Did you mean ANALYSIS_COMPLETE? It is one of EXPORT_READY, ",
    ],
    ["an event in small letters", [...FLAGS, "--events=user-login"], "Did you mean USER_LOGIN?"],
    ["an event that is like none", [...FLAGS, "--events", "X"], "invalid. It is one of EXPORT_READY, "],
    [
      "an event that is none in --data",
      ["--data", JSON.stringify({ ...BODY, events: ["NO"] })],
      '--events, /events/0: expected one of "EXPORT_READY"',
    ],
    ["an empty name", [...FLAGS, "--name", ""], "--name, /name: expected at least 1 character(s)"],
    ["a property that is none", ["--data", JSON.stringify({ ...BODY, key: 1 })], "  /key: expected no such property"],
    ["data that is no object", ["--data", "[]"], "the body: expected the type object"],
    ["data that is no object, and flags", ["--data", "[]", "--name", "n"], "--data holds no object"],
    ["data that is no JSON", ["--data", "{"], "--data is no JSON: "],
    [
      "a file that is not there",
      ["--data", "@none.json"],
      "--data: none.json cannot be read: there is no such file (ENOENT).",
    ],
  ])("is not %s: exit code 2", async (_, args, message) => {
    const api = await startApi(201, "{}");
    const { code, stdout, stderr } = await mindbridge(["webhooks", "create", ...args], { env: api.env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(api.bodies).toEqual([]);
  });
});

describe("operations that change, find and delete", () => {
  const webhook = EXAMPLES["webhooks.get"].responses[200].webhook;

  test("what `get --json` printed can be sent back with a change, without what only the server sets", async () => {
    const api = await startApi(200, JSON.stringify(webhook));
    const { stdout } = await mindbridge(["webhooks", "get", webhook.id, "--json"], api);
    const args = ["webhooks", "update", webhook.id, "--data", "-", "--status", "INACTIVE"];
    const { code, stderr } = await mindbridge(args, { env: api.env, input: stdout });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { name, url, technicalContactId, events, version } = webhook;
    expect(api.bodies.at(-1)).toEqual({ name, url, technicalContactId, events, version, status: "INACTIVE" });
  });

  test.each([
    ["--status", "INACTVE", "Did you mean INACTIVE?"],
    ["--events", "EXPORT_REDY", "Did you mean EXPORT_READY?"],
  ])("a misspelt %s of an update is refused: exit code 2", async (flag, value, message) => {
    const api = await startApi(200, "{}");
    const args = ["webhooks", "update", webhook.id, "--data", JSON.stringify(webhook), flag, value];
    const { code, stderr } = await mindbridge(args, api);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(api.bodies).toEqual([]);
  });

  test("--data of an update takes a name that is newer than this version", async () => {
    const api = await startApi(200, JSON.stringify(webhook));
    const args = ["webhooks", "update", webhook.id, "--data", JSON.stringify({ ...webhook, status: "NEWER" })];
    expect((await mindbridge(args, api)).code).toBe(0);
    expect(api.bodies).toMatchObject([{ status: "NEWER" }]);
  });

  test("`list` is `query`, which lists all", async () => {
    const page = { totalElements: 1, totalPages: 1, content: [webhook] };
    const api = await startApi(200, JSON.stringify(page));
    const { code, stdout } = await mindbridge(["webhooks", "list", "--json"], api);
    expect({ code, answer: JSON.parse(stdout), paths: api.paths }).toMatchObject({
      code: 0,
      answer: { content: [{ id: webhook.id }] },
      paths: [expect.stringContaining("query")],
    });
    const { stdout: help } = await mindbridge(["help", "webhooks", "list"]);
    expect(help).toContain("Usage: mindbridge webhooks query|list");
  });

  test("a conflict says to read it again", async () => {
    const api = await startApi(409, "");
    const { stderr } = await mindbridge(["webhooks", "update", webhook.id, "--data", JSON.stringify(webhook)], api);
    expect(stderr).toContain("It may exist already, or may have changed since you read it. Read it again first.");
  });

  test("a misspelt property of an update is refused: exit code 2", async () => {
    const api = await startApi(200, "{}");
    const args = ["webhooks", "update", webhook.id, "--data", JSON.stringify({ ...webhook, staus: "INACTIVE" })];
    const { code, stderr } = await mindbridge(args, api);
    expect(code).toBe(2);
    expect(stderr).toContain("  /staus: expected no such property");
  });

  test("a deletion without an answer is done", async () => {
    const api = await startApi(204, "");
    const { code, stdout } = await mindbridge(["webhooks", "delete", webhook.id], api);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "Done.\n" });
    expect(api.bodies).toEqual([undefined]);
  });

  test("a query sends an empty filter by default, and a sort order is one item, comma and all", async () => {
    const api = await startApi(200, JSON.stringify(EXAMPLES["webhooks.query"].responses[200].page));
    const flags = ["--page", "1", "--size", "50", "--sort", "name,asc", "--sort", "id"];
    const { code, stderr } = await mindbridge(["webhooks", "query", ...flags], api);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(api.bodies).toEqual([{}]);
    expect(api.paths).toEqual(["/v1/webhooks/query?page=1&size=50&sort=name%2Casc&sort=id"]);
  });

  test("a query that fails does not warn of repeating it, and a deletion does", async () => {
    const api = await startApi(200, "<html>");
    expect((await mindbridge(["webhooks", "query"], api)).stderr).not.toContain("before you repeat it");
    const failing = await startApi(400, "");
    expect((await mindbridge(["webhooks", "delete", "1"], failing)).stderr).not.toContain("before you repeat it");
    const unsure = await startApi(408, "");
    const { stderr } = await mindbridge(["webhooks", "delete", "1"], unsure);
    expect(stderr).toContain("before you repeat it");
  });

  test("the help says that no page of their own is published", async () => {
    for (const [words, says] of [
      [["webhooks", "delete"], true],
      [["webhooks", "get"], false],
    ] as const) {
      const { stdout } = await mindbridge([...words, "--help"], { env });
      expect(stdout.replaceAll(/\s+/g, " ").includes("no page of its own is published")).toBe(says);
    }
  });
});

describe("an error of the API", () => {
  const body = JSON.stringify({ message: `No ${TOKEN} here.` });

  test("is told with its code, its request id and what to do, without the token: exit code 1", async () => {
    const api = await startApi(404, body, { "x-request-id": "request-7" });
    const { code, stdout, stderr } = await mindbridge(["webhooks", "get", "1"], api);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("answered 404");
    expect(stderr).toContain(
      "code: not_found, status: 404, outcome: refused, request id: request-7, address from: MINDBRIDGE_API_URL,",
    );
    expect(stderr).toContain(" token from: MINDBRIDGE_API_TOKEN\n");
    expect(stderr).toContain("Check the id");
    expect(stderr).not.toContain(TOKEN);
  });

  test("is told in the words of the command line", async () => {
    const said = async (status: number, answer = "", headers = {}) =>
      (await mindbridge(["webhooks", "get", "1"], await startApi(status, answer, headers))).stderr;
    expect(await said(302, "", { location: "/login" })).toMatch(
      / answered 302, which leads elsewhere\.\n.*\nCorrect MINDBRIDGE_API_URL/,
    );
    expect(await said(200, "<html>")).toMatch(
      / answered 200, and no JSON\. It said: <html>\n.*\nCorrect MINDBRIDGE_API_URL/,
    );
    expect(await said(422, '{\n "name":\n 1}')).toMatch(
      / answered 422\. It said: \{ "name": 1\}\n.*\nCorrect what was sent\.\n$/,
    );
  });

  test("says what to do if nothing listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.on("listening", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
    const { code, stderr } = await mindbridge(["webhooks", "get", "1", "--api-url", url], { env });
    expect(code).toBe(1);
    expect(stderr).toContain("got no answer (ECONNREFUSED).");
    expect(stderr).toContain("Nothing listens there. Start it, if it is a mock (mindbridge mock --stateful)");
  });

  test("cannot drive the terminal, and holds no token", async () => {
    const base64 = Buffer.from(SECRET).toString("base64");
    const answer = `\u001b[31mred \u009b1m\u202e\nDone.\n${encodeURIComponent(SECRET)} ${base64}`;
    const api = await startApi(400, answer, { "x-request-id": SECRET });
    const given = { env: { ...api.env, MINDBRIDGE_API_TOKEN: SECRET } };
    for (const args of [[], ["--json"]]) {
      const { stdout, stderr } = await mindbridge(["webhooks", "get", "1", ...args], given);
      expect(stderr).toContain("\\u{1b}[31mred \\u{9b}1m\\u{202e} Done. [redacted]");
      expect(stderr).toContain("request id: [redacted],");
      expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(stdout + stderr).not.toMatch(/s3cret|czNjcmV0/);
    }
  });

  test("warns of repeating a write that may have succeeded, but not a read", async () => {
    // An answer that is no JSON, as from a proxy: nothing says what became of the call.
    const api = await startApi(200, "no JSON");
    const read = await mindbridge(["webhooks", "get", "1"], api);
    const created = await mindbridge(["webhooks", "create", ...FLAGS], api);
    expect([read, created]).toMatchObject([
      { code: 1, stderr: expect.stringContaining("outcome: unknown") },
      { code: 1, stderr: expect.stringContaining("It may have been done: look in MindBridge before you repeat it.") },
    ]);
    expect(read.stderr).not.toContain("repeat");
  });

  test("is one document with --json", async () => {
    const api = await startApi(500, body, { "x-request-id": "request-7" });
    const { code, stdout, stderr } = await mindbridge(["webhooks", "create", ...FLAGS, "--json"], api);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      name: "InternalServerError",
      code: "internal_server",
      operation: "webhooks.create",
      outcome: "unknown",
      status: 500,
      requestId: "request-7",
    });
    expect(stderr).toContain("It may have been done: look in MindBridge before you repeat it.");
    expect(stdout + stderr).not.toContain(TOKEN);
  });
});

describe("the configuration", () => {
  test("--api-url overrides the environment", async () => {
    const api = await startApi(200, "{}");
    const url = api.env.MINDBRIDGE_API_URL ?? "";
    const there = { MINDBRIDGE_API_URL: "https://elsewhere.example", MINDBRIDGE_API_TOKEN: TOKEN };
    expect(await mindbridge(["webhooks", "get", "a/b", "--api-url", url], { env: there })).toMatchObject({ code: 0 });
    expect(api.paths).toEqual(["/v1/webhooks/a%2Fb"]);
  });

  test.each([
    [
      { MINDBRIDGE_API_TOKEN: TOKEN },
      "mindbridge login keeps its address and a token. Or give --api-url, or set MINDBRIDGE_API_URL",
    ],
    [{ MINDBRIDGE_API_URL: "https://acme.example" }, "set MINDBRIDGE_API_TOKEN"],
    [
      { MINDBRIDGE_API_URL: "ftp://acme.example", MINDBRIDGE_API_TOKEN: TOKEN },
      "Correct MINDBRIDGE_API_URL. It is the host of the API",
    ],
    [
      { MINDBRIDGE_API_URL: "https://acme.example", MINDBRIDGE_API_TOKEN: `Bearer ${TOKEN}` },
      "Correct MINDBRIDGE_API_TOKEN. It is the token alone",
    ],
  ])("%j is refused: exit code 2", async (given, message) => {
    const { code, stdout, stderr } = await mindbridge(["webhooks", "get", "1"], { env: given });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(TOKEN);
  });

  test.each(["", ".", ".."])("the id %j is refused: exit code 2", async (id) => {
    const { code, stderr } = await mindbridge(["webhooks", "get", id], { env });
    expect(code).toBe(2);
    expect(stderr).toBe("webhooks get: the webhook-id must be an id, not nothing or dots.\n");
  });

  test("the token cannot be an argument", async () => {
    const { code, stderr } = await mindbridge(["webhooks", "get", "1", "--token", TOKEN], { env });
    expect(code).toBe(2);
    expect(stderr).toContain("unknown option '--token'");
    expect(stderr).not.toContain(TOKEN);
  });
});
