import { createWriteStream, openAsBlob } from "node:fs";
import { access } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import type { Context } from "../action.ts";
import { UsageError } from "../errors.ts";
import { whyUnreadable } from "../input.ts";
import type { Flag } from "./table.ts";

/**
 * The values of flags, with a file in place of each path. A file is read as it is sent.
 *
 * @throws {UsageError} if a file cannot be read: nothing was sent.
 */
export async function openFiles(
  values: ReadonlyMap<Flag, unknown>,
  command: string,
): Promise<ReadonlyMap<Flag, unknown>> {
  const open = async (flag: Flag, path: string): Promise<File> => {
    try {
      await access(path);
      return new File([await openAsBlob(path)], basename(path));
    } catch (error) {
      throw new UsageError(`${command}: ${flag.flag}: ${path} cannot be read: ${whyUnreadable(error)}`, {
        cause: error,
      });
    }
  };
  const entries = [...values].map(async ([flag, value]): Promise<[Flag, unknown]> => {
    if (flag.type !== "file") return [flag, value];
    const files = await Promise.all([value].flat().map((path) => open(flag, path as string)));
    return [flag, flag.list ? files : files[0]];
  });
  return new Map(await Promise.all(entries));
}

/** Writes a stream to a file, or to stdout, as it comes. There is nothing to write where the answer has no content. */
export async function writeStream(
  stream: ReadableStream | undefined,
  path: string | undefined,
  { stdout, output, signal }: Context,
): Promise<void> {
  if (stream === undefined) return output.warn("Done. The answer has no content.");
  const source = Readable.fromWeb(stream as NodeStream);
  if (path === undefined || path === "-") return pipeline(source, stdout, { signal, end: false });
  const file = createWriteStream(path);
  await pipeline(source, file, { signal });
  output.result({ file: path, bytes: file.bytesWritten }, () => `Wrote ${file.bytesWritten} bytes to ${path}.`);
}
