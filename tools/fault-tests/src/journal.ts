import { openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** One line of a journal: how far an attempt to handle a delivery has come. */
export interface Entry {
  readonly delivery: string;
  /** Names the attempt, among those of all processes. */
  readonly attempt: string;
  /**
   * `started` is written before the effect; `marked` after the store has said that the mark is there; `failed` in place of
   * that.
   */
  readonly event: "started" | "marked" | "failed";
  /** Why it failed: the code that the receiver tells its hook. */
  readonly code?: string | undefined;
  /** Milliseconds since the delivery was received, for the last two. */
  readonly elapsed?: number | undefined;
}

/** Opens a journal. What has been written to it outlives the process, however that ends. */
export function openJournal(path: string): (entry: Entry) => void {
  const file = openSync(path, "a");
  return (entry) => void writeSync(file, `${JSON.stringify(entry)}\n`);
}

/** All journals of a folder. A process that is killed amid a line leaves it unfinished: such a line was never written. */
export function readJournals(folder: string): Entry[] {
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line): Entry => JSON.parse(line)),
  );
}
