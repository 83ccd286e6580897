import { defineConfig } from "vitest/config";
import { type PoolOptions, ThreadsPoolWorker, type WorkerRequest } from "vitest/node";

/**
 * A thread that outlives a run of the tests. vitest ends its threads after each run, and Stryker runs the tests once for each mutant:
 * to load the generator's libraries each time would take several times longer than the tests, which are done in four minutes.
 */
class LastingThread extends ThreadsPoolWorker {
  #isRunning = false;
  #listeners: Parameters<ThreadsPoolWorker["on"]>[] = [];

  override async start(): Promise<void> {
    if (!this.#isRunning) await super.start();
    this.#isRunning = true;
  }

  override on(...listener: Parameters<ThreadsPoolWorker["on"]>): void {
    this.#listeners.push(listener);
    super.on(...listener);
  }

  override send(message: WorkerRequest): void {
    if (message.type !== "stop") {
      super.send(message);
      return;
    }
    // The thread would no longer listen.
    for (const [event, listener] of this.#listeners) {
      if (event === "message") listener({ type: "stopped", __vitest_worker_response__: true });
    }
  }

  override async stop(): Promise<void> {
    for (const listener of this.#listeners.splice(0)) super.off(...listener);
  }
}

let thread: LastingThread | undefined;

/** How Stryker runs the tests of the generator. */
export default defineConfig({
  plugins: [
    {
      name: "lasting-thread",
      configureVitest({ project }) {
        // Stryker sets the pool, and takes only the names of vitest's own.
        Object.assign(project.config, {
          pool: "lasting-thread",
          poolRunner: {
            name: "lasting-thread",
            createPoolWorker: (options: PoolOptions) => (thread ??= new LastingThread(options)),
          },
        });
      },
    },
  ],
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["tools/mutation-tests/no-mutant.ts"],
    isolate: false,
    testTimeout: 20_000,
  },
});
