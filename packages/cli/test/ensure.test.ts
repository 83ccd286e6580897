import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MindBridge } from "@mindbridge-sdk/client";
import type { Webhook, WebhookCreate } from "@mindbridge-sdk/contract";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { TOKEN } from "./api.ts";
import { mindbridge } from "./command.ts";
import { onTerminal } from "./terminal.ts";

const BOOKS: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/books",
  technicalContactId: "65b2",
  events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
  status: "ACTIVE",
};
const REGISTER: WebhookCreate = { ...BOOKS, name: "Register", url: "https://hooks.example.com/register" };
const there = (webhook: WebhookCreate, id: string): Webhook => ({
  ...webhook,
  events: [...webhook.events],
  id,
  version: 1,
  publicKey: "whpk_x",
});

const folder = mkdtempSync(join(tmpdir(), "ensure-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "both.json"), JSON.stringify([BOOKS, REGISTER]));
writeFileSync(join(folder, "one.json"), JSON.stringify(BOOKS));

/** The API that remembers, over HTTP. */
async function startApi(...webhooks: Webhook[]) {
  const api = createTestApi({ entities: { webhooks } });
  const { url, close } = await api.listen();
  onTestFinished(close);
  const client = new MindBridge({ tenant: "acme", token: TOKEN, fetch: api.fetch });
  const kept = async () => (await client.webhooks.query()).content;
  return { api, kept, env: { MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: TOKEN } };
}

const run = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  mindbridge(["webhooks", "ensure", ...args], { env, cwd: folder });

describe("webhooks ensure", () => {
  test("creates, changes and leaves alone, and then has nothing to do", async () => {
    const { kept, env } = await startApi(there({ ...BOOKS, events: ["ANALYSIS_COMPLETE", "USER_LOGIN"] }, "b"));
    const first = await run(env, "--file", "both.json");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    const [books, register] = await kept();
    expect([books, register]).toMatchObject([BOOKS, REGISTER]);
    expect(first.stdout).toBe(
      [
        '~ changed "Close the books" (b): events +ANALYSIS_FAILED -USER_LOGIN',
        `+ created "Register" (${register?.id})`,
        "1 created, 1 changed, 0 unchanged.\n",
      ].join("\n"),
    );
    const again = await run(env, "--file", "both.json");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toBe(
      [
        '= unchanged "Close the books" (b)',
        `= unchanged "Register" (${register?.id})`,
        "0 to create, 0 to change, 2 unchanged. Nothing to do.\n",
      ].join("\n"),
    );
  });

  test("--dry-run shows the plan, and writes nothing", async () => {
    const { kept, env } = await startApi(there({ ...BOOKS, status: "INACTIVE" }, "b"));
    const { code, stdout } = await run(env, "--file", "both.json", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        '~ change "Close the books" (b): status INACTIVE → ACTIVE',
        '+ create "Register"',
        "1 to create, 1 to change, 0 unchanged.\n",
      ].join("\n"),
    );
    expect(await kept()).toMatchObject([there({ ...BOOKS, status: "INACTIVE" }, "b")]);
  });

  test("--json prints one document, with the public keys", async () => {
    const { env } = await startApi();
    const plan = JSON.parse((await run(env, "--file", "one.json", "--dry-run", "--json")).stdout);
    expect(plan).toEqual({
      dryRun: true,
      webhooks: [{ action: "create", name: BOOKS.name, url: BOOKS.url, changes: [] }],
    });
    const { stdout, stderr } = await run(env, "--file", "one.json", "--json");
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: false,
      webhooks: [{ action: "created", webhook: { ...BOOKS, publicKey: expect.stringMatching(/^whpk_/) } }],
    });
  });

  test("--match url finds a webhook whose name is another", async () => {
    const { kept, env } = await startApi(there({ ...BOOKS, name: "Old" }, "b"));
    const { stdout } = await run(env, "--file", "one.json", "--match", "url");
    expect(stdout).toContain('~ changed "Close the books" (b): name Old → Close the books');
    expect(await kept()).toHaveLength(1);
  });

  test.each([
    ["no file", "none.json", "--file: none.json cannot be read: there is no such file (ENOENT)."],
    ["no webhooks", "empty.json", "the file has no webhooks"],
    ["a webhook that the API would refuse", "wrong.json", "webhook 2, /events/0: expected one of"],
    ["an id that is none", "id.json", "webhook 1, /id: expected the id of a webhook"],
    ["an id twice", "ids.json", 'two webhooks of the file have the id "b"'],
    ["a name twice", "twice.json", 'two webhooks of the file have the name "Close the books"'],
  ])("refuses %s: exit code 2, and nothing is sent", async (_, file, message) => {
    writeFileSync(join(folder, "empty.json"), "[]");
    writeFileSync(join(folder, "wrong.json"), JSON.stringify([BOOKS, { ...REGISTER, events: ["NONE"] }]));
    writeFileSync(join(folder, "id.json"), JSON.stringify({ ...BOOKS, id: 5 }));
    writeFileSync(join(folder, "ids.json"), JSON.stringify([there(BOOKS, "b"), there(REGISTER, "b")]));
    writeFileSync(join(folder, "twice.json"), JSON.stringify([BOOKS, BOOKS]));
    const { code, stderr } = await run({ MINDBRIDGE_API_URL: "http://127.0.0.1:1" }, "--file", file);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test("several webhooks of a name are an error that lists them: exit code 1", async () => {
    const { kept, env } = await startApi(there(BOOKS, "b"), there(BOOKS, "c"));
    const { code, stderr } = await run(env, "--file", "both.json");
    expect(code).toBe(1);
    expect(stderr).toContain("b (Close the books, https://hooks.example.com/books), c (Close");
    expect(stderr).toContain("Keep one of them: mindbridge webhooks delete ID. Or give the webhook of the file the id");
    expect(stderr).toContain('"Close the books" failed. Nothing was written.');
    expect(stderr).not.toContain("Run it again");
    expect(await kept()).toHaveLength(2);
  });

  test("what was read can be given back: its id finds it, and what only the server sets is left out", async () => {
    const { kept, env } = await startApi(there(BOOKS, "b"), there(BOOKS, "c"));
    const wanted = { ...(await kept())[1], status: "INACTIVE" };
    writeFileSync(join(folder, "read.json"), JSON.stringify(wanted));
    const { code, stderr } = await run(env, "--file", "read.json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect((await kept()).map(({ id, status }) => [id, status])).toEqual([
      ["b", "ACTIVE"],
      ["c", "INACTIVE"],
    ]);
  });

  test("a failure says how far it came", async () => {
    const { api, env } = await startApi(there({ ...BOOKS, status: "INACTIVE" }, "b"));
    api.fail("webhooks.create", { status: 403 });
    const { code, stdout, stderr } = await run(env, "--file", "both.json");
    expect(code).toBe(1);
    expect(stdout).toContain('~ changed "Close the books"');
    expect(stderr).toContain('"Register" failed. 1 of 2 webhooks are as they are wanted.\n');
    expect(stderr).toContain("answered 403");
  });

  test("a failure that may pass advises to run it again", async () => {
    const { api, env } = await startApi(there({ ...BOOKS, status: "INACTIVE" }, "b"));
    api.fail("webhooks.create", { status: 409 });
    const { stderr } = await run(env, "--file", "both.json");
    expect(stderr).toContain("1 of 2 webhooks are as they are wanted. Run it again for the others.");
  });

  test("a failure with --json holds what was done before, and names the webhook that failed", async () => {
    const { api, env } = await startApi(there({ ...BOOKS, status: "INACTIVE" }, "b"));
    api.fail("webhooks.create", { status: 403 });
    const { code, stdout } = await run(env, "--file", "both.json", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: false,
      webhooks: [{ action: "changed", name: BOOKS.name, webhook: { id: "b", publicKey: "whpk_x" } }],
      failed: { name: REGISTER.name, url: REGISTER.url },
      error: { code: "permission_denied", status: 403 },
    });
  });
});

describe.skipIf(process.platform !== "linux")("on a terminal", () => {
  test.each([
    ["y", 0, 2],
    ["n", 130, 0],
  ])("webhooks ensure shows the plan and asks: %s", async (answer, code, count) => {
    const { kept, env } = await startApi();
    const args = ["webhooks", "ensure", "--file", join(folder, "both.json")];
    const { screen, ...ended } = await onTerminal(args, { steps: [["Carry it out?", answer]], env });
    expect(ended.code).toBe(code);
    expect(screen).toMatch(/\+ create "Close the books"[\s\S]*2 to create, 0 to change, 0 unchanged\./);
    expect(await kept()).toHaveLength(count);
  });
});
