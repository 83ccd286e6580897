import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { highest, LEVELS, type Level } from "./diff/level.ts";
import type { Files } from "./files.ts";

/** A file of `.changeset/`: what a change asks of the next version of packages, and what it says to users. */
export interface Changeset {
  readonly name: string;
  readonly bumps: Readonly<Record<string, Level>>;
  readonly text: string;
}

/** Those that wait for the next release. */
export function readChangesets({ changesets }: Files): Changeset[] {
  if (!existsSync(changesets)) return [];
  return readdirSync(changesets)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .toSorted()
    .map((file) => {
      const { head, text } = splitChangeset(readFileSync(join(changesets, file), "utf8"));
      return { name: file, bumps: (parse(head) ?? {}) as Record<string, Level>, text: text.trim() };
    });
}

/** The YAML between the lines `---`, and the Markdown behind them. */
export function splitChangeset(content: string): { readonly head: string; readonly text: string } {
  const [, head, text] = /^---\r?\n([\s\S]*?)\r?\n?---\r?\n?([\s\S]*)$/.exec(content) ?? [];
  return { head: head ?? "", text: head === undefined ? content : (text ?? "") };
}

/** The packages that have one version: the group that the configuration of changesets calls `fixed`. */
export function fixedPackages({ changesets }: Files): readonly string[] {
  const { fixed } = JSON.parse(readFileSync(join(changesets, "config.json"), "utf8")) as { fixed?: string[][] };
  const group = fixed?.find((names) => names.includes("@mindbridge-sdk/spec"));
  if (group === undefined) {
    throw new Error("`fixed` in .changeset/config.json has no group with @mindbridge-sdk/spec: the packages need one.");
  }
  return group;
}

/** What the changesets ask for. One that names a package of the group asks for all of them. */
export function plannedLevel(changesets: readonly Changeset[], packages: readonly string[]): Level {
  return highest(
    changesets.flatMap(({ bumps }) =>
      Object.entries(bumps).flatMap(([name, level]) =>
        packages.includes(name) && LEVELS.includes(level) ? [level] : [],
      ),
    ),
  );
}
