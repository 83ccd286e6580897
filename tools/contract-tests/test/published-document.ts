import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { parseDocument } from "../src/document.ts";
import { FACTS } from "../src/facts.ts";

type Tree = Record<string, Record<string, unknown>>;

/**
 * The document without the operations and deliveries that are not among the facts, as it is written. Tests of the tests
 * count what is in a document, and an operation that is added must need no change of them.
 */
export async function publishedDocument(): Promise<Record<string, unknown>> {
  const document = structuredClone((await parseDocument()) as Record<string, Tree>);
  for (const part of ["paths", "webhooks"] as const) {
    const items = document[part] ?? {};
    const published = (FACTS[part] ?? {}) as Tree;
    for (const [key, item] of Object.entries(items)) {
      for (const method of Object.keys(item)) {
        if (/^(?:get|put|post|delete|patch|head|options|trace)$/.test(method) && !published[key]?.[method])
          delete item[method];
      }
      if (!published[key]) delete items[key];
    }
  }
  while (dropUnusedComponents(document));
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

function dropUnusedComponents(document: Record<string, unknown>): boolean {
  const text = JSON.stringify(document);
  let dropped = false;
  const { securitySchemes: _, ...components } = document.components as Tree;
  for (const [kind, named] of Object.entries(components)) {
    for (const name of Object.keys(named)) {
      if (text.includes(`"#/components/${kind}/${name}"`)) continue;
      delete named[name];
      dropped = true;
    }
  }
  return dropped;
}
