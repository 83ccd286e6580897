import { join } from "node:path";
import { MODULES } from "@mindbridge-sdk/typescript-reference/modules";

const here = join(import.meta.dirname, "../..");

/** The configuration of VitePress. */
export const CONFIGURATION = join(here, "site");

/** Whether the site is built for publication. Only then it has the pages of the TypeScript modules, which take many seconds. */
export const IS_PUBLISHED = process.argv.includes("--published");

/** The collected Markdown files of the site. */
export const SOURCE = join(here, IS_PUBLISHED ? "dist/published-source" : "dist/source");

/** The built site. */
export const SITE = join(here, IS_PUBLISHED ? "dist/published" : "dist/site");

/** Where the site is published. */
export const SITE_ADDRESS = "https://mindbridge-sdk.github.io/mindbridge-sdk/";

/** The public repository, for links to files that are no pages of the site. */
export const REPOSITORY = "https://github.com/mindbridge-sdk/mindbridge-sdk";

/** A page of the site. */
export interface SitePage {
  /** The Markdown file, from the root of the repository. */
  readonly source: string;
  /** Its title in the menu. */
  readonly title: string;
  /** What a search engine or a chat shows of it, in 50 to 160 characters. */
  readonly description: string;
}

/** The first page. */
export const HOME: SitePage = {
  source: "docs/README.md",
  title: "MindBridge SDK",
  description:
    "Register MindBridge webhooks from TypeScript, and receive their deliveries: verified, typed, each handled once. Unofficial.",
};

/** The page of all changes, which is made of the changelogs of the packages. */
export const CHANGELOG: SitePage = {
  source: "docs/changelog.md",
  title: "Changelog",
  description: "What changed in each version of the MindBridge SDK, and what waits for the next release.",
};

/** The menu. A page is on the site if it is listed here and exists. */
export const MENU: readonly {
  readonly title: string;
  readonly pages: readonly SitePage[];
  readonly collapsed?: true;
}[] = [
  {
    title: "Guides",
    pages: [
      {
        source: "docs/getting-started.md",
        title: "Getting started",
        description:
          "Create a webhook and see a delivery arrive, in ten minutes, on your machine and without a MindBridge account.",
      },
      {
        source: "docs/creating-webhooks.md",
        title: "Creating webhooks",
        description: "Create, find, change and delete MindBridge webhooks from TypeScript, and never create one twice.",
      },
      {
        source: "docs/ensuring-webhooks.md",
        title: "Ensuring webhooks",
        description: "Make sure at each deployment that your webhooks are there, once, as you want them.",
      },
      {
        source: "docs/receiving.md",
        title: "Receiving",
        description:
          "Serve MindBridge deliveries in Express, Fastify, NestJS, Next, Hono, Koa, Nuxt, SvelteKit, Workers, AWS Lambda or Azure Functions.",
      },
      {
        source: "docs/events.md",
        title: "Events",
        description:
          "Every event of MindBridge webhooks: its subscription, its delivery, the fields, an example and a handler.",
      },
      {
        source: "docs/verifying.md",
        title: "Verifying",
        description:
          "Check the signature of a delivery yourself, with Ed25519 keys, and find out why one does not match.",
      },
      {
        source: "docs/reliability.md",
        title: "Reliability",
        description:
          "What happens on failure, retry, duplicate, key rotation and shutdown; and which store to choose: memory, Redis, Postgres or SQLite.",
      },
      {
        source: "docs/faults.md",
        title: "Faults",
        description:
          "What became of deliveries while processes were killed, networks cut and stores restarted: the measurements.",
      },
      {
        source: "docs/recovery.md",
        title: "Recovery",
        description:
          "Handle the deliveries that your receiver missed while it was down, from the event logs of MindBridge.",
      },
      {
        source: "docs/testing.md",
        title: "Testing",
        description:
          "Test your endpoint with genuine deliveries and with attacks, in a test or from the command line, and mock the API.",
      },
      {
        source: "docs/errors.md",
        title: "Errors",
        description: "Look up an error of the client, the receiver or the command line: its cause, and what to do.",
      },
      {
        source: "docs/networking.md",
        title: "Networking",
        description:
          "Go through a proxy, trust a certificate authority of your own, and set time-outs for calls of the API.",
      },
      {
        source: "docs/runtimes.md",
        title: "Runtimes",
        description:
          "The versions of Node, Bun, Deno, Workers and TypeScript that the packages run in, and the tools that need a setting.",
      },
      {
        source: "docs/upgrading.md",
        title: "Upgrading",
        description:
          "What a new version of the packages may change, and what it never changes without a major version.",
      },
      {
        source: "docs/benchmarks.md",
        title: "Benchmarks",
        description:
          "The size and the speed of the packages beside others, measured in the same run on the same machine.",
      },
    ],
  },
  {
    title: "Packages",
    pages: [
      {
        source: "packages/client/README.md",
        title: "Client",
        description:
          "The package that calls the MindBridge webhooks API: its methods, options, retries, time-outs and errors.",
      },
      {
        source: "packages/receiver/README.md",
        title: "Receiver",
        description:
          "The package that verifies and handles deliveries: its adapters, options, stores, hooks and recovery.",
      },
      {
        source: "packages/testing/README.md",
        title: "Testing kit",
        description:
          "The package that signs and forges deliveries, examines an endpoint and mocks the API in your tests.",
      },
      {
        source: "packages/cli/README.md",
        title: "Command line",
        description:
          "The command line: create webhooks, listen, trigger deliveries, test an endpoint and verify what was captured.",
      },
      {
        source: "packages/contract/README.md",
        title: "Contract",
        description:
          "The package that holds what is generated from the OpenAPI document: types, enum values, operations and examples.",
      },
      {
        source: "spec/README.md",
        title: "OpenAPI document",
        description: "The OpenAPI 3.1 document of the MindBridge webhooks API, with the source of each part.",
      },
      CHANGELOG,
    ],
  },
  { title: "TypeScript modules", pages: MODULES, collapsed: true },
  {
    title: "For maintainers",
    pages: [
      {
        source: "docs/releasing.md",
        title: "Releasing",
        description:
          "How a change of the OpenAPI document becomes a release on npm: the commands, the checks and the workflow.",
      },
      {
        source: "docs/dependencies.md",
        title: "Dependencies",
        description: "Each run-time dependency of the published packages, and the reason why it is there.",
      },
    ],
  },
];

/** The pages of the site. */
export const PAGES: readonly SitePage[] = [HOME, ...MENU.flatMap(({ pages }) => pages)];

/** The file of the site that a Markdown file becomes: `docs/README.md` is `index.md`, `packages/client/README.md` is `packages/client.md`. */
export const staged = (source: string): string =>
  source === HOME.source
    ? "index.md"
    : source
        .replace(/^docs\//, "")
        .replace(/^spec\/README\.md$/, "packages/spec.md")
        .replace(/\/README\.md$/, ".md");

/** The description of the reference of the HTTP API. */
export const API_DESCRIPTION =
  "Reference of the MindBridge webhooks API: each operation and each delivery, with schemas and examples.";

/** What a chat shows of a page that somebody links to. */
export const openGraph = (title: string, description: string): { property: string; content: string }[] =>
  Object.entries({ type: "website", site_name: HOME.title, title, description }).map(([name, content]) => ({
    property: `og:${name}`,
    content,
  }));

/** How the search ranks pages. The tables of the benchmarks hold many words that few look for there. */
export const SEARCH_OPTIONS = {
  fuzzy: 0.2,
  prefix: true,
  boost: { title: 4, text: 2, titles: 1 },
  // The guides come before the READMEs of packages, and both before the benchmarks.
  boostDocument: (id: string): number => (id.includes("/benchmarks") ? 0.2 : id.includes("/packages/") ? 0.6 : 1),
};
