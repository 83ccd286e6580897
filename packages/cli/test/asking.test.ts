import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { describe, expect, test } from "vitest";
import { startApi } from "./api.ts";
import { onTerminal, type Step } from "./terminal.ts";

const BODY = EXAMPLES["webhooks.create"].request.analysisResults;
const DOWN = "\u001b[B";
const ENTER = "\r";
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";

describe.skipIf(process.platform !== "linux")("on a terminal", () => {
  /** Runs a command, and returns as well the bodies that the API got. */
  const ask = async (args: readonly string[], steps: readonly Step[]) => {
    const api = await startApi(200, JSON.stringify(EXAMPLES["webhooks.get"].responses[200].webhook));
    return { ...(await onTerminal(args, { steps, env: api.env })), sent: api.bodies };
  };

  test("a command asks for missing values, shows the body, and sends it only after a yes", async () => {
    const given = ["webhooks", "create", "--name", BODY.name, "--technical-contact-id", BODY.technicalContactId];
    const steps: Step[] = [
      ["url: Where the deliveries are sent.", `${BODY.url}${ENTER}`],
      ["events: The events to send deliveries for.", `${DOWN} ${DOWN} ${ENTER}`],
      ["status: Whether the webhook sends", ENTER],
      ["Send it?", "y"],
    ];
    const { code, screen, unanswered, sent } = await ask(given, steps);
    expect({ code, unanswered }).toEqual({ code: 0, unanswered: [] });
    expect(sent).toEqual([{ ...BODY, events: ["FILE_MANAGER_FILE_ADDED", "DATA_ADDED"] }]);
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
    const given = ["webhooks", "delete", "66e0a4f7c2d81b0013fe5a90"];
    const { code, screen, sent } = await ask(given, [["Send it?", keys]]);
    expect({ code, sent }).toEqual({ code: 130, sent: [] });
    expect(screen).toContain("Cancelled: nothing was sent.");
  });

  test.each([
    ["a text", [], "name: What people call the webhook."],
    ["one of a list", ["--data", JSON.stringify({ ...BODY, status: undefined })], "status: Whether the webhook sends"],
    ["several of a list", ["--data", JSON.stringify({ ...BODY, events: undefined })], "events: The events to send"],
  ])("Ctrl+D at the question for %s sends nothing: exit code 130", async (_, args, seen) => {
    const { code, screen, sent } = await ask(["webhooks", "create", ...args], [[seen, CTRL_D]]);
    expect({ code, sent }).toEqual({ code: 130, sent: [] });
    expect(screen).toMatch(/Cancelled: nothing was sent\.\s*$/);
  });

  test("a deletion shows what it deletes, and asks", async () => {
    const { code, screen, sent } = await ask(["webhooks", "delete", "66e0a4f7c2d81b0013fe5a90"], [["Send it?", "n"]]);
    expect({ code, sent }).toEqual({ code: 130, sent: [] });
    expect(screen).toMatch(/webhooks delete sends:\s*[^\n]*66e0a4f7c2d81b0013fe5a90/);
    const agreed = await ask(["webhooks", "delete", "66e0a4f7c2d81b0013fe5a90"], [["Send it?", "y"]]);
    expect(agreed).toMatchObject({ code: 0, sent: [undefined] });
  });

  test("--yes sends without asking; a command with every required flag and one that only reads never ask", async () => {
    const deletion = ["webhooks", "delete", "66e0a4f7c2d81b0013fe5a90", "--yes"];
    expect(await ask(deletion, [])).toMatchObject({ code: 0, sent: [undefined] });
    const { name, url, technicalContactId: contact, events, status } = BODY;
    const texts = ["--name", name, "--url", url, "--technical-contact-id", contact];
    const given = ["webhooks", "create", ...texts, "--events", events.join(","), "--status", status];
    expect(await ask(given, [])).toMatchObject({ code: 0, sent: [BODY] });
    expect(await ask(["webhooks", "get", "66e0a4f7c2d81b0013fe5a90"], [])).toMatchObject({
      code: 0,
      sent: [undefined],
    });
  });
});
