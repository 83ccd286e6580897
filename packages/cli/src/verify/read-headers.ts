import type { HeadersRecord } from "@mindbridge-sdk/receiver";
import { UsageError } from "../usage-error.ts";

/**
 * Reads captured headers: `Name: value` on a line each, as HTTP and `curl --verbose` have them (a first line such as
 * `POST / HTTP/1.1` is passed over), or JSON, an object of strings or lists of them, or a list of pairs.
 *
 * @throws {UsageError} where it is neither: the message names the line, and quotes nothing of it.
 */
export function readHeaders(text: string): HeadersRecord {
  // Editors of Windows put a byte order mark before a text; `\s` takes it for white space.
  const pairs = /^\s*[[{]/.test(text) ? pairsOfJson(text) : pairsOfLines(text);
  const headers = Map.groupBy(pairs, ([name]) => name.toLowerCase());
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.map(([, value]) => value)]));
}

function pairsOfLines(text: string): (readonly [name: string, value: string])[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    // What curl writes of its own begins with `*`, what it sends and receives with `>` and `<`, and HTTP/2's with `:`.
    const header = line.replace(/^[<>] ?/, "").trim();
    if (/^$|^[*:]/.test(header) || /^[A-Z]+ \S+ HTTP\/|^HTTP\//.test(header)) return [];
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):(.*)$/.exec(header) ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(`--headers: line ${index + 1} is no header. Each is \`Name: value\`, on a line of its own.`);
    }
    return [[name, value.trim()] as const];
  });
}

function pairsOfJson(text: string): (readonly [name: string, value: string])[] {
  let value: unknown;
  try {
    value = JSON.parse(text.trim());
  } catch {
    throw new UsageError("--headers: what begins with { or [ is to be JSON, and is none.");
  }
  const entries: unknown[] = Array.isArray(value) ? value : Object.entries(value as object);
  return entries.flatMap((entry) => {
    const [name, values] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const list = [values].flat();
    if (typeof name !== "string" || !list.every((each) => typeof each === "string" || typeof each === "number")) {
      throw new UsageError('--headers: JSON is to be {"name": "value", …}, with lists for what came twice, or pairs.');
    }
    return list.map((each) => [name, String(each)] as const);
  });
}
