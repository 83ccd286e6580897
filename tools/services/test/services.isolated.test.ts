import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, describe, expect, test, vi } from "vitest";
import { hasPostgres, hasRedis, startPostgres, startRedis } from "../src/index.ts";

/** Says hello to a server, and returns its answer. */
async function answerOf(url: string, hello: string | Uint8Array): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, "connect");
    socket.write(hello);
    const [chunk] = await once(socket, "data");
    return String(chunk);
  } finally {
    socket.destroy();
  }
}

const SERVICES = {
  redis: {
    has: hasRedis,
    start: startRedis,
    hello: "PING\r\n",
    answer: "+PONG\r\n",
    write: (url: string) => answerOf(url, "SET key 42\r\n"),
    read: (url: string) => answerOf(url, "GET key\r\n"),
  },
  postgres: {
    has: hasPostgres,
    start: startPostgres,
    // A request for TLS, which Postgres declines with one letter.
    hello: Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47),
    answer: "N",
    write: (url: string) => query(url, "create table kept as select 42 as answer"),
    read: async (url: string) => JSON.stringify(await query(url, "select answer from kept")),
  },
};

async function query(connectionString: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  const { rows } = await client.query(text);
  await client.end();
  return rows;
}

for (const [name, { has, start, hello, answer, write, read }] of Object.entries(SERVICES)) {
  describe.skipIf(!has())(name, () => {
    test("listens until it is closed", async () => {
      const service = await start();
      expect(await answerOf(service.url, hello)).toBe(answer);
      await service.close();
      await service.close();
      await expect(answerOf(service.url, hello)).rejects.toThrow("ECONNREFUSED");
    });

    test("restarts with its data, on the same port", async () => {
      await using service = await start({ durable: true });
      await write(service.url);
      await service.restart();
      expect(await read(service.url)).toContain("42");
    });

    test("ends with the process that started it, and leaves no data behind", async () => {
      const folder = mkdtempSync(join(tmpdir(), "services-test-"));
      // Readable for the user that runs Postgres if we are root.
      chmodSync(folder, 0o755);
      const parent = startParent(name, folder);
      const url = await firstLine(parent);
      expect(await answerOf(url, hello)).toBe(answer);
      expect(readdirSync(folder)).toHaveLength(1);
      parent.kill("SIGKILL");
      await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), { timeout: 10_000, interval: 20 });
      await expect(answerOf(url, hello)).rejects.toThrow("ECONNREFUSED");
      rmSync(folder, { recursive: true });
    });
  });
}

function startParent(name: string, folder: string): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(import.meta.resolve("./parent.ts")), name], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error("The output of the process is not piped.");
  const [line] = await once(createInterface(stdout), "line");
  return line;
}

describe("if a server is missing", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
    vi.doUnmock("node:fs");
  });

  /** The module as it is on a machine without any program. */
  const onAnEmptyMachine = async () => {
    vi.resetModules();
    vi.doMock("node:fs", async (original) => ({
      ...(await original<typeof import("node:fs")>()),
      accessSync: () => {
        throw new Error("ENOENT");
      },
    }));
    return import("../src/programs.ts");
  };

  test("a contributor reads why tests are skipped", async () => {
    vi.stubEnv("CI", undefined);
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const found = await onAnEmptyMachine();
    expect([found.hasRedis(), found.hasPostgres()]).toEqual([false, false]);
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringContaining("Redis is not installed"),
      expect.stringContaining("Postgres is not installed"),
    ]);
  });

  test("continuous integration fails", async () => {
    vi.stubEnv("CI", "true");
    const found = await onAnEmptyMachine();
    expect(found.hasRedis).toThrow("must not be skipped");
    expect(found.hasPostgres).toThrow("must not be skipped");
  });
});
