import { LazyAbortController, type Signal } from "./abort.ts";
import { Refusal } from "./answers.ts";
import { BodyTooLargeError, DeliveryError, RawBodyError } from "./errors.ts";
import type { HeadersLike } from "./headers.ts";
import { startTimer } from "./timer.ts";

/** The default of `maxBodyBytes`. */
export const MAX_BODY_BYTES = 1_048_576;

/**
 * Gives the bytes of a body to `take` as they come, and resolves at its end. It must stop reading when `take` returns `false`
 * or `signal` is aborted: the rest is not wanted.
 */
export type BodyReader = (take: (chunk: Uint8Array) => boolean, signal?: AbortSignal) => Promise<unknown>;

/** A reader of our own, which takes either kind of signal. */
type Reader = (take: (chunk: Uint8Array) => boolean, signal?: Signal) => Promise<unknown>;

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

/** A source to read a body from. */
export type BodySource = BodyReader | NodeBody | UnreadRequest;

/** Whether a body is still to be read. */
export function isBodySource(body: unknown): body is BodySource {
  if (typeof body === "function") return true;
  return typeof body === "object" && body !== null && ("arrayBuffer" in body || "readableDidRead" in body);
}

/**
 * All bytes of a body.
 *
 * @param held Told how many bytes of memory hold what has come so far, each time that these get more.
 * @throws {RawBodyError} if it does not come as bytes.
 * @throws {BodyTooLargeError} if it is longer than `limit` bytes. It is read no further.
 * @throws the reason of `signal`, or what `read` rejects with.
 */
export function readBody(
  read: Reader,
  limit: number,
  signal: Signal | undefined,
  held: (bytes: number) => void = () => {},
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // One buffer that grows. Where bytes come one by one, a list of chunks would take hundreds of bytes for each.
    let buffer: Uint8Array = new Uint8Array();
    let length = 0;
    let isWanted = true;
    const end = () => {
      isWanted = false;
      signal?.removeEventListener("abort", abort);
    };
    const stop = (why: unknown) => {
      end();
      buffer = new Uint8Array();
      reject(why);
    };
    const abort = () => stop(signal?.reason);
    const take = (chunk: Uint8Array) => {
      // After request.setEncoding(), chunks are strings.
      if (!ArrayBuffer.isView(chunk)) stop(new RawBodyError());
      else if (length + chunk.length > limit) stop(new BodyTooLargeError(limit));
      if (!isWanted) return false;
      buffer = appended(buffer, length, chunk, limit);
      length += chunk.length;
      held(buffer.buffer.byteLength);
      return isWanted;
    };
    signal?.throwIfAborted();
    signal?.addEventListener("abort", abort);
    read(take, signal)
      .finally(end)
      .then(() => resolve(buffer.subarray(0, length)), stop);
  });
}

/** The first `length` bytes of `buffer`, and `chunk` behind them: in `buffer`, if there is room. */
function appended(buffer: Uint8Array, length: number, chunk: Uint8Array, limit: number): Uint8Array {
  const end = length + chunk.length;
  // A chunk can be a small part of a large buffer, which would live as long as the chunk.
  if (length === 0 && chunk.length * 2 > chunk.buffer.byteLength) return chunk;
  const roomy = end <= buffer.length ? buffer : new Uint8Array(Math.min(limit, 2 * end));
  if (roomy !== buffer) roomy.set(buffer.subarray(0, length));
  roomy.set(chunk, length);
  return roomy;
}

/** How to read what an adapter has. */
function readerOf(source: BodySource, controller: LazyAbortController): Reader {
  if (typeof source === "function") return (take) => source(take, controller.signal);
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
 * Up to this Content-Length, in bytes, the body of a `Request` is read in one go: under Hono, that takes a quarter off the
 * time of a delivery. It cannot be given up half-way, so a longer one is not.
 */
const SMALL = 65_536;

/** The bytes of a body that is read in one go, which are held from the start; else 0. */
function announcedBytes(source: BodySource): number {
  if (typeof source === "function" || !("arrayBuffer" in source)) return 0;
  const length = Number(source.headers.get("content-length"));
  return length > 0 && length <= SMALL ? length : 0;
}

/**
 * Reads the body of a `Request`.
 *
 * The reader rejects with a {@link RawBodyError} if something has read it before, or with the error of its stream.
 */
export function requestReader(request: UnreadRequest): Reader {
  return async (take, signal) => {
    if (request.bodyUsed) throw new RawBodyError();
    if (announcedBytes(request) > 0) {
      take(new Uint8Array((await request.arrayBuffer()) as ArrayBuffer));
      return;
    }
    const stream = request.body as WebStream | null;
    if (stream?.locked) throw new RawBodyError();
    if (!stream) return;
    const reader = stream.getReader();
    // We do not wait for it, since the other side may take its time. At the end of the stream it does nothing.
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
function nodeReader(stream: NodeBody): Reader {
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

/** The bounds on bodies that are not verified yet. */
export interface IntakeBounds {
  /** The most bytes of one body. */
  readonly maxBodyBytes: number;
  /** The longest that a body may take to arrive, in milliseconds. */
  readonly bodyTimeout: number;
  /** The most bytes of memory that hold all bodies together. */
  readonly maxPendingBytes: number;
}

/** Reads a body, and passes it to `verify`, which must stop where `signal` is aborted. */
export type Intake = <Result>(
  body: Uint8Array | string | BodySource,
  verify: (body: Uint8Array | string, signal: LazyAbortController) => Promise<Result>,
  aborted: AbortSignal | undefined,
) => Promise<Result>;

/**
 * Reads bodies and has them verified within bounds: whatever strangers send, and however slowly, at most `maxPendingBytes`
 * of memory hold it. When there is no more room, the body that has been here the longest goes. The bodies of honest senders
 * arrive at once, and so do their keys, so they are never the oldest for long.
 */
export function createIntake({ maxBodyBytes, bodyTimeout, maxPendingBytes }: IntakeBounds): Intake {
  const unverified = new Set<LazyAbortController>();
  let pending = 0;

  return async (body, verify, aborted) => {
    const controller = new LazyAbortController();
    let counted = 0;
    const count = (bytes: number) => {
      pending += bytes - counted;
      counted = bytes;
    };
    const hold = (bytes: number) => {
      count(bytes);
      for (const oldest of unverified) {
        if (pending <= maxPendingBytes) return;
        oldest.abort(new Refusal("overloaded"));
      }
    };
    const leave = () => {
      unverified.delete(controller);
      count(0);
    };
    const abort = () => controller.abort(new Refusal("aborted", aborted?.reason));
    controller.addEventListener("abort", leave);
    aborted?.addEventListener("abort", abort);
    unverified.add(controller);
    try {
      if (aborted?.aborted) abort();
      let bytes = body;
      if (isBodySource(bytes)) {
        hold(announcedBytes(bytes));
        bytes = await arrived(readerOf(bytes, controller), maxBodyBytes, bodyTimeout, controller, hold);
      }
      // Verifying makes a copy.
      hold(counted + (typeof bytes === "string" || ArrayBuffer.isView(bytes) ? bytes.length : 0));
      controller.throwIfAborted();
      return await verify(bytes, controller);
    } finally {
      leave();
      aborted?.removeEventListener("abort", abort);
    }
  };
}

/** The bytes of a body, unless they take longer than `timeout` milliseconds. */
async function arrived(
  read: Reader,
  limit: number,
  timeout: number,
  controller: LazyAbortController,
  hold: (bytes: number) => void,
): Promise<Uint8Array> {
  const stopTimer = startTimer(timeout, () => controller.abort(new Refusal("incomplete_body")));
  try {
    return await readBody(read, limit, controller, hold);
  } catch (error) {
    throw error instanceof DeliveryError || error instanceof Refusal ? error : new Refusal("incomplete_body", error);
  } finally {
    stopTimer();
  }
}
