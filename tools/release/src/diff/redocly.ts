import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Difference, Side } from "./difference.ts";

const CLI = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");

/**
 * Compares two documents by `redocly diff`. What it makes of the differences is left out: it knows nothing of generated names.
 *
 * @throws {Error} if Redocly fails; that the documents differ is no failure.
 */
export async function redoclyDiff(base: unknown, revision: unknown): Promise<readonly Difference[]> {
  const folder = await mkdtemp(join(tmpdir(), "spec-diff-"));
  try {
    await writeFile(join(folder, "base.json"), JSON.stringify(base));
    await writeFile(join(folder, "revision.json"), JSON.stringify(revision));
    const options = ["--format", "json", "--fail-on", "none", "--output", "report.json"];
    const { stderr } = await promisify(execFile)(
      process.execPath,
      [CLI, "diff", "base.json", "revision.json", ...options],
      { cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
    ).catch((error: Error & { stderr?: string }) => error);
    const report = await readFile(join(folder, "report.json"), "utf8").catch((cause: unknown) => {
      throw new Error(`\`redocly diff\` gave no report: ${stderr ?? ""}`, { cause });
    });
    const side = (at: Side | undefined): Side | undefined => at && { pointer: at.pointer, value: at.value };
    return (JSON.parse(report) as { changes: Difference[] }).changes.map(
      ({ path, typeName, kind, property, base: before, revision: after }) => ({
        path,
        typeName,
        kind,
        property,
        base: side(before),
        revision: side(after),
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
