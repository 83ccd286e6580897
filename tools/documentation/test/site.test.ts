import { globSync, mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { findChromium, hasChromium } from "@mindbridge-sdk/services";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SITE } from "../src/site/layout.ts";
import { serveFolder } from "./site-server.ts";

const screenshots = join(import.meta.dirname, "../reports/screenshots");
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
/** The rules of axe that look at colours. */
const COLOURS = ["color-contrast", "link-in-text-block"];
const paths = globSync("**/*.html", { cwd: SITE })
  .filter((file) => file !== "404.html")
  .map((file) => `/${file === "index.html" ? "" : file}`)
  .toSorted();

describe.skipIf(!hasChromium())("the site in Chromium", { timeout: 60_000 }, () => {
  let server: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;

  beforeAll(async () => {
    rmSync(screenshots, { recursive: true, force: true });
    mkdirSync(screenshots, { recursive: true });
    server = await serveFolder(SITE);
    browser = await chromium.launch({
      executablePath: findChromium() ?? "",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  }, 30_000);

  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });

  /** Opens a page, and collects what must not happen on it. */
  async function open(path: string): Promise<{ page: Page; faults: string[] }> {
    const faults: string[] = [];
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`page error: ${error.message}`));
    page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
    await page.route("**", async (route) => {
      const url = route.request().url();
      if (url.startsWith(server.url) || /^(?:data|blob):/.test(url)) return route.continue();
      faults.push(`leaves the server: ${url}`);
      return route.abort();
    });
    await page.goto(server.url + path, { waitUntil: "networkidle" });
    await page.waitForFunction(isAlive);
    return { page, faults };
  }

  test("has every guide, every package and the API", () => {
    expect(paths).toEqual(
      expect.arrayContaining(["/", "/api.html", "/errors.html", "/getting-started.html", "/packages/client.html"]),
    );
    expect(paths.length).toBeGreaterThanOrEqual(20);
  });

  test.concurrent.for(paths)("%s is sound", async (path) => {
    const { page, faults } = await open(path);
    const name = path.slice(1).replace(".html", "").replaceAll("/", "-") || "index";
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      // Redoc looks at it once.
      if (path === "/api.html") await page.reload({ waitUntil: "load" });
      await page.waitForFunction(isAlive);
      await page.waitForFunction(isIn, scheme);
      await page.screenshot({ path: join(screenshots, `${name}-${scheme}.png`) });
      await page.addScriptTag({ path: AXE });
      // But for colours, the page is the same in both.
      faults.push(
        ...(await findings(page, scheme === "light" ? undefined : COLOURS)).map((finding) => `${scheme}: ${finding}`),
      );
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const { scrollWidth } = await page.evaluate(() => document.documentElement);
    if (scrollWidth > 390) faults.push(`on a phone, it is ${scrollWidth} pixels wide`);
    await page.screenshot({ path: join(screenshots, `${name}-phone.png`) });
    expect(faults).toEqual([]);
    await page.close();
  });

  test("every link on it leads somewhere", async () => {
    const { page } = await open("/");
    // Redoc finds its own way: see below.
    const guides = paths.filter((path) => path !== "/api.html");
    const found = [...(await page.evaluate(readPages, guides)), { path: "/api.html", ids: [], links: [] }];
    await page.close();
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
    const { page, faults } = await open("/api.html");
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
    await page.close();
  });

  test("its search finds a guide", async () => {
    const { page, faults } = await open("/");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("rotatingKeys");
    await page.locator(".results a", { hasText: "When a key changes" }).first().click();
    await page.waitForURL("**/reliability**");
    expect(faults).toEqual([]);
    await page.close();
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
async function findings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary = "" }) => `${id}: ${target} ${failureSummary}`));
}

/** Runs in the browser: whether the ground of the page is that of a scheme. */
function isIn(scheme: "light" | "dark"): boolean {
  const grounds = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
  const painted = grounds.find((ground) => !ground.endsWith(", 0)"));
  const lightness = Number(painted?.match(/\d+/)?.[0] ?? 255);
  return scheme === "light" ? lightness > 200 : lightness < 60;
}
