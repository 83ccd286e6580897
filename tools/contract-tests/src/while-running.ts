import { setTimeout } from "node:timers/promises";
import type { MockServer } from "@mindbridge-sdk/testing/mock-server";

/** A crash cuts the connections a moment before the end of the process is known. In milliseconds. */
const NOTICE = 500;

/**
 * Resolves or rejects as `work` does, unless the mock server ends by itself: then any error of `work` follows from that.
 *
 * @throws {Error} with the log of the mock server, if it has ended.
 */
export async function whileRunning<T>({ exited }: Pick<MockServer, "exited">, work: Promise<T>): Promise<T> {
  const ended = exited.then((error): never => {
    throw error ?? new Error("The mock server was closed while it was in use.");
  });
  try {
    return await Promise.race([ended, work]);
  } catch (error) {
    const timer = new AbortController();
    const notice = setTimeout(NOTICE, undefined, { signal: timer.signal }).catch(() => undefined);
    try {
      await Promise.race([ended, notice]);
    } finally {
      timer.abort();
    }
    throw error;
  }
}
