import { BodyTooLargeError } from "../errors/body-too-large-error.ts";
import { DeliveryError } from "../errors/delivery-error.ts";
import { Refusal } from "./answers.ts";

/**
 * Gives the bytes of a body to `take` as they come, and resolves at the end of it. Where `take` answers `false`, it is to
 * stop reading: the rest is not wanted.
 */
export type BodyReader = (take: (chunk: Uint8Array) => boolean) => Promise<unknown>;

/** The bounds of what is kept of bodies that are not verified yet. */
export interface IntakeBounds {
  /** The most bytes of one body. */
  readonly maxBodyBytes: number;
  /** The longest that a body may take to arrive, in milliseconds. */
  readonly bodyTimeout: number;
  /** The most bytes of all bodies together. */
  readonly maxPendingBytes: number;
}

/**
 * Reads bodies, and passes each to `use`, within bounds: whatever strangers send, and however slowly, no more than
 * `maxPendingBytes` are kept of it. Where there is no more room, the body that has been arriving the longest goes, since
 * those of honest senders arrive at once.
 */
export function createIntake({ maxBodyBytes, bodyTimeout, maxPendingBytes }: IntakeBounds) {
  const arriving = new Set<{ stop(why: unknown): void }>();
  let pending = 0;

  return async <T>(read: BodyReader, use: (body: Uint8Array) => Promise<T>): Promise<T> => {
    // One buffer that grows: a list of chunks would take hundreds of bytes for each byte of who sends them one by one.
    let buffer: Uint8Array = new Uint8Array();
    let size = 0;
    const resize = (bytes: number) => {
      pending += bytes - size;
      size = bytes;
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const body = await new Promise<Uint8Array>((resolve, reject) => {
        const entry = {
          stop(why: unknown) {
            arriving.delete(entry);
            buffer = new Uint8Array();
            resize(0);
            reject(why);
          },
        };
        arriving.add(entry);
        const take = (chunk: Uint8Array) => {
          const start = size;
          const end = start + chunk.length;
          if (!arriving.has(entry)) return false;
          if (end > maxBodyBytes) {
            entry.stop(new BodyTooLargeError(maxBodyBytes));
            return false;
          }
          resize(end);
          for (const oldest of arriving) {
            if (pending <= maxPendingBytes) break;
            oldest.stop(new Refusal("overloaded"));
          }
          if (!arriving.has(entry)) return false;
          if (!start) buffer = chunk;
          else {
            if (end > buffer.length) {
              const larger = new Uint8Array(Math.min(maxBodyBytes, 2 * end));
              larger.set(buffer);
              buffer = larger;
            }
            buffer.set(chunk, start);
          }
          return true;
        };
        const stop = (error?: unknown) =>
          entry.stop(error instanceof DeliveryError ? error : new Refusal("incomplete_body", error));
        // A timer takes no more than 24.8 days, and would fire at once.
        if (bodyTimeout < 2 ** 31) timer = setTimeout(stop, bodyTimeout);
        read(take)
          .then(() => {
            arriving.delete(entry);
            return resolve(buffer.subarray(0, size));
          })
          .catch(stop);
      });
      return await use(body);
    } finally {
      clearTimeout(timer);
      resize(0);
    }
  };
}
