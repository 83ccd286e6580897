import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { verify } from "@mindbridge-sdk/receiver";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { expect, onTestFinished, test } from "vitest";
import { mindbridge, type Result } from "./command.ts";
import { type ClassicMistake, endpoint, serve } from "./endpoint.ts";

/** A file for a key pair, in a folder that is not there yet. */
function keyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "config", "signing-key");
}

/** A key pair as it is kept. */
async function signingKey(): Promise<{ file: string; publicKey: string }> {
  const file = keyFile();
  const { stdout } = await mindbridge(["public-key", "--key-file", file]);
  return { file, publicKey: stdout.trim() };
}

async function examine(publicKey: string, file: string, mistake?: ClassicMistake): Promise<Result> {
  const to = await endpoint(publicKey, mistake);
  const known = ["--effects", to, "--failing", "data.analysisId=fail"];
  return mindbridge(["trigger", "--all", "--json", "--to", to, "--key-file", file, ...known]);
}

test("--all finds nothing wrong with an endpoint that is right", async () => {
  const { file, publicKey } = await signingKey();
  const { code, stdout, stderr } = await examine(publicKey, file);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ publicKey, wrong: 0, unchecked: 0, mistakes: [] });
  expect(code).toBe(0);
  expect(report.right).toBe(report.cases.length);
  const kinds = report.cases.map(({ kind }: { kind: string }) => kind);
  for (const kind of ["genuine", "rewritten", "repetition", "failure", "attack"]) expect(kinds).toContain(kind);
  expect(stderr).toContain(publicKey);
});

test.each<ClassicMistake>([
  "no-verification",
  "body-reserialised",
  "no-tolerance",
  "no-deduplication",
  "success-on-failure",
])("--all names the mistake of an endpoint: %s", async (mistake) => {
  const { file, publicKey } = await signingKey();
  const { code, stdout } = await examine(publicKey, file, mistake);
  expect(code).toBe(1);
  const names = JSON.parse(stdout).mistakes.map(({ name }: { name: string }) => name);
  expect(names).toEqual([mistake]);
});

test("--all says of an endpoint with another key that it refuses what is genuine, and of none that nothing answers", async () => {
  const { file } = await signingKey();
  const other = await createTestSigner();
  const refused = await examine(other.publicKey, file);
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout).mistakes).toMatchObject([{ name: "refuses-genuine" }]);

  const to = await serve((request) => request.socket.destroy());
  const { code, stdout } = await mindbridge(["trigger", "--all", "--to", to, "--key-file", file]);
  expect(code).toBe(1);
  expect(stdout).toContain("no-answer: The endpoint does not answer.");
});

test("--all says what it could not check, and how to let it", async () => {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey, "no-deduplication");
  const { code, stdout } = await mindbridge(["trigger", "--all", "--to", to, "--key-file", file]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/not checked: .*--effects URL/);
  expect(stdout).toMatch(/not checked: .*--failing path=value/);
  expect(stdout).toMatch(/ 0 wrong, 2 not checked\.\n$/);
});

test("sends a sample that verifies, with what is set in it, as often as is said", async () => {
  const { file, publicKey } = await signingKey();
  const received: Promise<{ id: string; data: unknown; type: string }>[] = [];
  const receive = async ({ headers }: IncomingMessage, body: Buffer) => {
    const { id, data, type } = await verify({ headers, body }, { keys: publicKey });
    return { id, data, type };
  };
  const to = await serve((request, response) => {
    received.push(buffer(request).then((body) => receive(request, body)));
    response.writeHead(202).end("thank you\u001b[2J");
  });
  const settings = ["--set", "data.analysisId=42", "--set", 'data.more={"deep":[1]}', "--set", "data.more.deep.0=2"];
  const result = await mindbridge([
    "trigger",
    "analysis.failed",
    "--to",
    to,
    "--key-file",
    file,
    "--repeat",
    "2",
    ...settings,
  ]);
  expect(result).toMatchObject({ code: 0, stderr: "" });
  expect(result.stdout).toContain("thank you\\u{1b}[2J");
  const [first, second, ...others] = await Promise.all(received);
  expect(others).toEqual([]);
  expect(first).toEqual(second);
  expect(first).toMatchObject({ type: "analysis.failed", data: { analysisId: "42", more: { deep: [2] } } });
});

test("an attack that is refused is as it should be, one that is taken is not", async () => {
  const { file, publicKey } = await signingKey();
  const attack = async (to: string) =>
    mindbridge([
      "trigger",
      "analysis.completed",
      "--to",
      to,
      "--key-file",
      file,
      "--tamper",
      "id-is-another",
      "--json",
    ]);
  const refused = await attack(await endpoint(publicKey));
  expect(refused.code).toBe(0);
  expect(JSON.parse(refused.stdout)).toMatchObject({ attack: "id-is-another", sent: [{ status: 401, right: true }] });
  const taken = await attack(await endpoint(publicKey, "no-verification"));
  expect(taken.code).toBe(1);
  expect(JSON.parse(taken.stdout)).toMatchObject({ sent: [{ status: 204, right: false }] });
});

test("a type that the contract does not list is sent all the same, with a warning", async () => {
  const { file, publicKey } = await signingKey();
  const to = await endpoint(publicKey);
  const { code, stderr } = await mindbridge(["trigger", "engagement.created", "--to", to, "--key-file", file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("lists no engagement.created") });
});

test.each([
  [
    ["analysis.completed", "--to", "http://192.0.2.1/"],
    "another machine. If it is yours to test, give --allow-remote.",
  ],
  [["analysis.completed", "--to", "http://127.0.0.1.example.com/"], "--allow-remote"],
  [["analysis.completed", "--to", "http://localhost@192.0.2.1/"], "--allow-remote"],
  [["analysis.completed", "--to", "127.0.0.1:3000"], "--to takes a URL"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--tamper", "everything"], "\n  id-is-another\n"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--set", "data"], "--set takes path=value"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--set", "__proto__.a=1"], "--set takes path=value"],
  [["analysis.completed", "--to", "http://127.0.0.1:1/", "--repeat", "0"], "1 or more"],
  [["--to", "http://127.0.0.1:1/"], "Give a type (analysis.completed, "],
  [["analysis.completed", "--all", "--to", "http://127.0.0.1:1/"], "neither a type"],
  [["--all", "--to", "http://127.0.0.1:1/", "--effects", "http://192.0.2.1/"], "--effects leads to 192.0.2.1"],
])("%j is wrong use", async (args, message) => {
  const { code, stderr, stdout } = await mindbridge(["trigger", ...args, "--json", "--key-file", keyFile()]);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toHaveProperty("error");
});

test("an endpoint that never answers is given up after the time that is given", async () => {
  const to = await serve(() => {});
  const args = ["trigger", "analysis.completed", "--to", to, "--key-file", keyFile(), "--timeout", "50"];
  expect(await mindbridge(args)).toMatchObject({ code: 1, stdout: expect.stringContaining("no answer within 50 ms") });
});

test("the key pair is made once, in a file of one's own, and its private half is never printed", async () => {
  const file = keyFile();
  const first = await mindbridge(["public-key", "--key-file", file]);
  const again = await mindbridge(["public-key", "--key-file", file, "--json"]);
  expect(first.stdout).toMatch(/^whpk_[A-Za-z0-9+/]{43}=\n$/);
  expect(JSON.parse(again.stdout)).toEqual({ publicKey: first.stdout.trim(), file });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  const secret = readFileSync(file, "utf8").trim();
  expect(secret).toMatch(/^whsk_/);
  const sent = await mindbridge([
    "trigger",
    "--all",
    "--to",
    await serve((_, response) => void response.end()),
    "--key-file",
    file,
  ]);
  for (const { stdout, stderr } of [first, again, sent]) expect(stdout + stderr).not.toContain(secret.slice(5));
});

test.each([
  ["that others may read", (file: string) => chmodSync(file, 0o644), "chmod 600"],
  [
    "that holds something else",
    (file: string) => writeFileSync(file, "whsk_secret"),
    "remove the file to get a new one",
  ],
])("a key file %s is refused, and says nothing of what is in it", async (_, spoil, message) => {
  const { file } = await signingKey();
  spoil(file);
  const { code, stdout, stderr } = await mindbridge(["public-key", "--key-file", file]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("whsk_");
});

test("without --key-file, the key pair is kept in the folder for configuration", async () => {
  const folder = dirname(dirname(keyFile()));
  const { stdout } = await mindbridge(["public-key", "--json"], { env: { XDG_CONFIG_HOME: folder } });
  expect(JSON.parse(stdout).file).toBe(join(folder, "mindbridge", "signing-key"));
});

test("--all tells a repetition that is refused, no effect, and no answer from worse", async () => {
  const { file, publicKey } = await signingKey();
  const right = new URL(await endpoint(publicKey));
  const names = async (spoil: (request: IncomingMessage, status: number, seen: boolean) => number | undefined) => {
    const seen = new Set<unknown>();
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const body = await buffer(request);
      const { status } = await relay(right, request, body);
      const id = request.headers["webhook-id"];
      const spoilt = spoil(request, status, seen.has(id));
      if (status < 300) seen.add(id);
      if (spoilt === undefined) request.socket.destroy();
      else response.writeHead(spoilt).end();
    };
    const to = await serve((request, response) => void answer(request, response));
    const { stdout } = await mindbridge([
      "trigger",
      "--all",
      "--json",
      "--to",
      to,
      "--key-file",
      file,
      "--effects",
      right.href,
    ]);
    return JSON.parse(stdout).mistakes.map(({ name }: { name: string }) => name);
  };
  expect(await names((_, status, seen) => (seen ? 409 : status))).toEqual(["repetition-refused"]);
  expect(await names(({ headers }, status) => (headers["webhook-id"] === undefined ? undefined : status))).toEqual([
    "attacks-unanswered",
  ]);
  const none = await serve((_, response) => void response.end("0"));
  const to = await endpoint(publicKey);
  const { stdout } = await mindbridge([
    "trigger",
    "--all",
    "--json",
    "--to",
    to,
    "--key-file",
    file,
    "--timeout",
    "200",
    "--effects",
    none,
  ]);
  expect(JSON.parse(stdout).mistakes).toMatchObject([{ name: "no-effect" }]);
});

/** Sends a request on as it came. */
async function relay(to: URL, { rawHeaders }: IncomingMessage, body: Buffer): Promise<{ status: number }> {
  const [response] = await once(
    httpRequest(to, { method: "POST", headers: rawHeaders, agent: false }).end(body),
    "response",
  );
  response.resume();
  return { status: response.statusCode };
}
