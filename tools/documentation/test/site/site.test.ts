import { globSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { chromiumOptions, hasChromium } from "@mindbridge-sdk/services";
import type { AxeResults, RunOptions } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from "vitest";
import { SEARCH_OPTIONS, SITE } from "../../src/site/layout.ts";
import { serveFolder } from "./server.ts";

const require = createRequire(import.meta.url);
const screenshots = join(import.meta.dirname, "../../reports/screenshots");
const AXE = require.resolve("axe-core/axe.min.js");
/** The rules of axe that look at colours. */
const COLOURS = ["color-contrast", "link-in-text-block"];
const ONLY_COLOURS: RunOptions = { runOnly: COLOURS };
const WITHOUT_COLOURS: RunOptions = { rules: Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }])) };
const paths = globSync("**/*.html", { cwd: SITE })
  .filter((file) => file !== "404.html")
  .map((file) => `/${file === "index.html" ? "" : file}`)
  .toSorted();

const htmlOf = (path: string): string =>
  readFileSync(join(SITE, path.endsWith("/") ? `${path}index.html` : path), "utf8");

/** The kinds of elements in a page: their names, classes and styles, which say what colours they have. */
function kindsIn(path: string): string[] {
  return [...htmlOf(path).matchAll(/<(\w+)([^>]*)>/g)].map(([, name, attributes = ""]) => {
    const looks = attributes.match(/(?:class|style)="[^"]*"/g) ?? [];
    // The class of a page's text, such as `_receiving`, has no style.
    return `${name} ${looks.join(" ").replace(/ _[\w-]*/, "")}`;
  });
}

/** What the test uses of the class that searches in the site, which is a dependency of VitePress. */
interface MiniSearchClass {
  loadJSON(index: string, options: object): { search(words: string, options: object): { id: string }[] };
}
/** Words, and a page that the search finds by them, or a section that it finds first. */
const FOUND: Readonly<Record<string, string>> = {
  nestjs: "/receiving",
  azure: "/receiving",
  ngrok: "/testing",
  changelog: "/changelog",
  rotate: "/creating-webhooks.html#replace-a-key",
  replay: "/recovery",
  dedupe: "/reliability",
  timeout: "/creating-webhooks.html#timeouts",
  "401": "/errors",
};

const known = new Set<string>();
/** Pages that together have every kind of element. The others can have no other faults of colours. */
const coloured = paths
  .map((path) => ({ path, kinds: new Set(kindsIn(path)) }))
  .toSorted((one, other) => other.kinds.size - one.kinds.size)
  .filter(({ kinds }) => {
    const before = known.size;
    for (const kind of kinds) known.add(kind);
    return known.size > before;
  })
  .map(({ path }) => path);

test("its search finds what people look for, among the first results", async () => {
  const [file = ""] = globSync("assets/chunks/@localSearchIndex*.js", { cwd: SITE });
  const { default: built } = (await import(join(SITE, file))) as { default: string };
  const MiniSearch: MiniSearchClass = createRequire(require.resolve("vitepress/package.json"))("minisearch");
  const index = MiniSearch.loadJSON(built, { fields: ["title", "titles", "text"] });
  const missed = Object.entries(FOUND).flatMap(([words, path]) => {
    const ids = index.search(words, SEARCH_OPTIONS).map(({ id }) => id);
    const among = path.includes("#") ? 1 : 5;
    return ids.slice(0, among).some((id) => id.startsWith(path)) ? [] : `${words}: ${ids.slice(0, 5).join(" ")}`;
  });
  expect(missed).toEqual([]);
});

test("each diagram is readable on a phone, in light and dark, and to those who do not see it", () => {
  const diagrams = globSync("docs/*.svg", { cwd: ROOT });
  expect(diagrams).toHaveLength(4);
  for (const path of diagrams) {
    const svg = readFileSync(join(ROOT, path), "utf8");
    const sizes = [...svg.matchAll(/font-size="(\d+)"/g)].map(([, size]) => Number(size));
    // A narrow phone shows an image from edge to edge.
    const scale = Math.min(1, 360 / Number(svg.match(/viewBox="0 0 (\d+)/)?.[1]));
    expect(Math.min(...sizes) * scale, path).toBeGreaterThanOrEqual(12);
    for (const part of ["<title id=", "<desc id=", 'aria-labelledby="title desc"', "prefers-color-scheme: dark"])
      expect(svg, path).toContain(part);
  }
});

test("each page has a description of its own, for search engines and for chats", () => {
  const descriptions = paths.map((path) => {
    const html = htmlOf(path);
    const [description, ofGraph] = ['name="description"', 'property="og:description"'].map(
      (name) => html.match(new RegExp(`<meta ${name} content="([^"]+)">`))?.[1] ?? "",
    );
    expect(ofGraph, path).toBe(description);
    expect(description?.length, `${path}: ${description}`).toSatisfy((length) => length >= 50 && length <= 160);
    return description;
  });
  expect(new Set(descriptions).size).toBe(paths.length);
});

describe.skipIf(!hasChromium())("the site in Chromium", { timeout: 60_000 }, () => {
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  /** One for all tests: a new one costs as much as a test. */
  let page: Page;
  /** What must not happen on a page. */
  let faults: string[] = [];

  beforeAll(async () => {
    rmSync(screenshots, { recursive: true, force: true });
    server = await serveFolder(SITE);
    browser = await chromium.launch(chromiumOptions());
    page = await browser.newPage({ reducedMotion: "reduce" });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("requestfailed", (request) => {
      const { errorText = "" } = request.failure() ?? {};
      // The browser itself ends what the page before has not finished.
      if (errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()}: ${errorText}`);
    });
    await page.addInitScript({ path: AXE });
  }, 30_000);

  beforeEach(() => {
    faults = [];
  });

  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });

  async function open(path: string): Promise<void> {
    // Before a page is drawn, another size costs nothing.
    await page.goto(server.url + path, { waitUntil: "commit" });
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1200, height: 900 });
    await page.waitForLoadState();
    await page.waitForFunction(isAlive);
  }

  test("has every guide, every package and the API", () => {
    expect(paths).toEqual(
      expect.arrayContaining(["/", "/api.html", "/errors.html", "/getting-started.html", "/packages/client.html"]),
    );
    expect(paths.length).toBeGreaterThanOrEqual(20);
    expect(coloured).toEqual(expect.arrayContaining(["/", "/api.html"]));
  });

  test.for(paths)("%s is sound", async (path) => {
    onTestFailed(async () => {
      await page.screenshot({ path: join(screenshots, `${path.replaceAll(/\W/g, "-")}.png`) });
    });
    await open(path);
    const isColoured = coloured.includes(path);
    faults.push(...(await findings(page, isColoured ? {} : WITHOUT_COLOURS)));
    if (isColoured) {
      await page.emulateMedia({ colorScheme: "dark" });
      // Redoc looks at it once.
      if (path === "/api.html") await page.reload();
      await page.waitForFunction(isAlive);
      await page.waitForFunction(isDark);
      // But for colours, the page is the same.
      faults.push(...(await findings(page, ONLY_COLOURS)).map((finding) => `dark: ${finding}`));
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const { scrollWidth } = await page.evaluate(() => document.documentElement);
    if (scrollWidth > 390) faults.push(`on a phone, it is ${scrollWidth} pixels wide`);
    expect(faults).toEqual([]);
  });

  test("every link on it leads somewhere", async () => {
    await open("/");
    // Redoc finds its own way: see below.
    const guides = paths.filter((path) => path !== "/api.html");
    const found = [...(await page.evaluate(readPages, guides)), { path: "/api.html", ids: [], links: [] }];
    const anchors = new Map(found.map(({ path, ids }) => [path, new Set(ids)]));
    const all = found.flatMap(({ path, links }) => links.map((to) => ({ from: path, to })));
    const inside = all.filter(({ to }) => to.startsWith(server.url));
    const broken = inside.filter(({ to }) => {
      const { pathname, hash } = new URL(to);
      const ids = anchors.get(pathname);
      return !ids || (hash !== "" && !ids.has(decodeURIComponent(hash.slice(1))));
    });
    expect(inside.length).toBeGreaterThan(100);
    expect(broken).toEqual([]);
  });

  test("every link of the API reference leads to its part", async () => {
    await open("/api.html");
    const hrefs = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href") ?? ""));
    const parts = hrefs.filter((href) => href.startsWith("#/"));
    expect(parts).toEqual(
      expect.arrayContaining(["#/webhooks/webhooks.create", "#/webhooks/paths/analysis.completed/post"]),
    );
    for (const part of parts) {
      await page.evaluate((hash) => location.assign(hash), part);
      await page.waitForFunction(isInView, part.slice(2));
    }
    // The addresses of its menu are those of a router: a click is what is meant.
    await page.getByRole("listitem").getByText("Webhook event logs").click();
    await page.waitForFunction(isInView, "webhookeventlogs");
    const others = hrefs.filter((href) => !/^(?:#\/|https:)/.test(href));
    expect(new Set(others)).toEqual(new Set(["./", "/", "/webhooks", "/webhookeventlogs"]));
    expect(faults).toEqual([]);
  });

  test("tabs of a kind show the same choice on every page, by mouse, keyboard and link", async () => {
    const tab = (name: string) => page.getByRole("tab", { name, exact: true });
    const panel = (name: string) => page.getByRole("tabpanel", { name, exact: true });
    await open("/receiving.html");
    await tab("Next").click();
    await tab("Next").press("ArrowRight");
    expect(await panel("Hono").textContent()).toContain('import { Hono } from "hono"');
    expect(await tab("Hono").evaluate((button) => button === document.activeElement)).toBe(true);
    await tab("Hono").press("End");
    expect(await panel("Azure Functions").isVisible()).toBe(true);
    expect(await panel("Hono").isVisible()).toBe(false);
    await page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Fastify" }).click();
    expect(await panel("Fastify").textContent()).toContain("receive(receiver)");
    await tab("Hono").click();
    await open("/verifying.html");
    expect(await panel("Hono").textContent()).toContain("context.req.raw");
    await open("/getting-started.html");
    await tab("pnpm").click();
    expect(await panel("pnpm").textContent()).toContain("pnpm add --save-dev @mindbridge-sdk/cli");
    expect(faults).toEqual([]);
  });

  test("without scripts, every section of the tabs is there", async () => {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.goto(`${server.url}/verifying.html`);
    const sections = page.locator(".tab-panel h3");
    expect(await sections.count()).toBeGreaterThan(4);
    for (const section of await sections.all()) expect(await section.isVisible()).toBe(true);
    expect(await page.getByRole("tablist").count()).toBe(0);
    await session.send("Emulation.setScriptExecutionDisabled", { value: false });
    await session.detach();
  });

  test("its search finds a guide", async () => {
    await open("/");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("rotatingKeys");
    await page.locator(".results a", { hasText: "When a key changes" }).first().click();
    await page.waitForURL("**/reliability**");
    expect(faults).toEqual([]);
  });
});

/** Runs in the browser: the ids and the links of pages. */
function readPages(all: readonly string[]): Promise<{ path: string; ids: string[]; links: string[] }[]> {
  return Promise.all(
    all.map(async (path) => {
      const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
      const links = Array.from(page.querySelectorAll("a[href]"), (a) => a.getAttribute("href") ?? "");
      return {
        path,
        ids: Array.from(page.querySelectorAll("[id]"), ({ id }) => id),
        links: links.map((href) => new URL(href, location.origin + path).href),
      };
    }),
  );
}

/** Runs in the browser: whether the scripts of VitePress, or those of Redoc, have taken the page over. */
function isAlive(): boolean {
  const app = document.querySelector("#app");
  return app === null ? document.querySelector("a[href^='#/']") !== null : "__vue_app__" in app;
}

/** Runs in the browser: whether the element with an id begins within what is seen. */
function isInView(id: string): boolean {
  const top = document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN;
  return top > -100 && top < innerHeight;
}

/** The serious and critical findings of axe on a page as it is. */
async function findings(page: Page, rules: RunOptions): Promise<string[]> {
  // Only rules that are off by default read style sheets, which axe would fetch once more.
  const options: RunOptions = { preload: false, resultTypes: ["violations"], ...rules };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary = "" }) => `${id}: ${target} ${failureSummary}`));
}

/** Runs in the browser: whether the background of the page is dark. */
function isDark(): boolean {
  const backgrounds = [document.body, document.documentElement].map((each) => getComputedStyle(each).backgroundColor);
  const painted = backgrounds.find((background) => !background.endsWith(", 0)"));
  return Number(painted?.match(/\d+/)?.[0] ?? 255) < 60;
}
