// These need the built command in a process of its own: exit codes, signals, pipes and terminals.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { MAIN, mindbridge, startProcess } from "./command.ts";
import { serve } from "./endpoint.ts";
import { onTerminal } from "./terminal.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** Runs the built command in a shell script, which has it as `"$@"`, and resolves to what is on stderr. */
async function inShell(script: string, args: readonly string[]): Promise<string> {
  const child = spawn("sh", ["-c", script, "sh", process.execPath, MAIN, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stderr] = await Promise.all([text(child.stderr), once(child, "close")]);
  return stderr;
}

/** Says on stderr when somebody begins to listen to stdin. */
const WATCH_STDIN = `--import=data:text/javascript,${encodeURIComponent(
  "process.stdin.once('newListener', () => process.stderr.write('reading'))",
)}`;

test("wrong use ends with exit code 2, and with --json has one document on stdout", async () => {
  const { code, stdout, stderr } = await startProcess(["mock", "--json", "--port", "http"]).done;
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("Give a whole number") });
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "usage" } });
});

test("an older Node is told in one sentence which it needs, and runs nothing", async () => {
  const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const on = (version: string) => {
    const versions = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
    const options = `--import=data:text/javascript,${encodeURIComponent(versions)}`;
    return startProcess(["--version"], { NODE_OPTIONS: options }).done;
  };
  const needed = engines.node.replace(">=", "");
  const [older, oldest] = await Promise.all([on("22.12.0"), on(`${needed}.0`)]);
  expect(older).toEqual({
    code: 1,
    stdout: "",
    stderr: `mindbridge needs Node ${needed} or later, and this is 22.12.0: https://nodejs.org\n`,
  });
  expect(oldest).toMatchObject({ code: 0, stderr: "" });
});

test("the help that the build made is what the program prints", async () => {
  expect(await startProcess(["--help"]).done).toEqual(await mindbridge(["--help"]));
});

test.skipIf(process.platform !== "linux")("the help is as wide as the terminal", async () => {
  const { code, screen } = await onTerminal(["--help"], { env: {} });
  expect(code).toBe(0);
  expect(Math.max(...screen.split("\r\n").map((line) => line.length))).toBeGreaterThan(80);
});

test("a body is read from stdin, and the exit code says whether it is genuine", async () => {
  const signer = await createTestSigner();
  const { headers, body } = await signDelivery(deliveries.analysisCompleted(), { signer });
  const file = join(folder(), "headers.json");
  writeFileSync(file, JSON.stringify(headers));
  const verify = (input: string) => {
    const { child, done } = startProcess(["verify", "--key", signer.publicKey, "--headers", file, "--body", "-"]);
    child.stdin.end(input);
    return done;
  };
  const [genuine, changed] = await Promise.all([verify(body), verify(`${body} `)]);
  expect(genuine).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Genuine/) });
  expect(changed).toMatchObject({ code: 1, stdout: expect.stringMatching(/^It does not verify/) });
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends a call that waits for its answer: exit code 130", async (signal) => {
  const { origin } = new URL(await serve(() => command.child.kill(signal)));
  const env = { MINDBRIDGE_API_URL: origin, MINDBRIDGE_API_TOKEN: "any-token" };
  const command = startProcess(["webhooks", "get", "1"], env);
  expect(await command.done).toMatchObject({ code: 130, stdout: "", stderr: expect.stringContaining("code: abort") });
});

describe.each([
  ["webhooks", "ensure", "--file", "-"],
  ["webhooks", "create", "--data", "-"],
])("%s %s %s %s", (...args) => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s ends its wait for stdin: exit code 130", async (signal) => {
    const env = {
      MINDBRIDGE_API_URL: "http://127.0.0.1:1",
      MINDBRIDGE_API_TOKEN: "any-token",
      NODE_OPTIONS: WATCH_STDIN,
    };
    const { child, done } = startProcess(args, env);
    child.stderr.once("data", () => child.kill(signal));
    expect(await done).toMatchObject({ code: 130, stdout: "", stderr: expect.stringContaining("Interrupted.") });
  });

  test.skipIf(process.platform !== "linux")("says on a terminal that it waits, and Ctrl+C ends it", async () => {
    const env = { MINDBRIDGE_API_URL: "http://127.0.0.1:1", MINDBRIDGE_API_TOKEN: "any-token" };
    const { code, unanswered } = await onTerminal(args, {
      env,
      steps: [["waiting for input. Ctrl+D ends it.", "\u0003"]],
    });
    expect({ code, unanswered }).toEqual({ code: 130, unanswered: [] });
  });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends a command that runs until it is interrupted: exit code 0",
  async (signal) => {
    const { child, done } = startProcess(["listen", "--port", "0", "--key-file", join(folder(), "key")]);
    await once(child.stdout, "data");
    child.kill(signal);
    expect(await done).toMatchObject({ code: 0, stderr: "" });
  },
);

test.skipIf(process.platform !== "linux")(
  "listen sends again, filters and ends by keys, and gives the terminal back",
  async () => {
    const received: string[] = [];
    const to = await serve(async (request, response) => {
      received.push(await text(request));
      response.writeHead(received.length === 1 ? 500 : 204).end();
    });
    const signer = await createTestSigner();
    const deliver = async (screen: string, event: object): Promise<string> => {
      const [, url = ""] = /received on (\S+)\. /.exec(screen) ?? [];
      const { headers, body } = await signDelivery(event, { signer });
      await fetch(url, { method: "POST", headers, body });
      return "";
    };
    const args = ["listen", "--port", "0", "--key", signer.publicKey, "--forward", to, "--inspect", "--compact"];
    const { code, screen, unanswered } = await onTerminal(args, {
      env: {},
      redirection: "; stty --all",
      steps: [
        ["Keys: r sends", "r"],
        ["No delivery has come yet", (shown) => deliver(shown, deliveries.analysisCompleted())],
        ["500", "r"],
        ["204", "f"],
        ["Show only deliveries that contain", "FAILED\r"],
        // A delivery that is not shown is passed on all the same.
        [
          'Only deliveries that contain "FAILED" are shown.',
          async (shown) =>
            (await deliver(shown, deliveries.analysisCompleted())) +
            (await deliver(shown, deliveries.analysisFailed())),
        ],
        ["analysis.failed  verified", "R"],
        ["analysis.failed  verified", "f"],
        // Esc leaves the question, and so does Ctrl+C, which then ends the command.
        ["Show only deliveries", "\u001b"],
        ['contain "FAILED" are shown.', "f"],
        ["Show only deliveries", "\u0003"],
        ['contain "FAILED" are shown.', "\u0003"],
      ],
    });
    expect({ code, unanswered }).toEqual({ code: 0, unanswered: [] });
    expect(
      screen.match(/^\d\d:\d\d:\d\d {2}(?:500|204) +\d+ ms {2}analysis\.completed {2}verified(?:, sent again)?\r?$/gm),
    ).toHaveLength(2);
    expect(received.map((body) => JSON.parse(body).type)).toEqual([
      ...Array(3).fill("analysis.completed"),
      ...Array(2).fill("analysis.failed"),
    ]);
    const { status } = await fetch(/Look at them on (\S+)/.exec(screen)?.[1] ?? "").catch(() => ({ status: "ended" }));
    expect(status).toBe("ended");
    expect(screen).toMatch(/ icanon .* echo /s);
  },
);

describe.skipIf(process.platform !== "linux")("the output", () => {
  test("fails if it cannot be written, and says so", async () => {
    const key = ["public-key", "--key-file", join(folder(), "key")];
    const stderr = await inShell('"$@" > /dev/full; echo "exit code $?" >&2', key);
    expect(stderr).toContain("The output cannot be written: ENOSPC");
    expect(stderr).toMatch(/exit code 1\n$/);
  });

  test("fails without a word if its reader has ended", async () => {
    const key = ["public-key", "--key-file", join(folder(), "key")];
    await inShell('"$@"', key);
    expect(await inShell('{ "$@"; echo "exit code $?" >&2; } | true', key)).toBe("exit code 1\n");
  });

  test("has no colours in a file, whatever the other stream is", async () => {
    const to = await serve((_, response) => void response.writeHead(204).end());
    const [log, key] = [join(folder(), "log"), join(folder(), "key")];
    const args = ["trigger", "analysis.completed", "--json", "--to", to, "--key-file", key];
    const { code, screen } = await onTerminal(args, {
      env: { FORCE_COLOR: undefined, NO_COLOR: undefined },
      redirection: `2> '${log}'`,
    });
    expect(code).toBe(0);
    expect(JSON.parse(screen)).toMatchObject({ sent: [{ verdict: "right" }] });
    expect(readFileSync(log, "utf8")).toMatch(/^✓ 204 in/m);
  });
});
