import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { chromiumOptions, hasChromium } from "@mindbridge-sdk/services";
import { createTestSigner, deliveries, signDelivery } from "@mindbridge-sdk/testing";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { mindbridge } from "./command.ts";
import { serve } from "./endpoint.ts";
import { listening, post } from "./listening.ts";
import { signingKey } from "./signing-key.ts";

const signer = await createTestSigner();
const KEY = ["--key", signer.publicKey];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** An endpoint that keeps what it receives, and fails the first time. */
async function recorder() {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const url = await serve(async (incoming, response) => {
    received.push({ headers: incoming.headers, body: String(await buffer(incoming)) });
    const isFirst = received.length === 1;
    response.writeHead(isFirst ? 500 : 200, { "x-answer": "here" }).end(isFirst ? "it failed" : "it worked");
  });
  return { url, received };
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Sends a request as no browser would, and resolves to everything of the answer but its date. */
async function ask(url: string, { method = "GET", headers = {} }: { method?: string; headers?: IncomingHttpHeaders }) {
  const sent = request(url, { method, headers, agent: false }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const { date: _, ...answered } = response.headers;
  const [chunk = ""] = response.statusCode === 200 ? await once(response, "data") : [await buffer(response)];
  response.destroy();
  return { status: response.statusCode, headers: answered, text: String(chunk) };
}

describe("the page answers the same to whatever is not allowed:", () => {
  const NOTHING = {
    status: 404,
    text: "",
    headers: expect.not.objectContaining({ "access-control-allow-origin": "" }),
  };

  test("a wrong address, another host, another site", async () => {
    const { page } = await listening([...KEY, "--inspect"]);
    const { host, origin } = new URL(page);
    const events = `${page}events`;
    const again = `${page}again?name=1`;
    const answers = await Promise.all([
      ask(`${origin}/`, {}),
      ask(`${origin}/${"a".repeat(22)}/`, {}),
      ask(`${origin}//`, {}),
      ask(`${page}else`, {}),
      ask(page, { method: "POST", headers: { origin } }),
      // A name of another site that leads to this machine (DNS rebinding).
      ask(page, { headers: { host: "rebound.example" } }),
      ask(page.slice(0, -1), { headers: { host: "rebound.example" } }),
      ask(page.slice(0, -1), { headers: { origin: "http://127.0.0.1:1" } }),
      ask(events, { headers: { host: `rebound.example:${new URL(page).port}` } }),
      ask(events, { headers: { origin: "http://127.0.0.1:1" } }),
      ask(events, { headers: { origin: "null" } }),
      ask(events, { headers: { "sec-fetch-site": "same-site" } }),
      ask(events, { headers: { "sec-fetch-site": "cross-site" } }),
      ask(again, { method: "POST" }),
      ask(again, { method: "POST", headers: { origin: "https://example.com" } }),
      ask(again, { method: "POST", headers: { origin, "sec-fetch-site": "cross-site" } }),
      ask(again, { headers: { origin } }),
    ]);
    expect(answers[0]).toEqual(NOTHING);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await ask(page.slice(0, -1), {})).toMatchObject({
      status: 308,
      headers: { location: new URL(page).pathname, "x-frame-options": "DENY" },
    });
    expect(await ask(page, { headers: { host: `localhost:${new URL(page).port}` } })).toMatchObject({
      status: 200,
      headers: { "x-frame-options": "DENY", "content-security-policy": expect.stringContaining("default-src 'none'") },
    });
    expect(await ask(events, { headers: { origin: `http://${host}` } })).toMatchObject({ status: 200 });
  });

  test("no secret is on it: neither the key that signs, nor the token, nor the password of --forward", async () => {
    const { file } = await signingKey();
    const privateKey = readFileSync(file, "utf8").trim();
    const { url } = await recorder();
    const forward = url.replace("//", "//someone:secret@");
    const env = { MINDBRIDGE_API_TOKEN: "token-of-the-tenant" };
    const listener = await listening(["--key-file", file, "--inspect", "--forward", forward], { env });
    await post(listener.url, await signDelivery(deliveries.analysisCompleted(), { signer }));
    const { name } = await listener.next();
    const { origin } = new URL(listener.page);
    const sent = await ask(`${listener.page}again?name=${name}&signedAnew=true`, {
      method: "POST",
      headers: { origin },
    });
    expect(sent).toMatchObject({ status: 200 });
    const { text } = await ask(`${listener.page}events`, {});
    expect(text).toContain(`"signedAnew":true`);
    expect(text).not.toMatch(
      new RegExp(`${privateKey.replaceAll("+", "\\+")}|whsk_|token-of-the-tenant|someone|secret@`),
    );
  });
});

test("--save keeps what the page shows, and a file that is damaged is left out", async () => {
  const folder = temporaryFolder();
  const first = await listening([...KEY, "--save", folder]);
  await post(first.url, await signDelivery(deliveries.analysisCompleted(), { signer }));
  const record = await first.next();
  await first.end();
  writeFileSync(join(folder, "1-1.json"), '{"name":');
  writeFileSync(join(folder, "1-2.json"), "null");
  const second = await listening([...KEY, "--save", folder, "--inspect"]);
  const { text } = await ask(`${second.page}events`, {});
  expect(JSON.parse(text.replace("event: welcome\ndata: ", "")).records).toEqual([record]);
  const { stderr } = await second.end();
  expect(stderr).toMatch(/1-1\.json is left out: /);
  expect(stderr).toMatch(/1-2\.json is left out: it holds no delivery/);
});

test("a port that is in use is a failure that says so", async () => {
  const { page } = await listening([...KEY, "--inspect"]);
  const { port } = new URL(page);
  const { code, stderr } = await mindbridge(["listen", ...KEY, "--port", "0", "--inspect", port]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(`^Port ${port} is in use .*--inspect`) });
});

/** How the page can look, and what axe is to find there. */
const LOOKS = {
  light: { colorScheme: "light", width: 1280, rules: {} },
  // But for colours, the page is the same.
  dark: { colorScheme: "dark", width: 1280, rules: { runOnly: ["color-contrast"] } },
  // On a phone, the colours are the same.
  phone: { colorScheme: "light", width: 390, rules: { rules: { "color-contrast": { enabled: false } } } },
} as const;

describe.skipIf(!hasChromium())("the page in Chromium", () => {
  const screenshots = join(import.meta.dirname, "../reports/screenshots");
  let browser: Browser;
  /** One for all tests: a new one costs as much as a test. */
  let page: Page;
  /** What must not happen on the page. */
  let faults: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions());
    page = await browser.newPage({ reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
    });
    page.on("pageerror", (error) => faults.push(error.message));
  }, 60_000);

  beforeEach(() => {
    faults = [];
  });

  // The page would miss what the test has ended.
  afterEach(async () => void (await page.goto("about:blank")));

  afterAll(() => browser?.close());

  const rows = () => page.getByRole("listbox").getByRole("option");
  const detail = () => page.locator(".detail");
  const part = (name: string) => detail().getByRole("region", { name, exact: true });
  const read = async (locator: Locator) => (await locator.allInnerTexts()).join("\n");

  /** Adds what axe finds on the page as it looks to the faults. With `SCREENSHOTS` set, takes a picture of it. */
  async function look(name: string, looks: readonly (keyof typeof LOOKS)[]): Promise<void> {
    if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE);
    for (const each of looks) {
      const { colorScheme, width, rules } = LOOKS[each];
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      const options = JSON.stringify({ preload: false, resultTypes: ["violations"], ...rules });
      const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`);
      faults.push(...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${name}, ${each}: ${id} ${html}`)));
      const { scrollWidth } = await page.evaluate(() => document.documentElement);
      if (scrollWidth > width) faults.push(`${name}, ${each}: it is ${scrollWidth} pixels wide`);
      if (process.env.SCREENSHOTS) await page.screenshot({ path: join(screenshots, `${name}-${each}.png`) });
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 844 });
  }

  test("it fills as deliveries arrive, finds them, sends them again and compares them", async () => {
    const { file, publicKey } = await signingKey();
    const endpoint = await recorder();
    const folder = temporaryFolder();
    const args = ["--key-file", file, "--inspect", "--save", folder, "--forward", endpoint.url];
    const listener = await listening(args);
    await page.goto(listener.page);
    await page
      .getByText(`npx @mindbridge-sdk/cli trigger analysis.completed --to ${listener.url} --key-file`)
      .waitFor();
    await look("waiting", ["light"]);

    // Deliveries appear, the newest first and open.
    const { signer: own } = { signer: await createTestSigner({ privateKey: readFileSync(file, "utf8").trim() }) };
    const completed = await signDelivery(deliveries.analysisCompleted(), { signer: own });
    await post(listener.url, completed);
    await detail().getByRole("heading", { name: "analysis.completed" }).waitFor();
    expect(await rows().allInnerTexts()).toEqual([
      expect.stringMatching(/^analysis\.completed\s+500\s+Verified\s+[\d:]+ \d+ ms$/),
    ]);
    expect(await read(detail())).toContain(
      `The signature matches the id, the time and all ${completed.body.length} bytes`,
    );
    expect(await read(part("Body of the answer"))).toContain("it failed");
    expect(await read(part("Headers of the answer"))).toMatch(/x-answer\s+here/);

    // One that was written again on its way, with what happened to it.
    const failed = await signDelivery(deliveries.analysisFailed(), { signer: own });
    const spoilt = JSON.stringify(JSON.parse(failed.body), undefined, 2);
    await post(listener.url, { headers: failed.headers, body: spoilt });
    await detail().getByRole("heading", { name: "Not verified: signature mismatch" }).waitFor();
    const said = await read(detail());
    expect(said).toMatch(/body-reserialised.*What to do.*although it does not verify/s);
    await page.getByRole("button", { name: "Exact" }).click();
    expect(await read(part("Body").locator("pre"))).toBe(spoilt);
    await rows().first().click();
    await look("refused", ["light", "dark", "phone"]);

    // The list is narrowed by text, type and status.
    await page.keyboard.press("/");
    await page.keyboard.insertText(String(completed.headers["webhook-id"]).toUpperCase());
    await page.getByText("1 of 2").waitFor();
    expect(await rows().allInnerTexts()).toEqual([expect.stringContaining("analysis.completed")]);
    await page.getByRole("searchbox").fill("");
    await page.getByLabel("Type").selectOption("analysis.failed");
    expect(await rows().allInnerTexts()).toEqual([expect.stringContaining("analysis.failed")]);
    await page.getByLabel("Type").selectOption("");
    await page.getByLabel("Status").selectOption("Answered 5xx");
    expect(await rows().allInnerTexts()).toEqual([expect.stringContaining("500")]);
    await page.getByLabel("Status").selectOption("Answered 3xx");
    await page.getByRole("button", { name: "Show all 2" }).click();
    await rows().nth(1).click();

    // Sent again as it was, and signed anew.
    await page.keyboard.press("r");
    await detail().getByText("You sent this again, as it was.").waitFor();
    // Here is no sender who could get the answer.
    expect(await read(detail())).toMatch(/ answered\.$/m);
    expect(endpoint.received.at(-1)).toMatchObject({ body: completed.body, headers: completed.headers });
    await page.keyboard.press("R");
    await detail().getByText("You signed this anew and sent it.").waitFor();
    const { headers = {}, body } = endpoint.received.at(-1) ?? {};
    expect(body).toBe(completed.body);
    expect(headers["webhook-id"]).toBe(completed.headers["webhook-id"]);
    expect(headers["webhook-signature"]).toBeTruthy();
    expect(await read(rows().first())).toMatch(/200\s+Verified\s*signed anew/);
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByText("Copied as curl.").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^curl --request POST http.+--header 'webhook-id: /s);

    // Compared with what it was sent again from.
    await page.keyboard.press("c");
    await part("Answer").waitFor();
    await page.getByLabel("Compare with").selectOption({ index: 3 });
    expect(await read(part("Body"))).toMatch(/the same$/);
    expect(await read(part("Headers"))).toMatch(/− webhook-signature: .+\+ webhook-signature: /s);
    expect(await read(part("Answer"))).toMatch(/− 500.+\+ 200/s);
    await look("compare", ["dark", "phone"]);
    await page.getByLabel("Compare with").selectOption({ index: 2 });
    expect(await read(part("Body"))).toMatch(/− +"type": "analysis\.failed"/);
    await page.keyboard.press("Escape");

    // The keys of the list.
    await page.keyboard.press("Escape");
    for (const key of ["j", "ArrowDown", "j", "k"]) await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await detail().getByRole("heading", { name: "analysis.failed" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("detail");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("compare it with another").waitFor();
    await page.keyboard.press("Escape");

    // On a phone, the list and the details take turns.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Deliveries" }).click();
    expect([await detail().isVisible(), await rows().first().isVisible()]).toEqual([false, true]);
    await look("list", ["phone"]);

    // What was shown is there after a restart, as are the deliveries that were sent again.
    const before = await rows().allInnerTexts();
    expect(faults).toEqual([]);
    await listener.end();
    await page.getByText("has ended. Start it again").waitFor();
    // The oldest, as if it were of another day.
    const [oldest = ""] = globSync(join(folder, "*.json")).toSorted();
    const { receivedAt, ...kept } = JSON.parse(readFileSync(oldest, "utf8"));
    writeFileSync(oldest, JSON.stringify({ ...kept, receivedAt: receivedAt.replace(/^[\d-]+/, "2026-01-15") }));
    const restarted = await listening(args);
    await page.goto(restarted.page);
    await rows().first().waitFor();
    const after = await rows().allInnerTexts();
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toBe(before.at(-1)?.replace(/(?=\d\d:)/, "Jan 15, "));
    expect(before).toHaveLength(4);
    expect(publicKey).toMatch(/^whpk_/);
  });

  test("nothing that a delivery holds becomes HTML, and long texts stay within the page", async () => {
    const endpoint = await serve(
      (_, response) => void response.writeHead(200, { "x-html": "<b>" }).end("<script>1</script>"),
    );
    const { url, page: address } = await listening([...KEY, "--inspect", "--forward", endpoint]);
    const html = '<img src="x" onerror="document.title=1"><script>document.title = 2</script>';
    const event = {
      type: html,
      senderId: html,
      long: "x".repeat(5000),
      "\u202e": html,
      number: 12345678901234567890n.toString(),
    };
    await page.goto(address);
    const body = JSON.stringify(event).replace('"12345678901234567890"', "12345678901234567890");
    await post(url, { headers: { "x-html": html, "webhook-id": html, "x-long": "y".repeat(5000) }, body });
    await post(url, { headers: {}, body: "" });
    await rows().nth(1).click();
    const shown = await read(detail());
    expect(shown).toContain(html);
    expect(shown).toContain("<script>1</script>");
    expect(shown).toContain("12345678901234567890");
    expect(shown).toContain("\\u{202e}");
    expect(await page.locator("img, script:not(:first-of-type), b:has-text('<')").count()).toBe(0);
    expect(await page.title()).toBe("Deliveries · mindbridge listen");
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(faults).toEqual([]);
  });

  test("a page of another site can neither read it, nor send anything again, nor frame it, even with its address", async () => {
    const endpoint = await recorder();
    const listener = await listening([...KEY, "--inspect", "--forward", endpoint.url]);
    await post(listener.url, await signDelivery(deliveries.analysisCompleted(), { signer }));
    const { name } = await listener.next();
    const elsewhere = await serve(
      (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<p>"),
    );
    await page.goto(elsewhere);
    const result = await page.evaluate(attack, { address: listener.page, name: String(name) });
    expect(result).toEqual({
      read: "refused",
      events: "refused",
      stream: "closed",
      again: "refused",
      silent: "refused",
      script: "refused",
    });
    const framed = page.frames().filter((frame) => frame !== page.mainFrame());
    for (const frame of framed) expect(await frame.locator(".page").count()).toBe(0);
    expect(framed.length).toBeGreaterThan(0);
    expect(endpoint.received).toHaveLength(1);
  });
});

/** Runs in the browser, on a page of another site: tries everything that such a page can. */
async function attack({ address, name }: { address: string; name: string }) {
  const again = `${address}again?name=${name}`;
  const tried = (promise: Promise<unknown>) =>
    promise.then(
      () => "done",
      () => "refused",
    );
  const load = (element: HTMLElement) =>
    new Promise<string>((resolve) => {
      element.addEventListener("load", () => resolve("loaded"));
      element.addEventListener("error", () => resolve("refused"));
      document.body.append(element);
    });
  const frame = document.createElement("iframe");
  const framed = load(Object.assign(frame, { src: address, name: "frame" }));
  const stream = new EventSource(`${address}events`);
  const streamed = new Promise<string>((resolve) => {
    stream.addEventListener("welcome", () => resolve("open"));
    stream.addEventListener("error", () => resolve("closed"));
  });
  const form = Object.assign(document.createElement("form"), { action: again, method: "post", target: "frame" });
  document.body.append(form);
  await framed;
  form.submit();
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  return {
    read: await tried(fetch(address)),
    events: await tried(fetch(`${address}events`)),
    stream: await streamed,
    again: await tried(fetch(again, { method: "POST" })),
    silent: await tried(fetch(again, { method: "POST", mode: "no-cors" })),
    script: await load(Object.assign(document.createElement("script"), { src: `${address}events` })),
  };
}
