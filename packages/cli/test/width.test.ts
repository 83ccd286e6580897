// What people read fits into a terminal of 80 columns. What is piped, and JSON, is whole.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { expect, onTestFinished, test } from "vitest";
import { columnsOf, cut, wrap } from "../src/layout.ts";
import { mindbridge, start } from "./command.ts";
import { serve } from "./endpoint.ts";
import { listeningForPeople, post } from "./listening.ts";
import { signingKey } from "./signing-key.ts";

const COLUMNS = 80;

/** A tenant with two webhooks and a delivery to each, of which one failed; endpoints that take anything and nothing; and a key. */
async function setUp() {
  const { file, publicKey } = await signingKey();
  const taking = await serve((_request, response) => void response.writeHead(204).end());
  const failing = await serve((_request, response) => void response.writeHead(500).end('{"code":"raw_body"}'));
  const example = EXAMPLES["webhooks.get"].responses[200].webhook;
  const webhooks = [
    { ...example, id: "66e0a4f7c2d81b0013fe5a90", name: "Close the books", url: taking },
    { ...example, id: "66e0a4f7c2d81b0013fe5a91", name: "決算が終わったときに知らせる、とても長い名前", url: failing },
  ];
  const api = createTestApi({ entities: { webhooks }, attempts: 1 });
  const logs = await api.deliver("analysis.completed");
  const server = await api.listen();
  onTestFinished(() => server.close());
  const env = { MINDBRIDGE_API_URL: server.url, MINDBRIDGE_API_TOKEN: "any-token" };
  const run = async (args: readonly string[], columns?: number) => {
    const { stdout } = await mindbridge(args, { env, ...(columns && { columns }) });
    return stripVTControlCharacters(stdout);
  };
  return { run, file, publicKey, taking, failing, webhooks, logs };
}

test("every command fits into 80 columns", async () => {
  const { run, file, publicKey, taking, failing, webhooks, logs } = await setUp();
  const [{ id } = { id: "" }] = webhooks;
  const [log] = logs;
  const inFolder = (name: string, content: unknown) => {
    const path = join(dirname(file), name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const { name, technicalContactId, events, status } = EXAMPLES["webhooks.create"].request.analysisResults;
  const wanted = inFolder("webhooks.json", { name, technicalContactId, events, status, url: `${taking}/another` });
  const headers = inFolder("headers.json", log?.requestHeaders);
  const body = inFolder("body.json", log?.requestBody ?? "");
  const other = inFolder("other.json", `${log?.requestBody}\n`);
  const key = ["--key-file", file];
  const commands = [
    ["webhooks", "get", id],
    ["webhooks", "query"],
    ["webhooks", "query", "--verbose"],
    ["webhooks", "query", "--size", "1"],
    ["webhooks", "ensure", "--file", wanted, "--dry-run"],
    ["webhook-event-logs", "get", log?.id ?? ""],
    ["webhook-event-logs", "query"],
    ["webhook-event-logs", "query", "--verbose"],
    ["public-key", ...key],
    ["trigger", "analysis.completed", "--to", failing, ...key],
    ["trigger", "--all", "--to", taking, "--verbose", ...key],
    ["trigger", "--all", "--to", failing, ...key],
    ["replay", log?.id ?? "", "--to", failing, "--resign", ...key],
    ["recover", "--webhook", id, "--to", failing, "--status", "COMPLETED"],
    ["recover", "--webhook", id, "--to", taking, "--status", "COMPLETED", "--verbose"],
    ["verify", "--key", publicKey, "--headers", headers, "--body", body],
    ["verify", "--allow-test-key", "--key", webhooks[0]?.publicKey ?? "", "--headers", headers, "--body", body],
    ["verify", "--allow-test-key", "--key", webhooks[0]?.publicKey ?? "", "--headers", headers, "--body", other],
  ];
  const tooLong: Record<string, string[]> = {};
  const silent: string[] = [];
  for (const args of commands) {
    const stdout = await run(args, COLUMNS);
    const long = stdout.split("\n").filter((line) => columnsOf(line) > COLUMNS);
    if (long.length > 0) tooLong[args.join(" ")] = long;
    if (stdout === "") silent.push(args.join(" "));
  }
  expect({ tooLong, silent }).toEqual({ tooLong: {}, silent: [] });
});

test("the mock fits, with its lines for requests", async () => {
  const mock = start(["mock", "--stateful", "--port", "0"], { columns: COLUMNS });
  const url = await new Promise<string>((resolve) => {
    mock.stdout.on("data", (text: string) => resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? ""));
  });
  const headers = { authorization: "Bearer any" };
  await fetch(`${url}/v1/webhooks`, { method: "POST", headers, body: "{}" });
  const { stdout } = await mock.interrupt();
  expect(stdout).toContain("422");
  const lines = stripVTControlCharacters(stdout).split("\n");
  expect(lines.filter((line) => columnsOf(line) > COLUMNS)).toEqual([]);
});

test("listen fits, and the command for what it kept has a flag on each line", async () => {
  const { file, publicKey } = await signingKey();
  const folder = join(dirname(file), "kept");
  const { url, end } = await listeningForPeople(["--key-file", file, "--save", folder], { columns: COLUMNS });
  const signer = await createTestSigner();
  await post(url, await signDelivery(deliveries.analysisCompleted(), { signer }));
  await post(url, { headers: {}, body: "{}" });
  const stdout = stripVTControlCharacters((await end()).stdout);
  expect(stdout).toContain(` mindbridge verify \\\n      --key ${publicKey} \\\n      --headers ${folder}/`);
  expect(stdout).toContain("not verified: missing_header");
  expect(stdout.split("\n").filter((line) => columnsOf(line) > COLUMNS)).toEqual([]);
});

test("a list is a table, failures first; what does not fit is cut, and whole if it is piped or JSON", async () => {
  const { run, webhooks, logs } = await setUp();
  expect(await run(["webhooks", "list"], COLUMNS)).toBe(
    [
      "id                        name                      status  events",
      "66e0a4f7c2d81b0013fe5a90  Close the books           ACTIVE  ANALYSIS_COMPLETE, …",
      "66e0a4f7c2d81b0013fe5a91  決算が終わったときに知…   ACTIVE  ANALYSIS_COMPLETE, …",
      "",
      "2 of 2. Every field: mindbridge webhooks query --verbose",
      "",
    ].join("\n"),
  );
  const list = await run(["webhook-event-logs", "list"], COLUMNS);
  const statuses = list.split("\n").map((line) => /FAILED_PERMANENTLY|COMPLETED/.exec(line)?.[0]);
  expect(statuses.filter(Boolean)).toEqual(["FAILED_PERMANENTLY", "COMPLETED"]);
  expect(logs.map(({ status }) => status)).toEqual(["COMPLETED", "FAILED_PERMANENTLY"]);
  const sorted = await run(["webhook-event-logs", "list", "--sort", "status,asc"], COLUMNS);
  expect(sorted.indexOf("COMPLETED")).toBeLessThan(sorted.indexOf("FAILED"));
  expect(await run(["webhooks", "list", "--size", "1"])).toContain("1 of 2. Page 0 of 0 to 1: --page shows another.\n");

  const piped = await run(["webhooks", "list"]);
  expect(piped).toContain(webhooks[1]?.name);
  expect(piped).toContain("ANALYSIS_COMPLETE, ANALYSIS_FAILED");
  expect(piped).not.toContain("…");
  const json = await run(["webhooks", "list", "--json"], COLUMNS);
  expect(json).toBe(await run(["webhooks", "list", "--json"]));
  expect(JSON.parse(json).content).toMatchObject(webhooks);
});

test("lines are broken between words, and a code span, a long word and wide characters stay whole", () => {
  expect(wrap("  one two three\nfour", 10)).toBe("  one two\n  three\nfour");
  expect(wrap("run `npm install it` now", 10)).toBe("run\n`npm install it`\nnow");
  expect(wrap("https://hooks.example.com/a", 10)).toBe("https://hooks.example.com/a");
  expect(wrap("\u001b[31mred words\u001b[39m here", 10)).toBe("\u001b[31mred words\u001b[39m\nhere");
  expect(wrap("as it is", undefined)).toBe("as it is");
  expect(cut("決算が", 5)).toBe("決算…");
  expect(cut("決算", 4)).toBe("決算");
});
