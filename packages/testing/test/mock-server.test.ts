import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type AnsweredRequest, type MockServer, startMockServer } from "../src/mock-server.ts";

const document = fileURLToPath(import.meta.resolve("@mindbridge-sdk/spec/openapi.yaml"));
const webhook = "/v1/webhooks/66e0a4f7c2d81b0013fe5a90";
const authorization = "Bearer test";

/** Resolves once the server is gone: its connections end with its process, and new ones are refused. */
async function gone(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const socket = connect(Number(port), hostname);
    const [error] = await new Promise<[Error?]>((resolve) => {
      socket.on("error", (cause) => resolve([cause])).on("close", () => resolve([]));
    });
    if (error !== undefined && "code" in error && error.code === "ECONNREFUSED") return;
  }
}

async function startParent(mode: string, env: NodeJS.ProcessEnv = {}): Promise<{ parent: ChildProcess; url: string }> {
  const parent = spawn(process.execPath, [fileURLToPath(new URL("./parent.ts", import.meta.url)), mode], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [output] = await once(parent.stdout, "data");
  return { parent, url: String(output).trim() };
}

describe("a mock server", () => {
  /** Two with the same seed, and one with another. */
  let servers: readonly [MockServer, MockServer, MockServer];
  let tell: (request: AnsweredRequest) => void;
  const told = new Promise<AnsweredRequest>((resolve) => {
    tell = resolve;
  });
  beforeAll(async () => {
    const start = (seed: string) =>
      startMockServer({ seed, onAnswer: (request) => request.method === "POST" && tell(request) });
    servers = await Promise.all([start("1"), start("1"), start("2")]);
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  test("serves the document on a port of its own and keeps a log without colours", async () => {
    const [first, second] = servers;
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(second.url).not.toBe(first.url);
    const response = await fetch(first.url + webhook, { headers: { authorization } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: "Close the books" });
    expect(first.log()).toContain("Starting Prism");
    expect(first.log()).not.toContain("\u001b");
  });

  test("says once what it does not mend in another version of Prism, and nothing of the one that is installed", () => {
    const folder = mkdtempSync(join(tmpdir(), "prism-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ version: "5.99.0" }));
    mkdirSync(join(folder, "dist/util"), { recursive: true });
    writeFileSync(join(folder, "dist/index.js"), "");
    writeFileSync(join(folder, "dist/util/paths.js"), "exports.createExamplePath = () => undefined;");
    const preload = new URL("../src/prism/preload.ts", import.meta.url).href;
    const { stderr: said } = spawnSync(process.execPath, ["--import", preload, join(folder, "dist/index.js")], {
      encoding: "utf8",
      env: {},
    });
    expect(said).toMatch(
      /^The mock server mends faults of Prism 5\.16\. Prism 5\.99\.0 is built in another way.*: multiples of a decimal, .*, discriminators\.\n$/,
    );
    // This version has the function that is replaced.
    expect(said).not.toContain("query parameters");
    expect(servers[0].log()).not.toContain("mends");
  });

  test("refuses what the document forbids (--errors), and tells of the request and why it was refused", async () => {
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(`${servers[0].url}/v1/webhooks?a=b`, { method: "POST", headers, body: "{}" });
    expect(response.status).toBe(422);
    const { milliseconds, ...request } = await told;
    expect(milliseconds).toBeGreaterThan(0);
    expect(request).toEqual({
      method: "POST",
      path: "/v1/webhooks?a=b",
      status: 422,
      reason: expect.stringMatching(/^body: Request body must have required property 'name'/),
    });
  });

  test("makes up the same responses from the same seed", async () => {
    const [one, same, other] = await Promise.all(
      servers.map(async ({ url }) => {
        const response = await fetch(url + webhook, { headers: { authorization, prefer: "dynamic=true" } });
        return response.text();
      }),
    );
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  test("says in its log why it could not start", async () => {
    await expect(startMockServer({ document: "missing.yaml" })).rejects.toThrow(/ended with exit code 1.*ENOENT/s);
  });
});

describe("the end of a mock server", () => {
  test("comes with a signal, aborted before the start, during it, or after it", async () => {
    await expect(startMockServer({ signal: AbortSignal.abort("already") })).rejects.toBe("already");

    const starting = new AbortController();
    const start = startMockServer({ signal: starting.signal });
    starting.abort("starting");
    await expect(start).rejects.toBe("starting");

    const running = new AbortController();
    const server = await startMockServer({ signal: running.signal });
    running.abort();
    expect(await server.exited).toBeUndefined();
  });

  test("resolves exited to an error with its log, if it ends by itself", async () => {
    await using server = await startMockServer();
    // Prism puts the name of the unknown property into a header, which cannot hold it, and ends.
    const body = JSON.stringify({ ключ: 1 });
    const headers = { "content-type": "application/json" };
    await expect(fetch(`${server.url}/v1/webhooks`, { method: "POST", headers, body })).rejects.toThrow();
    const error = await server.exited;
    expect(error).toBeInstanceOf(Error);
    expect(error?.message).toContain(`The mock server of ${document} ended with exit code 1`);
    expect(error?.message).toContain("Invalid character in header");
  });

  test.each([
    { how: "is killed, in production", mode: "stay", env: { NODE_ENV: "production" }, ending: null },
    { how: "fails", mode: "throw", env: {}, ending: 1 },
  ])("comes with the end of its parent, if the parent $how", async ({ mode, env, ending }) => {
    const { parent, url } = await startParent(mode, env);
    if (ending === null) parent.kill("SIGKILL");
    const [code] = await once(parent, "exit");
    expect(code).toBe(ending);
    await gone(url);
  });

  test("comes with close, which may be called twice, and lets the parent end", async () => {
    const { parent, url } = await startParent("close");
    const [code] = await once(parent, "exit");
    expect(code).toBe(0);
    await gone(url);
  });
});
