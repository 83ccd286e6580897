import { styleText } from "node:util";
import { printableJson } from "./printable.ts";

/** Colours and such, as `styleText` names them. */
export type Style = Parameters<typeof styleText>[0];

/** The streams that a command writes to. */
export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** What a command prints, as text for people or, with `--json`, as one document for programs. */
export interface Output {
  /** Whether `--json` was given: stdout then holds one JSON document, and nothing else. */
  readonly json: boolean;
  /** Prints the result: with `--json` the document, else the text, which `render` makes. Call it once. */
  result(document: unknown, render: () => string): void;
  /** Prints one of several results as it comes: with `--json` the document on a line of its own, else the text. */
  record(document: unknown, render: () => string): void;
  /** Tells people something besides the result: on stdout, or on stderr with `--json`. */
  tell(text: string): void;
  /** Says on stderr what went wrong or is doubtful. */
  warn(text: string): void;
  /** Colours a text for where `tell` puts it, if that is a terminal and `NO_COLOR` does not forbid it. */
  style(format: Style, text: string): string;
}

/** The output of a command that was started with or without `--json`. */
export function createOutput({ json, stdout, stderr }: Streams & { readonly json: boolean }): Output {
  const line = (stream: NodeJS.WriteStream, text: string) => void stream.write(`${text}\n`);
  return {
    json,
    result: (document, render) => line(stdout, json ? printableJson(document, 2) : render()),
    record: (document, render) => line(stdout, json ? printableJson(document) : render()),
    tell: (text) => line(json ? stderr : stdout, text),
    warn: (text) => line(stderr, text),
    // `styleText` looks at the stream, NO_COLOR, NODE_DISABLE_COLORS and FORCE_COLOR.
    style: (format, text) => styleText(format, text, { stream: json ? stderr : stdout }),
  };
}
