// What the page makes of the bodies and headers of deliveries. All of it is text: nothing becomes HTML.
import { type Content, type ListenRecord, passedOn } from "../listen/record.ts";
import { printable, shellWord } from "../printable.ts";

/** A piece of a line, by what it is in JSON. */
export interface Token {
  readonly kind: "name" | "string" | "number" | "literal" | "mark";
  readonly text: string;
}

const TOKEN = /(?<text>"[^"\\]*(?:\\.[^"\\]*)*")(?<colon>\s*:)?|\{\s*\}|\[\s*\]|[{}[\],]|[^\s{}[\],"]+/g;

/** More lines are not shown, and deeper levels not indented further: the page would become slow. */
const MOST_LINES = 5000;
const DEEPEST = 40;

/** The lines of JSON with an indentation, and with each value as it is written; `undefined` if the text is not JSON. */
export function formatJson(json: string, mostLines = MOST_LINES): Token[][] | undefined {
  try {
    JSON.parse(json);
  } catch {
    return undefined;
  }
  let line: Token[] = [];
  const lines = [line];
  let depth = 0;
  const add = (kind: Token["kind"], text: string) => void line.push({ kind, text });
  const breakLine = () => {
    line = [];
    lines.push(line);
    if (depth > 0) add("mark", "  ".repeat(Math.min(depth, DEEPEST)));
  };
  for (const { 0: whole, groups: { text, colon } = {} } of json.matchAll(TOKEN)) {
    if (lines.length > mostLines) {
      lines.splice(-1, 1, [{ kind: "mark", text: "… The rest is left out here." }]);
      break;
    }
    if (text !== undefined) {
      add(colon === undefined ? "string" : "name", printable(text));
      if (colon !== undefined) add("mark", ": ");
    } else if (/^[{[]$/.test(whole)) {
      add("mark", whole);
      depth += 1;
      breakLine();
    } else if (/^[}\]]$/.test(whole)) {
      depth -= 1;
      breakLine();
      add("mark", whole);
    } else if (whole === ",") {
      add("mark", whole);
      breakLine();
    } else {
      const isMark = /^[{[]/.test(whole);
      add(isMark ? "mark" : /\d/.test(whole) ? "number" : "literal", isMark ? whole.replaceAll(/\s/g, "") : whole);
    }
  }
  return lines;
}

/** A body as it came: its text or, if it is not UTF-8, its bytes in hexadecimal. */
export function exactText({ body, bodyBase64 = "" }: Content): string {
  if (body !== undefined) return printable(body);
  const bytes = atob(bodyBase64);
  return (bytes.match(/.{1,16}/gs) ?? [])
    .map((row, index) => {
      const hex = Array.from(row, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(" ");
      return `${(index * 16).toString(16).padStart(6, "0")}  ${hex.padEnd(47)}  ${row.replaceAll(/[^ -~]/g, ".")}`;
    })
    .join("\n");
}

/** The length of a body, in bytes. */
export function sizeOf({ body, bodyBase64 = "" }: Content): number {
  return body === undefined ? atob(bodyBase64).length : new TextEncoder().encode(body).length;
}

/** More lines of JSON are not compared. */
const MOST_LINES_TO_COMPARE = 100_000;

/** The lines of a body to compare: of its JSON, or as it came. */
export function linesOf(content: Content): string[] {
  if (sizeOf(content) === 0) return [];
  const json = content.body === undefined ? undefined : formatJson(content.body, MOST_LINES_TO_COMPARE);
  return json?.map((line) => line.map(({ text }) => text).join("")) ?? exactText(content).split("\n");
}

/** A line that both texts have, or one alone. */
export interface Difference {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

/** What differs between two texts. */
export interface Comparison {
  readonly lines: readonly Difference[];
  /** Set if too much differs to compare every line: the first line that differs, counted from 1. The comparison begins there, and is cut. */
  readonly partFrom: number | undefined;
}

/** Of texts with more pairs of lines, only the first lines that differ are compared: all would take too long. */
const MOST_PAIRS = 4_000_000;

/** Compares texts line by line. It finds the longest sequence of lines that both have. */
export function compareLines(before: readonly string[], after: readonly string[]): Comparison {
  const both = Math.min(before.length, after.length);
  let start = 0;
  while (start < both && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < both - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const [old, young] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const same = (text: string) => ({ sign: " ", text }) as const;
  const head = before.slice(0, start).map(same);
  if (old.length * young.length > MOST_PAIRS) {
    const most = Math.sqrt(MOST_PAIRS);
    return { lines: [...head, ...longestCommon(old.slice(0, most), young.slice(0, most))], partFrom: start + 1 };
  }
  const tail = before.slice(before.length - end).map(same);
  return { lines: [...head, ...longestCommon(old, young), ...tail], partFrom: undefined };
}

/** How many lines that are the same are shown around those that differ, and how many are left out at least. */
const CONTEXT = 3;
const LEAST_LEFT_OUT = 3;

/** More lines are not drawn, nor more of a line: the page would become slow. */
const MOST_DRAWN = 400;
const LONGEST_DRAWN = 2000;

/** The lines that differ and those next to them. A number says how many lines are left out there. */
export function linesToDraw(lines: readonly Difference[]): (Difference | number)[] {
  const near = new Set<number>();
  for (const [index, { sign }] of lines.entries()) {
    if (sign === " ") continue;
    for (let each = index - CONTEXT; each <= index + CONTEXT; each += 1) near.add(each);
    if (near.size > MOST_DRAWN + CONTEXT) break;
  }
  const drawn: (Difference | number)[] = [];
  let next = 0;
  for (const index of [...[...near].filter((each) => each >= 0 && each < lines.length), lines.length]) {
    const leftOut = lines.slice(next, index);
    drawn.push(...(leftOut.length < LEAST_LEFT_OUT ? leftOut : [leftOut.length]), ...lines.slice(index, index + 1));
    next = index + 1;
    if (drawn.length >= MOST_DRAWN && lines.length - next >= LEAST_LEFT_OUT)
      return [...drawn.map(shorten), lines.length - next];
  }
  return drawn.map(shorten);
}

function shorten(line: Difference | number): Difference | number {
  if (typeof line === "number" || line.text.length <= LONGEST_DRAWN) return line;
  const more = (line.text.length - LONGEST_DRAWN).toLocaleString("en");
  return { ...line, text: `${line.text.slice(0, LONGEST_DRAWN)}… and ${more} more characters` };
}

function longestCommon(old: readonly string[], young: readonly string[]): Difference[] {
  const width = young.length + 1;
  // For each pair of lines: how many lines the texts have in common from there on.
  const common = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = young.length - 1; column >= 0; column -= 1) {
      common[row * width + column] =
        old[row] === young[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found: Difference[] = [];
  for (let row = 0, column = 0; row < old.length || column < young.length; ) {
    const [one, other] = [old[row], young[column]];
    if (one !== undefined && one === other) {
      found.push({ sign: " ", text: one });
      row += 1;
      column += 1;
    } else if (one !== undefined && (other === undefined || at(row + 1, column) >= at(row, column + 1))) {
      found.push({ sign: "-", text: one });
      row += 1;
    } else {
      found.push({ sign: "+", text: other ?? "" });
      column += 1;
    }
  }
  return found;
}

/** A single argument of a command may have 128 KiB on Linux. */
const LONGEST_ARGUMENT = 100_000;

/** The command that sends a delivery again as it was, for a POSIX shell. */
export function curlCommand({ method, headers, body, bodyBase64 }: ListenRecord, url: string): string {
  const sent = passedOn(headers);
  const names = new Set(sent.map(([name]) => name.toLowerCase()));
  // curl adds these unless it is told not to.
  const absent = ["accept", "content-type", "user-agent"].filter((name) => !names.has(name));
  const fields = [
    ...sent.map(([name, value]) => (value === "" ? `${name};` : `${name}: ${value}`)),
    ...absent.map((name) => `${name}:`),
  ];
  const isArgument = body !== undefined && !body.includes("\0") && body.length < LONGEST_ARGUMENT;
  const base64 =
    bodyBase64 ??
    btoa(Array.from(new TextEncoder().encode(isArgument ? "" : body), (byte) => String.fromCharCode(byte)).join(""));
  const input = isArgument ? "" : `printf %s ${base64} | base64 --decode | `;
  const data = isArgument ? `--data-raw ${shellWord(body)}` : "--data-binary @-";
  return [
    `${input}curl --request ${shellWord(method)} ${shellWord(url)}`,
    ...fields.map((field) => `--header ${shellWord(field)}`),
    ...(names.has("accept-encoding") ? ["--compressed"] : []),
    data,
  ].join(" \\\n  ");
}
