import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate, writeFiles } from "@mindbridge-sdk/generator";
import { ROOT } from "@mindbridge-sdk/repository/packages";
import { parseDocument } from "yaml";
import { type Files, filesOf, writeReleased } from "../src/files.ts";
import { setInfoVersion } from "../src/versions.ts";

/** The document of these tests. The one of the repository may change. */
export const DOCUMENT = fileURLToPath(new URL("openapi.yaml", import.meta.url));

/** A copy of the files that a release reads and writes. */
export interface RepositoryCopy extends Disposable {
  readonly files: Files;
  /** Sets a value in the document, or removes it. It generates where that is asked for: it takes a second. */
  change(path: readonly string[], value: unknown, options?: { readonly generates: boolean }): Promise<void>;
  read(file: string): string;
  write(file: string, text: string): void;
}

/** The repository before its first release. */
export const unreleasedCopy = (): Promise<RepositoryCopy> => copyOf("0.0.0");

/** The repository right after the release of 1.0.0. */
export async function releasedCopy(): Promise<RepositoryCopy> {
  const copy = await copyOf("1.0.0");
  writeReleased(copy.files);
  return copy;
}

/** The files of the repository at a version, generated once for all tests, by path. */
const filesAt = new Map<string, Promise<Map<string, string>>>();

async function readFilesAt(version: string): Promise<Map<string, string>> {
  const kept = ["package.json", "pnpm-workspace.yaml", "spec/package.json", "packages/*/package.json"];
  const texts = new Map<string, string>();
  for (const file of [...globSync(kept, { cwd: ROOT }), ".changeset/config.json"]) {
    const text = readFileSync(join(ROOT, file), "utf8");
    texts.set(file, file.endsWith("/package.json") ? JSON.stringify({ ...JSON.parse(text), version }) : text);
  }
  const versioned = setInfoVersion(readFileSync(DOCUMENT, "utf8"), version);
  texts.set("spec/openapi.yaml", versioned);
  const document = join(mkdtempSync(join(tmpdir(), "release-test-")), "openapi.yaml");
  writeFileSync(document, versioned);
  for (const [file, text] of await generate({ document })) texts.set(file, text);
  rmSync(dirname(document), { recursive: true });
  return texts;
}

async function copyOf(version: string): Promise<RepositoryCopy> {
  const root = mkdtempSync(join(tmpdir(), "release-test-"));
  const files = filesOf(root);
  const read = (file: string): string => readFileSync(join(root, file), "utf8");
  const write = (file: string, text: string): void => writeFileSync(join(root, file), text);
  const generateAgain = async () => writeFiles(root, await generate({ document: files.document }));
  const texts = filesAt.get(version) ?? readFilesAt(version);
  filesAt.set(version, texts);
  for (const [file, text] of await texts) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    write(file, text);
  }

  return {
    files,
    read,
    write,
    change: async (path, value, { generates } = { generates: false }) => {
      const document = parseDocument(read("spec/openapi.yaml"));
      if (value === undefined) document.deleteIn(path);
      else document.setIn(path, value);
      write("spec/openapi.yaml", document.toString());
      if (generates) await generateAgain();
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
