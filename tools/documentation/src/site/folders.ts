import { join } from "node:path";

const here = join(import.meta.dirname, "../..");

/** Where the configuration of VitePress is. */
export const CONFIGURATION = join(here, "site");

/** Where the Markdown files of the site are collected. */
export const SOURCE = join(here, "dist/source");

/** The built site. */
export const SITE = join(here, "dist/site");
