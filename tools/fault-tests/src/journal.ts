import { openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** An effect of a delivery. */
export interface Effect {
  readonly delivery: string;
  /** Names the attempt to handle it, among those of all processes. */
  readonly attempt: string;
}

/** From when until when, in milliseconds since the epoch. */
export type Span = readonly [from: number, to: number];

/** One line of a journal: how far an attempt has come. */
export interface Entry extends Effect {
  /** `effect` is the effect itself, if the store has no transactions. `marked` or `failed` ends the attempt. */
  readonly event: "effect" | "marked" | "failed";
  /** Why it failed: the code that the hook of the receiver gets. */
  readonly code?: string | undefined;
  /** Whether the process stood still for a while during the attempt. */
  readonly stoodStill?: boolean | undefined;
  /** When the attempt began and ended, in milliseconds since the epoch, if this ends it. */
  readonly span?: Span | undefined;
}

/** Opens a journal. What is written to it outlives the process, however that ends. */
export function openJournal(path: string): (entry: Entry) => void {
  const file = openSync(path, "a");
  return (entry) => void writeSync(file, `${JSON.stringify(entry)}\n`);
}

/** Reads all journals of a folder, without the last line of a process that was killed while it wrote that. */
export function readJournals(folder: string): Entry[] {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line): Entry => JSON.parse(line)),
  );
}
