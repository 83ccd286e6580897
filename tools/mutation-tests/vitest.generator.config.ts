import { defineConfig } from "vitest/config";
import {
  BaseSequencer,
  type PoolOptions,
  type TestSpecification,
  ThreadsPoolWorker,
  type WorkerRequest,
} from "vitest/node";

/** Parts of the paths of the tests that notice most, and so run first: at the first failure the rest is left out. */
const FIRST = ["/names.test", "/every-form.test", "/checks/", "/generate.test"];

class LikelyFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = FIRST.findIndex((part) => moduleId.includes(part));
      return index < 0 ? FIRST.length : index;
    };
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

/**
 * A thread that outlives a run of the tests. vitest ends its threads after each, and Stryker has a run for each mutant:
 * loading the libraries again would take several times longer than the tests.
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

/** How Stryker runs the tests of the generator, from the root of the repository. */
export default defineConfig({
  plugins: [
    {
      name: "lasting-thread",
      configureVitest({ project }) {
        // Stryker sets the pool, and takes the names of vitest's own only.
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
    include: ["tools/generator/test/**/*.test.ts", "tools/mutation-tests/checks/*.test.ts"],
    setupFiles: ["tools/mutation-tests/checks/no-mutant.ts"],
    isolate: false,
    testTimeout: 20_000,
    sequence: { sequencer: LikelyFirst },
  },
});
