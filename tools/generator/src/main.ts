import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { generate } from "./generate.ts";
import { DocumentError } from "./load.ts";
import { staleFiles, writeFiles } from "./output.ts";

const USAGE = `Usage: pnpm generate [--check] [--spec FILE] [--root FOLDER]

Writes the src/generated folders of the packages from the OpenAPI document.

  --check        write nothing; exit with 1 and name the files that are stale
  --spec FILE    the document (spec/openapi.yaml)
  --root FOLDER  the repository whose packages are written (this one)
`;

/** Runs the command line, and returns its exit code. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: "boolean", default: false },
      spec: { type: "string" },
      root: { type: "string", default: resolve(import.meta.dirname, "../../..") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const files = await generate({ document: resolve(values.spec ?? resolve(values.root, "spec/openapi.yaml")) });
  if (values.check) {
    const stale = staleFiles(values.root, files);
    if (stale.length === 0) {
      process.stdout.write(`${files.size} generated files are up to date.\n`);
      return 0;
    }
    process.stderr.write(
      `${stale.length} generated file(s) are stale. Run \`pnpm generate\` and commit:\n${stale.map((path) => `  ${path}\n`).join("")}`,
    );
    return 1;
  }
  const written = writeFiles(values.root, files);
  process.stdout.write(
    written.length === 0
      ? "Nothing to do: every generated file is up to date.\n"
      : `Wrote:\n${written.map((path) => `  ${path}\n`).join("")}`,
  );
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  const explained = error instanceof DocumentError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
  process.stderr.write(
    explained ? `${(error as Error).message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  return 1;
});
