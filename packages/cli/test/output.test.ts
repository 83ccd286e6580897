import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { MAIN } from "./command.ts";
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

describe.skipIf(process.platform !== "linux")("what is printed", () => {
  test("fails where it cannot be written, and says so", async () => {
    const key = ["public-key", "--key-file", join(folder(), "key")];
    const stderr = await inShell('"$@" > /dev/full; echo "exit code $?" >&2', key);
    expect(stderr).toContain("The output cannot be written: ENOSPC");
    expect(stderr).toMatch(/exit code 1\n$/);
  });

  test("fails without a word where who reads it has ended", async () => {
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
