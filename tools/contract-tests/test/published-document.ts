import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepOnly } from "@mindbridge-sdk/openapi";
import { afterAll } from "vitest";
import { parseDocument } from "../src/document.ts";
import { FACTS } from "../src/facts.ts";

/** The document without the operations and deliveries that are not among the facts, as it is written. */
export async function publishedDocument(): Promise<Record<string, unknown>> {
  const document = structuredClone((await parseDocument()) as Record<string, unknown>);
  keepOnly(FACTS)(document);
  return document;
}

/** Writes it to a file that is removed after the tests of this one, and returns the path. */
export async function writePublishedDocument(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "published-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "openapi.json");
  await writeFile(path, JSON.stringify(await publishedDocument()));
  return path;
}
