import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { expect, onTestFinished, test } from "vitest";
import { mindbridge } from "./command.ts";
import { endpoint, serve } from "./endpoint.ts";
import { listening, post } from "./listening.ts";
import { signingKey } from "./signing-key.ts";

const signer = await createTestSigner();

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-replay-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An API with the logs of deliveries to a webhook, which were signed so many seconds ago and did not arrive. */
async function missed(count: number, { age = 0 } = {}) {
  const now = () => Date.now() - age * 1000;
  const api = createTestApi({ endpoint: () => new Response(null, { status: 503 }), attempts: 1, now });
  const server = await api.listen();
  onTestFinished(() => server.close());
  const headers = { authorization: "Bearer any" };
  const body = JSON.stringify({
    name: "a",
    url: "https://hooks.example.com/",
    technicalContactId: "1",
    events: ["ANALYSIS_COMPLETE"],
    status: "ACTIVE",
  });
  const created = await api.fetch("https://any.example/api/v1/webhooks", { method: "POST", headers, body });
  const webhook = (await created.json()) as { id: string; publicKey: string };
  const logs = [];
  for (let each = 0; each < count; each++) logs.push(...(await api.deliver("analysis.completed")));
  return { webhook, logs, env: { MINDBRIDGE_API_URL: server.url, MINDBRIDGE_API_TOKEN: "any" } };
}

test("replay sends what the event log has, as it was", async () => {
  const { webhook, logs, env } = await missed(1);
  const received: { headers: NodeJS.Dict<string[]>; body: string }[] = [];
  const url = await serve(async (request, response) => {
    received.push({ headers: request.headersDistinct, body: String(await buffer(request)) });
    response.writeHead(204).end();
  });
  const [log] = logs;
  const { code, stdout, stderr } = await mindbridge(["replay", log?.id ?? "", "--to", url], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(new RegExp(`^✓ ${log?.id}  204 in \\d+ ms\n1 of 1 were taken.\n$`));
  expect(received[0]?.body).toBe(log?.requestBody);
  for (const [name, value] of Object.entries(log?.requestHeaders ?? {}))
    expect(received[0]?.headers[name]).toEqual([value]);
  expect(await mindbridge(["replay", log?.id ?? "", "--to", await endpoint(webhook.publicKey)], { env })).toMatchObject(
    {
      code: 0,
    },
  );
});

test("what is too old for an endpoint is refused, unless it is signed anew", async () => {
  const { webhook, logs, env } = await missed(1, { age: 86_400 });
  const id = logs[0]?.id ?? "";
  const refused = await mindbridge(["replay", id, "--to", await endpoint(webhook.publicKey), "--json"], { env });
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ sent: [{ id, signed: true, taken: false, status: 401 }] });
  expect(refused.stderr).toMatch(/^✗ \w+ {2}401 in \d+ ms$/m);

  const to = await serve((_, response) => void response.writeHead(401).end('{"code":"too_old"}'));
  const told = await mindbridge(["replay", id, "--to", to, "--json"], { env });
  expect(JSON.parse(told.stdout)).toMatchObject({ sent: [{ status: 401, code: "too_old" }] });
  expect(told.stderr).toMatch(/^✗ \w+ {2}401 too_old in \d+ ms$/m);

  const { file, publicKey } = await signingKey();
  const args = ["replay", id, "--to", await endpoint(publicKey), "--resign", "--key-file", file];
  expect(await mindbridge(args, { env })).toMatchObject({ code: 0, stdout: expect.stringContaining(`✓ ${id}  204`) });
});

test("replay sends what listen has kept, the oldest first, and says where a signature was not kept", async () => {
  const folder = temporaryFolder();
  const { url, end } = await listening(["--key", signer.publicKey, "--save", folder]);
  const ids = ["1", "2"];
  for (const id of ids) await post(url, await signDelivery(deliveries.analysisCompleted(), { signer, id }));
  await end();
  writeFileSync(join(folder, "1-1.headers"), "Webhook-Id: 0\n");
  writeFileSync(join(folder, "1-1.body"), "{}");
  const { code, stdout } = await mindbridge(["replay", folder, "--verbose", "--to", await endpoint(signer.publicKey)]);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^✗ 0 {2}401 in \d+ ms\n {2}Its signature was not kept, so nobody can verify it.*\n✓ 1 .*\n✓ 2 .*\n2 of 3 were taken.\n$/,
  );
});

test("recover sends each delivery that was missed, and says how to go on", async () => {
  const { webhook, logs, env } = await missed(5);
  const args = ["recover", "--webhook", webhook.id, "--to", await endpoint(webhook.publicKey)];
  const { code, stdout, stderr } = await mindbridge([...args, "--verbose"], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const { id } of logs) expect(stdout).toMatch(new RegExp(`^✓ ${id}  204 in`, "m"));
  expect(stdout).toContain(
    `5 of 5 were taken.\nEverything older is settled. Pass this to the next run: --since ${logs.at(-1)?.creationDate}\n`,
  );

  const none = await mindbridge([...args, "--status", "COMPLETED", "--json"], { env });
  expect(JSON.parse(none.stdout)).toMatchObject({ taken: 0, refused: 0, sent: [] });
  expect((await mindbridge([...args, "--status", "COMPLETED"], { env })).stdout).toBe(
    "No log of this webhook has these statuses.\n",
  );
  const later = ["--since", new Date(Date.now() + 60_000).toISOString(), "--json"];
  expect(JSON.parse((await mindbridge([...args, ...later], { env })).stdout)).toMatchObject({ taken: 0 });
});

test("recover counts what is refused by the status, and exits with 1", async () => {
  const { webhook, env } = await missed(3, { age: 86_400 });
  const url = await endpoint(webhook.publicKey);
  const args = ["recover", "--webhook", webhook.id, "--to", url, "--concurrency", "1", "--json"];
  const { code, stdout } = await mindbridge(args, { env });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ taken: 0, refused: 3, reasons: { 401: 3 } });
});

test("recover to a wrong path gives no --since, which would leave out what was not taken", async () => {
  const { webhook, logs, env } = await missed(3);
  const url = await serve((_request, response) => void response.writeHead(404).end());
  const args = ["recover", "--webhook", webhook.id, "--to", url];
  const { code, stdout } = await mindbridge(args, { env });
  expect(code).toBe(1);
  expect(stdout).toContain("0 of 3 were taken.");
  expect(stdout).not.toContain("--since");
  const { since } = JSON.parse((await mindbridge([...args, "--json"], { env })).stdout);
  expect(since).toBe(logs[0]?.creationDate);
});

test("recover says that there is no such webhook or status", async () => {
  const { webhook, env } = await missed(1);
  const to = ["--to", "http://127.0.0.1:1"];
  expect(await mindbridge(["recover", "--webhook", "misspelt", ...to], { env })).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringContaining("404"),
  });
  for (const status of ["FAIL", "failed_permanently"]) {
    const args = ["recover", "--webhook", webhook.id, ...to, "--status", status];
    expect(await mindbridge(args, { env })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`no status "${status}". Did you mean FAILED`),
    });
  }
});

test("replay says that a source is neither a folder nor an event", async () => {
  const { env } = await missed(0);
  for (const source of ["misspelt", "./misspelt"]) {
    const { code, stderr } = await mindbridge(["replay", source, "--to", "http://127.0.0.1:1"], { env });
    expect(code).not.toBe(0);
    expect(stderr).toContain(`${source}: there is no such folder, and no event with this id.`);
  }
});

test.each([
  ["a folder without deliveries", ["replay", import.meta.dirname, "--to", "http://127.0.0.1:1"], "holds no delivery"],
  ["a file", ["replay", import.meta.filename, "--to", "http://127.0.0.1:1"], "is a file: give the folder of listen"],
  ["another machine", ["replay", "1", "--to", "https://hooks.example.com"], "--allow-remote"],
  ["another machine", ["recover", "--webhook", "1", "--to", "https://hooks.example.com"], "--allow-remote"],
  ["no API", ["replay", "1", "--to", "http://127.0.0.1:1"], "MINDBRIDGE_API_URL"],
])("%s is refused before anything is sent: %j", async (_what, args, message) => {
  expect(await mindbridge(args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(message) });
});
