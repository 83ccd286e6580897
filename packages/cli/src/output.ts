import { styleText } from "node:util";
import { field, type Width, widthOf, wrap } from "./layout.ts";
import { printableJson, printableLine } from "./printable.ts";

/** Colours and other styles, as `styleText` names them. */
type Style = Parameters<typeof styleText>[0];

/** What a command prints: text for people or, with `--json`, one document for programs. */
export interface Output {
  /** Whether `--json` was given: stdout then holds one JSON document, and nothing else. */
  readonly json: boolean;
  /** The columns of the terminal that `tell` writes to; `undefined` if it is none. */
  readonly width: Width;
  /** Prints the result: with `--json` the document, else the text that `render` makes. Call it once. */
  result(document: unknown, render: () => string): void;
  /** Prints one of several results: with `--json` the document on a line of its own, else the text. */
  record(document: unknown, render: () => string): void;
  /** Keeps how far the command came. If it fails then, `--json` prints this document beside the error. */
  reach(document: object): void;
  /** How far the command came. */
  readonly reached: object;
  /** Tells people something besides the result: on stdout, or with `--json` on stderr. */
  tell(text: string): void;
  /** Says on stderr what went wrong or is doubtful. */
  warn(text: string): void;
  /** Colours a text for the stream of `tell`, if that is a terminal and `NO_COLOR` does not forbid it. */
  style(format: Style, text: string): string;
}

/** Makes the output of a command. */
export function createOutput({
  json,
  stdout,
  stderr,
}: {
  readonly json: boolean;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}): Output {
  const line = (stream: NodeJS.WriteStream, text: string) => void stream.write(`${text}\n`);
  const text = (stream: NodeJS.WriteStream, words: string) => line(stream, wrap(words, widthOf(stream)));
  let reached: object = {};
  return {
    json,
    width: widthOf(json ? stderr : stdout),
    get reached() {
      return reached;
    },
    reach: (document) => {
      reached = document;
    },
    result: (document, render) => (json ? line(stdout, printableJson(document, 2)) : text(stdout, render())),
    record: (document, render) => line(stdout, json ? printableJson(document) : render()),
    tell: (words) => text(json ? stderr : stdout, words),
    warn: (words) => text(stderr, words),
    // `styleText` looks at the stream, NO_COLOR, NODE_DISABLE_COLORS and FORCE_COLOR.
    style: (format, words) => styleText(format, words, { stream: json ? stderr : stdout }),
  };
}

/** A JSON value as lines for people, each a name and a value: `a.b` is the field `b` of `a`, and a list is one line. */
export function fieldLines(value: unknown, { style, width }: Pick<Output, "style" | "width">): string[] {
  const fields = fieldsOf("", value);
  const nameWidth = Math.max(...fields.map(([name]) => name.length));
  return fields.map(([name, text]) => (name === "" ? text : field(style("dim", name), text, nameWidth, width)));
}

function fieldsOf(name: string, value: unknown): (readonly [name: string, text: string])[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [[name, textOf(value)]];
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) {
    return [[name, value.map(textOf).join(", ")]];
  }
  return Object.entries(value).flatMap(([key, each]) => {
    const text = printableLine(key);
    return fieldsOf(name === "" ? text : `${name}.${text}`, each);
  });
}

/** A value on a line: a text as it stands, or as JSON if it holds control characters. */
export function textOf(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return printableLine(value) === value ? value : printableJson(value);
}
