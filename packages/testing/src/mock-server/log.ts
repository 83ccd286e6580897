import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";

/** Longer logs lose their beginning: a server that answers for hours must not fill the memory of who started it. */
const MAX_LENGTH = 200_000;

/** Collects the text of several streams, in the order in which it comes, without colours. */
export class Log {
  #text = "";

  /** Collects a stream. */
  collect(stream: Readable): void {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      this.#text = (this.#text + stripVTControlCharacters(chunk)).slice(-MAX_LENGTH);
    });
  }

  get text(): string {
    return this.#text;
  }
}
