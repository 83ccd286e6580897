import { type MockServer, type MockServerOptions, startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { afterAll, beforeAll } from "vitest";
import { whileRunning } from "../src/while-running.ts";

/** One mock server for all tests of a file. */
export interface Mock {
  readonly url: string;
  /** Resolves as `work` does, but rejects with Prism's log if Prism has ended. */
  whileRunning<T>(work: Promise<T>): Promise<T>;
}

/** Starts a mock server before the tests of a file, and ends it after them; if it ends by itself, the file fails. */
export function useMock(options: () => MockServerOptions | Promise<MockServerOptions>): Mock {
  let server: MockServer | undefined;
  const running = (): MockServer => {
    if (server === undefined) throw new Error("The mock server has not been started.");
    return server;
  };
  beforeAll(async () => {
    server = await startMockServer(await options());
  });
  afterAll(async () => {
    await server?.close();
    const error = await server?.exited;
    if (error !== undefined) throw error;
  });
  return {
    get url() {
      return running().url;
    },
    whileRunning: (work) => whileRunning(running(), work),
  };
}
