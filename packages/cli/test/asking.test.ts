import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { describe, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const BODY = EXAMPLES["webhooks.create"].request.analysisResults;
const DOWN = "\u001b[B";
const ENTER = "\r";
const CTRL_C = "\u0003";

/** What is seen on the terminal, and the keys that are then pressed. */
type Step = readonly [seen: string, keys: string];

/** Runs the built command on a pseudo-terminal, and presses keys when it has shown what they answer. */
async function onTerminal(args: readonly string[], steps: readonly Step[], url: string) {
  const words = [process.execPath, MAIN, ...args].map((word) => `'${word}'`);
  const env = { ...process.env, MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: "any-token", TERM: "xterm" };
  const child = spawn(
    "script",
    ["--quiet", "--return", "--command", `stty rows 50 columns 200; ${words.join(" ")}`, "/dev/null"],
    { env },
  );
  const left = [...steps];
  let screen = "";
  let from = 0;
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    screen += stripVTControlCharacters(chunk);
    const [next] = left;
    const at = next ? screen.indexOf(next[0], from) : -1;
    if (!next || at === -1) return;
    from = at + next[0].length;
    left.shift();
    child.stdin.write(next[1]);
  });
  const [code] = await once(child, "close");
  return { code, screen, unanswered: left };
}

// `script` is a part of util-linux. That of the BSDs has other options, and Windows has none.
describe.skipIf(process.platform !== "linux")("on a terminal", () => {
  test("what is missing is asked for, what will be sent is shown, and nothing is sent before a yes", async () => {
    await using mock = await startMockServer();
    const given = ["webhooks", "create", "--name", BODY.name, "--technical-contact-id", BODY.technicalContactId];
    const steps: Step[] = [
      ["url: Where the deliveries are sent.", `${BODY.url}${ENTER}`],
      ["events: The events to send deliveries for.", `${DOWN} ${DOWN} ${ENTER}`],
      ["status: Whether the webhook sends", ENTER],
      ["Send it?", ENTER],
    ];
    const { code, screen, unanswered } = await onTerminal(given, steps, mock.url);
    expect({ code, unanswered }).toEqual({ code: 0, unanswered: [] });
    expect(screen).toMatch(
      /webhooks create sends:[\s\S]*name +Close the books[\s\S]*events +FILE_MANAGER_FILE_ADDED, DATA_ADDED/,
    );
    expect(screen).toContain("publicKey");
    expect(mock.log()).toContain("post /v1/webhooks");
  });

  test.each([
    ["no", `${DOWN}${ENTER}`],
    ["Ctrl+C", CTRL_C],
  ])("%s sends nothing: exit code 130", async (_, keys) => {
    await using mock = await startMockServer();
    const given = ["webhooks", "create", "--data", JSON.stringify(BODY)];
    const { code, screen } = await onTerminal(given, [["Send it?", keys]], mock.url);
    expect(code).toBe(130);
    expect(screen).toContain("Cancelled: nothing was sent.");
    expect(mock.log()).not.toContain("post /v1/webhooks");
  });

  test("--yes sends without asking, and what only reads asks nothing", async () => {
    await using mock = await startMockServer();
    const given = ["webhooks", "create", "--data", JSON.stringify(BODY), "--yes"];
    expect(await onTerminal(given, [], mock.url)).toMatchObject({ code: 0 });
    expect(await onTerminal(["webhooks", "get", "66e0a4f7c2d81b0013fe5a90"], [], mock.url)).toMatchObject({ code: 0 });
  });
});
