import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { describe, expect, test } from "vitest";
import { onTerminal, type Step } from "./terminal.ts";

const BODY = EXAMPLES["webhooks.create"].request.analysisResults;
const DOWN = "\u001b[B";
const ENTER = "\r";
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";

const ask = (args: readonly string[], steps: readonly Step[], url: string) =>
  onTerminal(args, { steps, env: { MINDBRIDGE_API_URL: url, MINDBRIDGE_API_TOKEN: "any-token" } });

describe.skipIf(process.platform !== "linux")("on a terminal", () => {
  test("what is missing is asked for, what will be sent is shown, and nothing is sent before a yes", async () => {
    await using mock = await startMockServer();
    const given = ["webhooks", "create", "--name", BODY.name, "--technical-contact-id", BODY.technicalContactId];
    const steps: Step[] = [
      ["url: Where the deliveries are sent.", `${BODY.url}${ENTER}`],
      ["events: The events to send deliveries for.", `${DOWN} ${DOWN} ${ENTER}`],
      ["status: Whether the webhook sends", ENTER],
      ["Send it?", "y"],
    ];
    const { code, screen, unanswered } = await ask(given, steps, mock.url);
    expect({ code, unanswered }).toEqual({ code: 0, unanswered: [] });
    expect(screen).toMatch(
      /webhooks create sends:[\s\S]*name +Close the books[\s\S]*events +FILE_MANAGER_FILE_ADDED, DATA_ADDED/,
    );
    expect(screen).toContain("publicKey");
    expect(mock.log()).toContain("post /v1/webhooks");
  });

  test.each([
    ["no", "n"],
    ["Enter alone", ENTER],
    ["Ctrl+C", CTRL_C],
    ["Ctrl+D", CTRL_D],
  ])("%s sends nothing: exit code 130", async (_, keys) => {
    await using mock = await startMockServer();
    const given = ["webhooks", "create", "--data", JSON.stringify(BODY)];
    const { code, screen } = await ask(given, [["Send it?", keys]], mock.url);
    expect(code).toBe(130);
    expect(screen).toContain("Cancelled: nothing was sent.");
    expect(mock.log()).not.toContain("post /v1/webhooks");
  });

  test.each([
    ["a text", [], "name: What people call the webhook."],
    ["one of a list", ["--data", JSON.stringify({ ...BODY, status: undefined })], "status: Whether the webhook sends"],
    ["several of a list", ["--data", JSON.stringify({ ...BODY, events: undefined })], "events: The events to send"],
  ])("Ctrl+D where %s is asked for sends nothing: exit code 130", async (_, args, seen) => {
    await using mock = await startMockServer();
    const { code, screen } = await ask(["webhooks", "create", ...args], [[seen, CTRL_D]], mock.url);
    expect(code).toBe(130);
    expect(screen).toMatch(/Cancelled: nothing was sent\.\s*$/);
    expect(mock.log()).not.toContain("post /v1/webhooks");
  });

  test("--yes sends without asking, and what only reads asks nothing", async () => {
    await using mock = await startMockServer();
    const given = ["webhooks", "create", "--data", JSON.stringify(BODY), "--yes"];
    expect(await ask(given, [], mock.url)).toMatchObject({ code: 0 });
    expect(await ask(["webhooks", "get", "66e0a4f7c2d81b0013fe5a90"], [], mock.url)).toMatchObject({ code: 0 });
  });
});
