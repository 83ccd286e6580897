import { BodyTooLargeError } from "../errors/body-too-large-error.ts";
import { RawBodyError } from "../errors/raw-body-error.ts";
import { untilAborted } from "./until-aborted.ts";

/** A body that can be streamed: that of a `Request`. */
interface Stream {
  readonly locked: boolean;
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/**
 * The body as bytes, or as a string that stands for bytes.
 *
 * @throws {RawBodyError} if it is anything else.
 */
export function rawBody(body: unknown): Uint8Array | string {
  // Half of a surrogate pair has no UTF-8, so it has not been sent. Not `instanceof`, which fails between realms.
  if (typeof body === "string" ? /\p{Cs}/u.test(body) : !ArrayBuffer.isView(body)) throw new RawBodyError();
  return body as Uint8Array | string;
}

/**
 * The body of a request as bytes, read up to `limit` and no further.
 *
 * @throws {RawBodyError} if it has been read before.
 * @throws {BodyTooLargeError}
 * @throws the reason of `signal`, or the error of the stream if it breaks off.
 */
export async function readBody(
  { body, bodyUsed }: { readonly body: unknown; readonly bodyUsed: boolean },
  limit: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const stream = body as Stream | null;
  if (bodyUsed || stream?.locked) throw new RawBodyError();
  if (!stream) return new Uint8Array();
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { value } = await untilAborted(reader.read(), signal);
      if (!value) break;
      length += value.length;
      if (length > limit) throw new BodyTooLargeError(limit);
      chunks.push(value);
    }
  } finally {
    // Does nothing at the end of a stream. Not waited for: the other side may take its time.
    reader.cancel().catch(() => {});
  }
  const bytes = new Uint8Array(length);
  for (const chunk of chunks.toReversed()) {
    length -= chunk.length;
    bytes.set(chunk, length);
  }
  return bytes;
}
