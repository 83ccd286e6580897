import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { textOf } from "../read-text.ts";
import { UsageError } from "../usage-error.ts";

/**
 * What `--data` holds or points to: JSON, `@` and the path of a file, or `-` for stdin.
 *
 * @throws {UsageError} where the file cannot be read, or what it holds is no JSON.
 */
export async function readData(data: string, stdin: NodeJS.ReadableStream): Promise<unknown> {
  const source = data === "-" ? "--data: stdin" : data.startsWith("@") ? `--data: ${data.slice(1)}` : "--data";
  try {
    return JSON.parse(await read(data, stdin));
  } catch (error) {
    const why =
      error instanceof SyntaxError ? `is no JSON: ${error.message}` : `cannot be read: ${(error as Error).message}`;
    throw new UsageError(`${source} ${why}`, { cause: error });
  }
}

async function read(data: string, stdin: NodeJS.ReadableStream): Promise<string> {
  if (data === "-") return textOf(await buffer(stdin));
  return data.startsWith("@") ? textOf(await readFile(data.slice(1))) : data;
}
