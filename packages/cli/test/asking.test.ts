import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { type MockServer, startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { onTerminal, type Step } from "./terminal.ts";

const BODY = EXAMPLES["webhooks.create"].request.analysisResults;
const DOWN = "\u001b[B";
const ENTER = "\r";
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";

describe.skipIf(process.platform !== "linux")("on a terminal", () => {
  let mock: MockServer;
  beforeAll(async () => {
    mock = await startMockServer();
  });
  afterAll(() => mock.close());

  /** Runs a command, and says as well how many webhooks were created. */
  const ask = async (args: readonly string[], steps: readonly Step[]) => {
    const created = () => mock.log().split("post /v1/webhooks").length;
    const before = created();
    const env = { MINDBRIDGE_API_URL: mock.url, MINDBRIDGE_API_TOKEN: "any-token" };
    return { ...(await onTerminal(args, { steps, env })), created: created() - before };
  };

  test("what is missing is asked for, what will be sent is shown, and nothing is sent before a yes", async () => {
    const given = ["webhooks", "create", "--name", BODY.name, "--technical-contact-id", BODY.technicalContactId];
    const steps: Step[] = [
      ["url: Where the deliveries are sent.", `${BODY.url}${ENTER}`],
      ["events: The events to send deliveries for.", `${DOWN} ${DOWN} ${ENTER}`],
      ["status: Whether the webhook sends", ENTER],
      ["Send it?", "y"],
    ];
    const { code, screen, unanswered, created } = await ask(given, steps);
    expect({ code, unanswered, created }).toEqual({ code: 0, unanswered: [], created: 1 });
    expect(screen).toMatch(
      /webhooks create sends:[\s\S]*name +Close the books[\s\S]*events +FILE_MANAGER_FILE_ADDED, DATA_ADDED/,
    );
    expect(screen).toContain("publicKey");
  });

  test.each([
    ["no", "n"],
    ["Enter alone", ENTER],
    ["Ctrl+C", CTRL_C],
    ["Ctrl+D", CTRL_D],
  ])("%s sends nothing: exit code 130", async (_, keys) => {
    const given = ["webhooks", "create", "--data", JSON.stringify(BODY)];
    const { code, screen, created } = await ask(given, [["Send it?", keys]]);
    expect({ code, created }).toEqual({ code: 130, created: 0 });
    expect(screen).toContain("Cancelled: nothing was sent.");
  });

  test.each([
    ["a text", [], "name: What people call the webhook."],
    ["one of a list", ["--data", JSON.stringify({ ...BODY, status: undefined })], "status: Whether the webhook sends"],
    ["several of a list", ["--data", JSON.stringify({ ...BODY, events: undefined })], "events: The events to send"],
  ])("Ctrl+D where %s is asked for sends nothing: exit code 130", async (_, args, seen) => {
    const { code, screen, created } = await ask(["webhooks", "create", ...args], [[seen, CTRL_D]]);
    expect({ code, created }).toEqual({ code: 130, created: 0 });
    expect(screen).toMatch(/Cancelled: nothing was sent\.\s*$/);
  });

  test("--yes sends without asking, and what only reads asks nothing", async () => {
    const given = ["webhooks", "create", "--data", JSON.stringify(BODY), "--yes"];
    expect(await ask(given, [])).toMatchObject({ code: 0, created: 1 });
    expect(await ask(["webhooks", "get", "66e0a4f7c2d81b0013fe5a90"], [])).toMatchObject({ code: 0, created: 0 });
  });
});
