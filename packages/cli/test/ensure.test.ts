import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Webhook, WebhookCreate } from "@mindbridge-sdk/contract";
import { afterAll, describe, expect, test } from "vitest";
import { webhooksApi } from "../../client/test/unit/webhooks-api.ts";
import { TOKEN } from "./api.ts";
import { mindbridge } from "./command.ts";
import { serve } from "./endpoint.ts";
import { onTerminal } from "./terminal.ts";

const BOOKS: WebhookCreate = {
  name: "Close the books",
  url: "https://hooks.example.com/books",
  technicalContactId: "65b2",
  events: ["ANALYSIS_COMPLETE", "ANALYSIS_FAILED"],
  status: "ACTIVE",
};
const REGISTER: WebhookCreate = { ...BOOKS, name: "Register", url: "https://hooks.example.com/register" };
const there = (webhook: WebhookCreate, id: string): Webhook => ({ ...webhook, id, version: 1, publicKey: "whpk_x" });

const folder = mkdtempSync(join(tmpdir(), "ensure-"));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, "both.json"), JSON.stringify([BOOKS, REGISTER]));
writeFileSync(join(folder, "one.json"), JSON.stringify(BOOKS));

/** An API that keeps webhooks, over HTTP. */
async function startApi(...webhooks: Webhook[]) {
  const api = webhooksApi(...webhooks);
  const url = await serve(async (request, response) => {
    const body = String(await buffer(request));
    const init = { method: request.method ?? "GET", ...(body !== "" && { body }) };
    const answer = await api.fetch(new URL(request.url ?? "", "http://localhost").href, init);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  return { api, env: { MINDBRIDGE_API_URL: new URL(url).origin, MINDBRIDGE_API_TOKEN: TOKEN } };
}

const run = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  mindbridge(["webhooks", "ensure", ...args], { env, cwd: folder });

describe("webhooks ensure", () => {
  test("creates, changes and leaves alone, and then has nothing to do", async () => {
    const { api, env } = await startApi(there({ ...BOOKS, events: ["ANALYSIS_COMPLETE", "USER_LOGIN"] }, "b"));
    const first = await run(env, "--file", "both.json");
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toBe(
      [
        '~ changed "Close the books" (b): events +ANALYSIS_FAILED -USER_LOGIN',
        '+ created "Register" (made-1)',
        "1 created, 1 changed, 0 unchanged.\n",
      ].join("\n"),
    );
    expect(api.webhooks).toMatchObject([BOOKS, REGISTER]);
    const again = await run(env, "--file", "both.json");
    expect(again).toMatchObject({ code: 0, stderr: "" });
    expect(again.stdout).toBe(
      [
        '= unchanged "Close the books" (b)',
        '= unchanged "Register" (made-1)',
        "0 to create, 0 to change, 2 unchanged. Nothing to do.\n",
      ].join("\n"),
    );
  });

  test("--dry-run shows the plan, and writes nothing", async () => {
    const { api, env } = await startApi(there({ ...BOOKS, status: "INACTIVE" }, "b"));
    const { code, stdout } = await run(env, "--file", "both.json", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        '~ change "Close the books" (b): status INACTIVE → ACTIVE',
        '+ create "Register"',
        "1 to create, 1 to change, 0 unchanged.\n",
      ].join("\n"),
    );
    expect(api.requests.filter((request) => !request.endsWith("/query"))).toEqual([]);
  });

  test("--json prints one document, with the public keys", async () => {
    const { env } = await startApi();
    const plan = JSON.parse((await run(env, "--file", "one.json", "--dry-run", "--json")).stdout);
    expect(plan).toEqual({ dryRun: true, webhooks: [{ action: "created", changes: [] }] });
    const { stdout, stderr } = await run(env, "--file", "one.json", "--json");
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: false,
      webhooks: [{ action: "created", webhook: { ...BOOKS, publicKey: "whpk_made" } }],
    });
  });

  test("--match url finds a webhook whose name is another", async () => {
    const { api, env } = await startApi(there({ ...BOOKS, name: "Old" }, "b"));
    const { stdout } = await run(env, "--file", "one.json", "--match", "url");
    expect(stdout).toContain('~ changed "Close the books" (b): name Old → Close the books');
    expect(api.webhooks).toHaveLength(1);
  });

  test.each([
    ["no file", "none.json", "none.json cannot be read: ENOENT"],
    ["no webhooks", "empty.json", "the file has no webhooks"],
    ["a webhook that the API would refuse", "wrong.json", "webhook 2, /events/0: expected one of"],
    ["a name twice", "twice.json", 'two webhooks of the file have the name "Close the books"'],
  ])("refuses %s: exit code 2, and nothing is sent", async (_, file, message) => {
    writeFileSync(join(folder, "empty.json"), "[]");
    writeFileSync(join(folder, "wrong.json"), JSON.stringify([BOOKS, { ...REGISTER, events: ["NONE"] }]));
    writeFileSync(join(folder, "twice.json"), JSON.stringify([BOOKS, BOOKS]));
    const { api, env } = await startApi();
    const { code, stderr } = await run(env, "--file", file);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(api.requests).toEqual([]);
  });

  test("several webhooks of a name are an error that lists them: exit code 1", async () => {
    const { api, env } = await startApi(there(BOOKS, "b"), there(BOOKS, "c"));
    const { code, stderr } = await run(env, "--file", "both.json");
    expect(code).toBe(1);
    expect(stderr).toContain("b (Close the books, https://hooks.example.com/books), c (Close");
    expect(stderr).toContain("Keep one of them: mindbridge webhooks delete ID.");
    expect(api.webhooks).toHaveLength(2);
  });

  test("a failure says how far it came", async () => {
    const { api, env } = await startApi();
    let creates = 0;
    api.before = (request) =>
      request === "POST /v1/webhooks" && ++creates === 2 ? new Response(null, { status: 403 }) : undefined;
    const { code, stdout, stderr } = await run(env, "--file", "both.json");
    expect(code).toBe(1);
    expect(stdout).toContain('+ created "Close the books"');
    expect(stderr).toContain("1 of 2 webhooks are as they are wanted. Run it again for the others.");
    expect(stderr).toContain("answered 403");
  });
});

describe.skipIf(process.platform !== "linux")("on a terminal", () => {
  test.each([
    ["y", 0, 2],
    ["n", 130, 0],
  ])("webhooks ensure shows the plan and asks: %s", async (answer, code, count) => {
    const { api, env } = await startApi();
    const args = ["webhooks", "ensure", "--file", join(folder, "both.json")];
    const { screen, ...ended } = await onTerminal(args, { steps: [["Carry it out?", answer]], env });
    expect(ended.code).toBe(code);
    expect(screen).toMatch(/\+ create "Close the books"[\s\S]*2 to create, 0 to change, 0 unchanged\./);
    expect(api.webhooks).toHaveLength(count);
  });
});
