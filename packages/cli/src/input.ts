import { readFile } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Context } from "./action.ts";
import { UsageError } from "./errors.ts";

/** Where to read, and what ends the reading. */
type Source = Pick<Context, "stdin" | "signal" | "output">;

/**
 * What `--data` gives: JSON, `@` and the path of a file, or `-` for stdin.
 *
 * @throws {UsageError} if the file cannot be read, or there is no JSON.
 */
export function readData(data: string, source: Source): Promise<unknown> {
  if (data === "-") return readJson("--data", "-", source);
  if (data.startsWith("@")) return readJson("--data", data.slice(1), source);
  const hint = ` Put JSON into single quotes, such as '{"name":"Books"}', or name a file: --data @body.json.`;
  return Promise.resolve(parse("--data", data, hint));
}

/**
 * The JSON of a file, or of stdin.
 *
 * @param option The option that names it, for errors.
 * @param path The path, or `-` for stdin.
 * @throws {UsageError} if it cannot be read, or is no JSON.
 */
export async function readJson(option: string, path: string, source: Source): Promise<unknown> {
  const name = `${option}: ${path === "-" ? "stdin" : path}`;
  return parse(name, textOf(await readBytes(name, path, source)));
}

/** The JSON of a text; the text itself if it is no JSON. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function parse(name: string, text: string, hint = ""): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is no JSON: ${(error as Error).message}.${hint}`, { cause: error });
  }
}

/**
 * The bytes of a file, or of stdin. On a terminal, it says that it waits for them.
 *
 * @param name What to call it in an error.
 * @param path The path, or `-` for stdin.
 * @throws {UsageError} if it cannot be read.
 * @throws {CancelledError} if the command is interrupted meanwhile.
 */
export async function readBytes(name: string, path: string, { stdin, signal, output }: Source): Promise<Buffer> {
  if (path === "-" && stdin.isTTY) output.warn(`${name}: waiting for input. Ctrl+D ends it.`);
  try {
    return await (path === "-" ? buffer(addAbortSignal(signal, stdin)) : readFile(path, { signal }));
  } catch (error) {
    signal.throwIfAborted();
    throw new UsageError(`${name} cannot be read: ${whyUnreadable(error)}`, { cause: error });
  }
}

/** Why a file cannot be read, as people say it. */
export function whyUnreadable(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const why = WHY_UNREADABLE[code];
  return why === undefined ? message : `${why} (${code}).`;
}

const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  EACCES: "you may not read it",
  EISDIR: "it is a folder",
  ENOENT: "there is no such file",
};

/** The text of a file in UTF-8 or, as Windows writes it, in UTF-16; without a byte order mark. */
export function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
