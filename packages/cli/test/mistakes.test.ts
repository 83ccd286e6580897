// The README shows what the command line says to mistakes. Each command there is run, and its answer compared.
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { expect, onTestFinished, test } from "vitest";
import { TOKEN } from "./api.ts";
import { mindbridge } from "./command.ts";

/** The ports that the README names: that of the mock, and one that nothing listens on. */
const PORTS = { mock: "4010", free: "4011" };

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const [, table = ""] = /^\| what you type .*\n.*\n((?:\|.*\n)+)/m.exec(readme) ?? [];
const mistakes = [...table.matchAll(/^\| `(.*?)` \| (.*) \| (\d+) \|$/gm)].map(
  ([, typed = "", says = "", code = ""]) => ({
    typed,
    says: says
      .split("<br>")
      .map((line) => line.replace(/^`(?:` (.*) `|(.*))`$/, "$1$2"))
      .join("\n"),
    code: Number(code),
  }),
);

/** The variables before a command, and its words. Quotes are single ones. */
function read(typed: string): { readonly env: Record<string, string>; readonly args: string[] } {
  const words = [...typed.matchAll(/'([^']*)'|(\S+)/g)].map(([, inQuotes, plain]) => inQuotes ?? plain ?? "");
  const at = words.indexOf("mindbridge");
  const env = words.slice(0, at).map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]);
  return { env: Object.fromEntries(env), args: words.slice(at + 1) };
}

test("the README shows at least twelve mistakes", () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(12);
  expect(mistakes).toHaveLength(table.trim().split("\n").length);
});

test("to each mistake, the command line says what the README shows, without a secret", async () => {
  await using api = await createTestApi({ token: TOKEN }).listen();
  const free = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "mistakes-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const defaults = { MINDBRIDGE_API_URL: api.url, MINDBRIDGE_API_TOKEN: TOKEN, XDG_CONFIG_HOME: folder };
  const { port } = new URL(api.url);
  // A command that cannot reach the API waits and tries again. So all commands run at once.
  const answers = await Promise.all(
    mistakes.map(async ({ typed, says }) => {
      const { env, args } = read(typed.replaceAll(PORTS.mock, port).replaceAll(PORTS.free, free));
      const { code, stdout, stderr } = await mindbridge(args, { env: { ...defaults, ...env } });
      const said = `${stdout}${stderr}`.trimEnd().replaceAll(port, PORTS.mock).replaceAll(free, PORTS.free);
      for (const secret of [TOKEN, "revoked", "whpk_short", "S3CRET"]) expect(said).not.toContain(secret);
      // A machine that is offline cannot tell whether a host exists.
      const answer = said.replaceAll("EAI_AGAIN", "ENOTFOUND");
      const parts = says.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
      return { typed, says: new RegExp(`^${parts.join("[^]*")}$`).test(answer) ? says : answer, code };
    }),
  );
  expect(answers).toEqual(mistakes);
});

async function freePort(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `${port}`;
}
