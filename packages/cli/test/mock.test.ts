import { once } from "node:events";
import { buffer } from "node:stream/consumers";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { expect, test } from "vitest";
import { mindbridge, start, startProcess } from "./command.ts";
import { serve } from "./endpoint.ts";
import { listening, post } from "./listening.ts";

/** The first line that a command writes to stdout. */
async function firstOutput({ child }: ReturnType<typeof startProcess>): Promise<string> {
  const [chunk] = await once(child.stdout, "data");
  return String(chunk);
}

test("serves the contract to the other commands, says where, and ends on SIGINT", async () => {
  const mock = startProcess(["mock", "--port", "0"]);
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(await firstOutput(mock)) ?? [];
  const env = { MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: "any-token" };

  const webhook = EXAMPLES["webhooks.create"].responses[201].webhook;
  const read = await mindbridge(["webhooks", "get", webhook.id], { env });
  expect(read).toMatchObject({ code: 0, stderr: "" });
  expect(read.stdout).toMatch(/^publicKey {2,}whpk_11qYAYKxCrfVS\/7TyWQHOg7hcvPapiMlrwIaaPcHURo=$/m);
  expect(read.stdout).toMatch(/^createdUserInfo\.userName {2,}Robin Okafor$/m);
  expect(read.stdout).toMatch(/^events {2,}ANALYSIS_COMPLETE, ANALYSIS_FAILED$/m);
  const body = JSON.stringify(EXAMPLES["webhooks.create"].request.analysisResults);
  const created = await mindbridge(["webhooks", "create", "--data", body, "--json"], { env });
  expect(created).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(created.stdout)).toEqual(webhook);
  const log = await mindbridge(["webhook-event-logs", "get", "66e0b1d3c2d81b0013fe5b17", "--json"], { env });
  expect(JSON.parse(log.stdout)).toMatchObject({ status: "COMPLETED" });

  // `listen` takes the key of a webhook from the API.
  const event = deliveries.analysisCompleted();
  const receiving = await listening(["--webhook", event.senderId], { env });
  await post(receiving.url, await signDelivery(event, { signer: await createTestSigner({ publishedTestKey: true }) }));
  expect(await receiving.next()).toMatchObject({ verified: true });
  await post(receiving.url, await signDelivery(event, { signer: await createTestSigner() }));
  expect(await receiving.next()).toMatchObject({ verified: false, error: { code: "signature_mismatch" } });

  mock.child.kill("SIGINT");
  const { code, stdout, stderr } = await mock.done;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`export MINDBRIDGE_API_URL=${url}\n`);
  expect(stdout).toMatch(/^GET \/v1\/webhooks\/66e0a4f7c2d81b0013fe5a90 {2}200 in \d+ ms$/m);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("with --json, prints one document, and ends on SIGTERM; a port that is in use is a failure that says so", async () => {
  const first = startProcess(["mock", "--json", "--port", "0"]);
  const { url } = JSON.parse(await firstOutput(first));
  const second = await mindbridge(["mock", "--port", new URL(url).port]);
  first.child.kill("SIGTERM");
  expect(await first.done).toMatchObject({ code: 0, stderr: "" });
  expect(second).toMatchObject({ code: 1, stdout: "" });
  expect(second.stderr).toBe(
    `Port ${new URL(url).port} is in use (EADDRINUSE): end what listens there, or give another with --port (0 for a free one).\n`,
  );
});

test("with --stateful, keeps what is created, delivers to it when asked, and prints a line for each request", async () => {
  const received: unknown[] = [];
  const endpoint = await serve(async (request, response) => {
    received.push(JSON.parse(String(await buffer(request))));
    response.writeHead(204).end();
  });
  const mock = start(["mock", "--stateful", "--port", "0", "--json"]);
  const [output] = await once(mock.stdout, "data");
  const { url } = JSON.parse(String(output));
  const env = { MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: "any-token" };
  const body = JSON.stringify({ ...EXAMPLES["webhooks.create"].request.analysisResults, url: endpoint });
  const created = JSON.parse((await mindbridge(["webhooks", "create", "--data", body, "--json"], { env })).stdout);
  const elsewhere = JSON.stringify(EXAMPLES["webhooks.create"].request.analysisResults);
  await mindbridge(["webhooks", "create", "--data", elsewhere], { env });
  const read = await mindbridge(["webhooks", "get", created.id, "--json"], { env });
  expect(JSON.parse(read.stdout)).toEqual(created);

  const asked = await fetch(`${url}/test/deliver`, { method: "POST", body: '{"type":"analysis.completed"}' });
  const { logs, skipped } = await asked.json();
  const [{ id }] = logs;
  expect({ count: logs.length, skipped }).toMatchObject({
    count: 1,
    skipped: [{ url: JSON.parse(elsewhere).url, reason: expect.stringContaining("deliveries go to this one only") }],
  });
  expect(received).toEqual([expect.objectContaining({ eventId: id, senderId: created.id })]);
  const log = await mindbridge(["webhook-event-logs", "get", id, "--json"], { env });
  expect(JSON.parse(log.stdout)).toMatchObject({ status: "COMPLETED", webhookId: created.id });
  expect(await mindbridge(["mock", "--stateful", "--port", new URL(url).port])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("is in use (EADDRINUSE)"),
  });
  const missing = await mindbridge(["webhooks", "get", "nobody"], { env });
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringMatching(/^code: not_found, status: 404/m) });
  const refused = await mindbridge(
    ["webhooks", "update", created.id, "--data", JSON.stringify({ ...created, url: "http://a.example" })],
    { env },
  );
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("https: addresses alone") });
  const { code, stderr } = await mock.interrupt();
  expect(code).toBe(0);
  expect(
    stderr
      .replaceAll(created.id, "ID")
      .replaceAll(id, "LOG")
      .replaceAll(/\d+ ms/g, "N ms")
      .split("\n"),
  ).toEqual([
    "POST /v1/webhooks  201 in N ms",
    "POST /v1/webhooks  201 in N ms",
    "GET /v1/webhooks/ID  200 in N ms",
    "POST /test/deliver  200 in N ms",
    "GET /v1/webhook-event-logs/LOG  200 in N ms",
    "GET /v1/webhooks/nobody  404 in N ms  There is nothing with this id.",
    "PUT /v1/webhooks/ID  422 in N ms  body.url: MindBridge delivers to https: addresses alone",
    "",
  ]);
});
