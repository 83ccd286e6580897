import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A place in one of the two documents, and what stands there. */
export interface Side {
  /** As a URI fragment; of the node around it where the property is absent. */
  readonly pointer: string;
  readonly value?: unknown;
}

/** One difference, as Redocly's `diff` reports it: once for each pair of nodes, whatever the number of places that use it. */
export interface Difference {
  /** Where it is reached first, through the `$ref`s on the way. */
  readonly path: string;
  /** Redocly's name of the kind of node, such as `Schema`. */
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  /** The key that is modified; `key` if it is the node's own. */
  readonly property?: string;
  readonly base?: Side;
  readonly revision?: Side;
  /** Redocly's verdict. It knows nothing of generated names, so that ours may differ. */
  readonly impact: "patch" | "minor" | "major";
}

const CLI = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");

/**
 * Compares two documents by `redocly diff`.
 *
 * @throws {Error} if Redocly fails; that the documents differ is no failure.
 */
export async function redoclyDiff(base: unknown, revision: unknown): Promise<readonly Difference[]> {
  const folder = await mkdtemp(join(tmpdir(), "spec-diff-"));
  try {
    // Without these rules everything is rated patch.
    await writeFile(join(folder, "redocly.yaml"), "extends: [diff-recommended]\n");
    await writeFile(join(folder, "base.json"), JSON.stringify(base));
    await writeFile(join(folder, "revision.json"), JSON.stringify(revision));
    const options = ["--config", "redocly.yaml", "--format", "json", "--fail-on", "none", "--output", "report.json"];
    const { stderr } = await promisify(execFile)(
      process.execPath,
      [CLI, "diff", "base.json", "revision.json", ...options],
      { cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
    ).catch((error: Error & { stderr?: string }) => error);
    const report = await readFile(join(folder, "report.json"), "utf8").catch((cause: unknown) => {
      throw new Error(`\`redocly diff\` gave no report: ${stderr ?? ""}`, { cause });
    });
    return (JSON.parse(report) as { changes: Difference[] }).changes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
