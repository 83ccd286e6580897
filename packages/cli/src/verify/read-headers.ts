import type { HeadersRecord } from "@mindbridge-sdk/receiver";
import { UsageError } from "../errors.ts";

type Pair = readonly [name: string, value: string];

/**
 * Reads captured headers: `Name: value` on a line each, as HTTP and `curl --verbose` have them, or JSON, as programs and
 * gateways log them. Of a whole message, the body is passed over.
 *
 * @throws {UsageError} where it is neither: the message names the line, and quotes nothing of it.
 */
export function readHeaders(text: string): HeadersRecord {
  const pairs = /^\s*[[{]/.test(text) ? pairsOfJson(text) : pairsOfLines(text);
  const headers = Map.groupBy(pairs, ([name]) => name.toLowerCase());
  return Object.fromEntries([...headers].map(([name, values]) => [name, values.map(([, value]) => value)]));
}

function pairsOfLines(text: string): Pair[] {
  const pairs: Pair[] = [];
  let mayBeBody = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    // What curl writes of its own begins with `*`, what it sends and receives with `>` and `<`, and HTTP/2's with `:`.
    const content = line.replace(/^[<>] ?/, "").trim();
    if (content === "") mayBeBody = pairs.length > 0;
    if (/^$|^[*:]|^[A-Z]+ \S+ HTTP\/|^HTTP\//.test(content)) continue;
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):(.*)$/.exec(content) ?? [];
    const last = pairs.at(-1);
    if (name !== undefined && value !== undefined) pairs.push([name, value.trim()]);
    else if (mayBeBody) break;
    // A value may go on in the next line (RFC 9112, section 5.2).
    else if (last && /^[ \t]/.test(line)) pairs.splice(-1, 1, [last[0], `${last[1]} ${content}`.trim()]);
    else
      throw new UsageError(`--headers: line ${index + 1} is no header. Each is \`Name: value\`, on a line of its own.`);
  }
  return pairs;
}

function pairsOfJson(text: string): Pair[] {
  let value: unknown;
  try {
    value = JSON.parse(text.trim());
  } catch {
    throw new UsageError("--headers: what begins with { or [ is to be JSON, and is none.");
  }
  return entriesOf(value).flatMap(([name, values]) => {
    const list = [values].flat();
    if (typeof name !== "string" || !list.every((each) => typeof each === "string" || typeof each === "number")) {
      throw new UsageError('--headers: JSON is to be {"name": "value", …}, with lists for what came twice, or pairs.');
    }
    return list.map((each) => [name, String(each)] as const);
  });
}

/** Names and values in an object, which may be the `headers` of an event, or in a list: pairs, those of HAR, or Node's `rawHeaders`. */
function entriesOf(json: unknown): readonly (readonly unknown[])[] {
  const inner = (json as { headers?: unknown }).headers;
  const value = typeof inner === "object" && inner !== null ? inner : json;
  if (!Array.isArray(value)) return Object.entries(value as object);
  const list: readonly unknown[] = value;
  if (list.every((each) => typeof each === "string")) {
    return list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]]] : []));
  }
  return list.map((entry) => {
    const { name, value: single } = Object(entry) as { name?: unknown; value?: unknown };
    return Array.isArray(entry) ? (entry as readonly unknown[]) : [name, single];
  });
}
