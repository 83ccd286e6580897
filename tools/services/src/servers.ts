import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findPostgres, findRedis } from "./programs.ts";
import { type Service, startService } from "./service.ts";

/**
 * Starts a Redis. It ends with `close()`, and also when the process that started it ends, for whatever reason.
 *
 * @param options With `durable`, each write is on disk before it is answered, and outlasts a restart.
 * @throws {Error} if `redis-server` is missing or cannot be started.
 */
export async function startRedis({ durable = false } = {}): Promise<Service> {
  const program = findRedis();
  if (!program) throw new Error("redis-server is not installed on this machine.");
  return startService(
    (port) => {
      const settings = {
        port: `${port}`,
        bind: "127.0.0.1",
        save: "",
        appendonly: durable ? "yes" : "no",
        appendfsync: "always",
      };
      return { commands: [[program, ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])]] };
    },
    (port) => `redis://127.0.0.1:${port}`,
  );
}

/**
 * Starts a Postgres with an empty database. It ends with `close()`, and also when the process that started it ends, for
 * whatever reason.
 *
 * @throws {Error} if Postgres is missing or cannot be started.
 */
export async function startPostgres(): Promise<Service> {
  const programs = findPostgres();
  if (!programs) throw new Error("Postgres is not installed on this machine.");
  return startService(
    (port, folder) => {
      const data = join(folder, "data");
      const settings = {
        port,
        listen_addresses: "127.0.0.1",
        unix_socket_directories: "",
        max_connections: 200,
        // The data is thrown away in the end.
        fsync: "off",
        full_page_writes: "off",
      };
      return {
        user: unprivilegedUser(),
        commands: [
          [
            join(programs, "initdb"),
            "--no-sync",
            "--no-instructions",
            "--no-locale",
            "--encoding=UTF8",
            "--auth=trust",
            "--username=postgres",
            `--pgdata=${data}`,
          ],
          [
            join(programs, "postgres"),
            "-D",
            data,
            ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
          ],
        ],
      };
    },
    (port) => `postgres://postgres@127.0.0.1:${port}/postgres`,
  );
}

/** Postgres refuses to run as root. If we are root, this is the user to run it as. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const idOf = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: idOf("-u"), gid: idOf("-g") };
    } catch {
      // This user does not exist.
    }
  }
  throw new Error("Postgres does not run as root, and this machine has neither a user `postgres` nor `nobody`.");
}
