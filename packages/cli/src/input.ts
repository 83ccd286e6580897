import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { UsageError } from "./errors.ts";

/**
 * What `--data` gives: JSON, `@` and the path of a file, or `-` for stdin.
 *
 * @throws {UsageError} if the file cannot be read, or there is no JSON.
 */
export async function readData(data: string, stdin: NodeJS.ReadableStream): Promise<unknown> {
  const source = data === "-" ? stdin : data.startsWith("@") ? data.slice(1) : undefined;
  const name = source === undefined ? "--data" : `--data: ${source === stdin ? "stdin" : source}`;
  const text = source === undefined ? data : textOf(await readBytes(name, source));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

/**
 * The bytes of a file, given by its path, or of a stream.
 *
 * @param name what to call it in an error.
 * @throws {UsageError} if it cannot be read.
 */
export async function readBytes(name: string, source: string | NodeJS.ReadableStream): Promise<Buffer> {
  try {
    return await (typeof source === "string" ? readFile(source) : buffer(source));
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The text of a file in UTF-8 or, as Windows writes it, in UTF-16; without a byte order mark. */
export function textOf(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}
