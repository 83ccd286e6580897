import type { Model } from "../model.ts";

/** Writes a part of what follows from a document. */
export interface Emitter {
  /** The package whose folder `src/generated` it writes to. */
  readonly package: "cli" | "client" | "contract" | "testing";
  /** The text of each file, by its path in that folder. */
  readonly files: (model: Model) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;
  /** The names that users import. Guards of bodies are not among them: they have a module of their own. */
  readonly exports?: (model: Model) => readonly Export[];
}

/** A name that users import. */
export interface Export {
  readonly name: string;
  /** What has the name, in words. */
  readonly what: string;
  /** The pointer of the place in the document. */
  readonly pointer: string;
}

/** Names that are exported whatever the document says. */
export function inEveryContract(...names: readonly string[]): Export[] {
  return names.map((name) => ({ name, what: "a part of every contract", pointer: "#" }));
}
