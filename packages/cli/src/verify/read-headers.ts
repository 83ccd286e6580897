import type { HeadersRecord } from "@mindbridge-sdk/receiver";
import { UsageError } from "../errors.ts";

type Pair = readonly [name: string, value: string];

/**
 * Reads captured headers: `Name: value` on a line each, as in HTTP and `curl --verbose`, or JSON, as programs and gateways log
 * them. It skips the body of a whole message.
 *
 * @throws {UsageError} if it is neither. The message names the line, and quotes nothing of it.
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
    // In curl's output, `*` begins its own lines, and `>` and `<` those that it sends and receives. HTTP/2 has names with `:`.
    const content = line.replace(/^[<>] ?/, "").trim();
    if (content === "") mayBeBody = pairs.length > 0;
    if (/^$|^[*:]|^[A-Z]+ \S+ HTTP\/|^HTTP\//.test(content)) continue;
    const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):(.*)$/.exec(content) ?? [];
    const last = pairs.at(-1);
    if (name !== undefined && value !== undefined) pairs.push([name, value.trim()]);
    else if (mayBeBody) break;
    // A value may continue on the next line (RFC 9112, section 5.2).
    else if (last && /^[ \t]/.test(line)) pairs.splice(-1, 1, [last[0], `${last[1]} ${content}`.trim()]);
    else
      throw new UsageError(
        `--headers: line ${index + 1} is no header. Write each header as \`Name: value\`, on a line of its own.`,
      );
  }
  return pairs;
}

function pairsOfJson(text: string): Pair[] {
  let value: unknown;
  try {
    value = JSON.parse(text.trim());
  } catch {
    throw new UsageError("--headers: a text that begins with { or [ must be JSON, and this is not.");
  }
  return entriesOf(value).flatMap(([name, values]) => {
    const list = [values].flat();
    if (typeof name !== "string" || !list.every((each) => typeof each === "string" || typeof each === "number")) {
      throw new UsageError(
        '--headers: the JSON must be {"name": "value", …}, with a list for a header that came twice, or pairs.',
      );
    }
    return list.map((each) => [name, String(each)] as const);
  });
}

/** The names and values in an object (or its `headers`, or the `requestHeaders` of an event log), or in a list: pairs, HAR's objects, or Node's `rawHeaders`. */
function entriesOf(json: unknown): readonly (readonly unknown[])[] {
  const { headers, requestHeaders } = json as { headers?: unknown; requestHeaders?: unknown };
  const inner = headers ?? requestHeaders;
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
