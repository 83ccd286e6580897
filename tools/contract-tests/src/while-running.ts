import { setTimeout } from "node:timers/promises";
import type { MockServer } from "@mindbridge-sdk/testing/mock-server";

/** A process that crashes cuts its connections a moment before its end is known. In milliseconds. */
const NOTICE = 500;

/**
 * Resolves or rejects as `work` does, unless the mock server ends by itself: then what `work` says is a consequence.
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
