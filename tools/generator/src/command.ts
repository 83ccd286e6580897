import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { generate } from "./generate.ts";
import { IGNORE_FILE } from "./ignore.ts";
import { staleFiles, writeFiles } from "./output.ts";
import { DocumentError, describeProblem } from "./problem.ts";

const USAGE = `Usage: pnpm generate [--check] [--spec FILE] [--root FOLDER]

Writes the src/generated folders of the packages, and docs/events.md, from the OpenAPI document.

  --check        write nothing; exit with 1 and name the files that are stale
  --spec FILE    the document (spec/openapi.yaml)
  --root FOLDER  the repository whose packages are written (this one)
`;

/** Where a command writes. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Runs the command line, and returns its exit code. */
export async function runCommand(args: readonly string[], streams: Streams): Promise<number> {
  try {
    return await run(args, streams);
  } catch (error) {
    const isExplained =
      error instanceof DocumentError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
    const { message, stack } = error as Error;
    streams.stderr.write(`${isExplained ? message : (stack ?? String(error))}\n`);
    return 1;
  }
}

async function run(args: readonly string[], { stdout, stderr }: Streams): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: "boolean", default: false },
      spec: { type: "string" },
      root: { type: "string", default: resolve(import.meta.dirname, "../../..") },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    stdout.write(USAGE);
    return 0;
  }
  const warnings: string[] = [];
  const files = await generate({
    document: resolve(values.spec ?? resolve(values.root, "spec/openapi.yaml")),
    warn: (problem) => warnings.push(`  ${describeProblem(problem)}\n`),
  });
  if (warnings.length > 0) {
    stderr.write(
      `${warnings.length} warning(s). Follow them, or list them in ${IGNORE_FILE} beside the document, each with its reason:\n${warnings.join("")}`,
    );
  }
  const list = (paths: readonly string[]) => paths.map((path) => `  ${path}\n`).join("");
  if (!values.check) {
    const written = writeFiles(values.root, files);
    stdout.write(
      written.length > 0 ? `Wrote:\n${list(written)}` : "Nothing to do: every generated file is up to date.\n",
    );
    return 0;
  }
  const stale = staleFiles(values.root, files);
  if (stale.length === 0) stdout.write(`${files.size} generated files are up to date.\n`);
  else stderr.write(`${stale.length} generated file(s) are stale. Run \`pnpm generate\` and commit:\n${list(stale)}`);
  return stale.length === 0 ? 0 : 1;
}
