import { once } from "node:events";
import { expect, test } from "vitest";
import { mindbridge, start } from "./command.ts";

/** The first line that a command writes to stdout. */
async function firstOutput(child: ReturnType<typeof start>["child"]): Promise<string> {
  const [chunk] = await once(child.stdout, "data");
  return String(chunk);
}

test.each(["SIGINT", "SIGTERM"] as const)("serves the contract, says where, and ends on %s", async (signal) => {
  const { child, done } = start(["mock", "--port", "0"]);
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(await firstOutput(child)) ?? [];
  const response = await fetch(`${url}/v1/webhooks/66e0a4f7c2d81b0013fe5a90`, {
    headers: { authorization: "Bearer t" },
  });
  expect(await response.json()).toMatchObject({ name: "Close the books" });
  child.kill(signal);
  const { code, stdout, stderr } = await done;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(`export MINDBRIDGE_API_URL=${url}\n`);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("with --json, prints one document; a port that is taken is a failure that says so", async () => {
  const first = start(["mock", "--json", "--port", "0"]);
  const { url } = JSON.parse(await firstOutput(first.child));
  const second = await mindbridge(["mock", "--port", new URL(url).port]);
  first.child.kill("SIGINT");
  expect(await first.done).toMatchObject({ code: 0, stderr: "" });
  expect(second).toMatchObject({ code: 1, stdout: "" });
  expect(second.stderr).toBe(
    `Port ${new URL(url).port} is in use (EADDRINUSE): end what listens there, or give another with --port (0 for a free one).\n`,
  );
});
