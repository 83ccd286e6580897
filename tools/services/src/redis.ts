import { findRedis } from "./find.ts";
import { type Service, startService } from "./service.ts";

/**
 * Starts a Redis that keeps everything in memory. It ends with `close()` and with the process that started it, whatever
 * ends that.
 *
 * @throws {Error} if there is no `redis-server`, or it cannot be started.
 */
export async function startRedis(): Promise<Service> {
  const program = findRedis();
  if (!program) throw new Error("There is no redis-server on this machine.");
  return startService(
    (port) => ({
      commands: [[program, "--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]],
    }),
    (port) => `redis://127.0.0.1:${port}`,
  );
}
