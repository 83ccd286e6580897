import { Refusal } from "./answers.ts";
import { BodyTooLargeError, DeliveryError, RawBodyError } from "./errors.ts";
import type { HeadersLike } from "./verify/headers.ts";

/** The default of `maxBodyBytes`. */
export const MAX_BODY_BYTES = 1_048_576;

/**
 * Gives the bytes of a body to `take` as they come, and resolves at the end of it. Where `take` answers `false`, it is to
 * stop reading: the rest is not wanted. `signal` is aborted where nothing more is wanted.
 */
export type BodyReader = (take: (chunk: Uint8Array) => boolean, signal?: AbortSignal) => Promise<unknown>;

/** A readable stream of Node, such as the `IncomingMessage` of node:http, that nothing has read from. */
export interface NodeBody {
  readonly readableDidRead: boolean;
  readonly readableEnded: boolean;
  on(event: string, listener: (chunk: Uint8Array) => void): unknown;
  pause(): unknown;
}

/** A `Request`, of whichever realm or library, whose body has not been read. */
export interface UnreadRequest {
  readonly headers: HeadersLike;
  /** A stream of bytes. */
  readonly body: unknown;
  readonly bodyUsed: boolean;
  arrayBuffer(): Promise<unknown>;
}

/** What a body can be read from. */
export type BodySource = BodyReader | NodeBody | UnreadRequest;

/** Whether a body is still to be read. */
export function isBodySource(body: unknown): body is BodySource {
  if (typeof body === "function") return true;
  return typeof body === "object" && body !== null && ("arrayBuffer" in body || "readableDidRead" in body);
}

/**
 * All bytes of a body.
 *
 * @param grown Told how many bytes of memory hold what has come so far, each time that these get more.
 * @throws {BodyTooLargeError} if it is longer than `limit` bytes. It is read no further.
 * @throws the reason of `signal`, or what `read` rejects with.
 */
export function readBody(
  read: BodyReader,
  limit: number,
  signal: AbortSignal | undefined,
  grown: (bytes: number) => void = () => {},
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // One buffer that grows: a list of chunks would take hundreds of bytes for each byte of who sends them one by one.
    let buffer: Uint8Array = new Uint8Array();
    let length = 0;
    let isWanted = true;
    const stop = (why: unknown) => {
      isWanted = false;
      buffer = new Uint8Array();
      signal?.removeEventListener("abort", abort);
      reject(why);
    };
    const abort = () => stop(signal?.reason);
    const take = (chunk: Uint8Array) => {
      const end = length + chunk.length;
      if (isWanted && end > limit) stop(new BodyTooLargeError(limit));
      if (isWanted) grown(end);
      if (!isWanted) return false;
      if (length === 0) buffer = chunk;
      else {
        if (end > buffer.length) {
          const larger = new Uint8Array(Math.min(limit, 2 * end));
          larger.set(buffer);
          buffer = larger;
        }
        buffer.set(chunk, length);
      }
      length = end;
      return true;
    };
    signal?.addEventListener("abort", abort);
    const finish = () => {
      signal?.removeEventListener("abort", abort);
      resolve(buffer.subarray(0, length));
    };
    read(take, signal).then(finish, stop);
  });
}

/** How to read what an adapter has. */
function readerOf(source: BodySource): BodyReader {
  if (typeof source === "function") return source;
  return "arrayBuffer" in source ? requestReader(source) : nodeReader(source);
}

/** What we use of a `ReadableStream`. */
interface WebStream {
  readonly locked: boolean;
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
    cancel(reason?: unknown): Promise<void>;
  };
}

/**
 * Up to this Content-Length, in bytes, the body of a `Request` is read in one go, which costs a third of what its stream
 * does. That cannot be given up half-way, so a longer one is not: it would escape the bound on all bodies together.
 */
const SMALL = 65_536;

/**
 * Reads the body of a `Request`.
 *
 * The reader rejects with a {@link RawBodyError} if something has read it before, or with the error of its stream.
 */
export function requestReader(request: UnreadRequest): BodyReader {
  return async (take, signal) => {
    if (request.bodyUsed) throw new RawBodyError();
    const length = request.headers.get("content-length");
    if (length && Number(length) <= SMALL) {
      take(new Uint8Array((await request.arrayBuffer()) as ArrayBuffer));
      return;
    }
    const stream = request.body as WebStream | null;
    if (stream?.locked) throw new RawBodyError();
    if (!stream) return;
    const reader = stream.getReader();
    // Not waited for: the other side may take its time. At the end of the stream it does nothing.
    const cancel = () => void reader.cancel().catch(() => {});
    signal?.addEventListener("abort", cancel);
    try {
      for (;;) {
        const { value } = await reader.read();
        if (!value || !take(value)) return;
      }
    } finally {
      signal?.removeEventListener("abort", cancel);
      cancel();
    }
  };
}

/** Reads a stream of Node. The reader rejects with a {@link RawBodyError} if something has read it before. */
function nodeReader(stream: NodeBody): BodyReader {
  return (take) =>
    new Promise((resolve, reject) => {
      if (stream.readableDidRead) throw new RawBodyError();
      // A parser may have come to the end of a body that was empty.
      if (stream.readableEnded) resolve(undefined);
      stream.on("data", (chunk) => {
        if (!take(chunk)) stream.pause();
      });
      stream.on("end", resolve);
      stream.on("error", reject);
    });
}

/** The bounds of what is kept of bodies that are not verified yet. */
export interface IntakeBounds {
  /** The most bytes of one body. */
  readonly maxBodyBytes: number;
  /** The longest that a body may take to arrive, in milliseconds. */
  readonly bodyTimeout: number;
  /** The most bytes of all bodies together. */
  readonly maxPendingBytes: number;
}

/** Reads a body, and passes it to `use`. */
export type Intake = <Result>(source: BodySource, use: (body: Uint8Array) => Promise<Result>) => Promise<Result>;

/**
 * Reads bodies within bounds: whatever strangers send, and however slowly, no more than `maxPendingBytes` are kept of it.
 * Where there is no more room, the body that has been arriving the longest goes: those of honest senders arrive at once.
 */
export function createIntake({ maxBodyBytes, bodyTimeout, maxPendingBytes }: IntakeBounds): Intake {
  const arriving = new Set<AbortController>();
  let pending = 0;

  return async (source, use) => {
    const arrival = new AbortController();
    let counted = 0;
    const count = (bytes: number) => {
      pending += bytes - counted;
      counted = bytes;
    };
    const makeRoom = (bytes: number) => {
      count(bytes);
      for (const oldest of arriving) {
        if (pending <= maxPendingBytes) return;
        oldest.abort(new Refusal("overloaded"));
      }
    };
    const giveUp = () => {
      arriving.delete(arrival);
      count(0);
    };
    arrival.signal.addEventListener("abort", giveUp);
    // A timer takes no more than 24.8 days, and would fire at once.
    const timer =
      bodyTimeout < 2 ** 31 ? setTimeout(() => arrival.abort(new Refusal("incomplete_body")), bodyTimeout) : undefined;
    try {
      arriving.add(arrival);
      const body = await arrived(readBody(readerOf(source), maxBodyBytes, arrival.signal, makeRoom));
      arriving.delete(arrival);
      clearTimeout(timer);
      return await use(body);
    } finally {
      clearTimeout(timer);
      giveUp();
    }
  };
}

/** The body, or why it did not arrive. */
async function arrived(reading: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof DeliveryError || error instanceof Refusal ? error : new Refusal("incomplete_body", error);
  }
}
