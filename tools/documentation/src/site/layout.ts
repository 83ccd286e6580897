import { join } from "node:path";

const here = join(import.meta.dirname, "../..");

/** The configuration of VitePress. */
export const CONFIGURATION = join(here, "site");

/** The collected Markdown files of the site. */
export const SOURCE = join(here, "dist/source");

/** The built site. */
export const SITE = join(here, "dist/site");

/** The public repository, for links to files that are no pages of the site. */
export const REPOSITORY = "https://github.com/mindbridge-sdk/mindbridge-sdk";

/** A page of the site. */
export interface SitePage {
  /** The Markdown file, from the root of the repository. */
  readonly source: string;
  /** Its title in the menu. */
  readonly title: string;
}

/** The menu. A page is on the site if it is listed here and exists. */
export const MENU: readonly { readonly title: string; readonly pages: readonly SitePage[] }[] = [
  {
    title: "Guides",
    pages: [
      { source: "docs/getting-started.md", title: "Getting started" },
      { source: "docs/creating-webhooks.md", title: "Creating webhooks" },
      { source: "docs/ensuring-webhooks.md", title: "Ensuring webhooks" },
      { source: "docs/receiving.md", title: "Receiving" },
      { source: "docs/events.md", title: "Events" },
      { source: "docs/verifying.md", title: "Verifying" },
      { source: "docs/reliability.md", title: "Reliability" },
      { source: "docs/faults.md", title: "Faults" },
      { source: "docs/recovery.md", title: "Recovery" },
      { source: "docs/testing.md", title: "Testing" },
      { source: "docs/errors.md", title: "Errors" },
      { source: "docs/networking.md", title: "Networking" },
      { source: "docs/runtimes.md", title: "Runtimes" },
      { source: "docs/upgrading.md", title: "Upgrading" },
      { source: "docs/benchmarks.md", title: "Benchmarks" },
    ],
  },
  {
    title: "Packages",
    pages: [
      { source: "packages/client/README.md", title: "Client" },
      { source: "packages/receiver/README.md", title: "Receiver" },
      { source: "packages/testing/README.md", title: "Testing kit" },
      { source: "packages/cli/README.md", title: "Command line" },
      { source: "packages/contract/README.md", title: "Contract" },
      { source: "spec/README.md", title: "OpenAPI document" },
    ],
  },
  {
    title: "For maintainers",
    pages: [
      { source: "docs/releasing.md", title: "Releasing" },
      { source: "docs/dependencies.md", title: "Dependencies" },
    ],
  },
];

/** The file of the site that a Markdown file becomes: `docs/README.md` is `index.md`, `packages/client/README.md` is `packages/client.md`. */
export const staged = (source: string): string =>
  source === "docs/README.md"
    ? "index.md"
    : source
        .replace(/^docs\//, "")
        .replace(/^spec\/README\.md$/, "packages/spec.md")
        .replace(/\/README\.md$/, ".md");
