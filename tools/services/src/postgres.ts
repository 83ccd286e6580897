import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { findPostgres } from "./find.ts";
import { type Service, startService } from "./service.ts";

/**
 * Starts a Postgres with an empty database. It ends with `close()` and with the process that started it, whatever ends
 * that.
 *
 * @throws {Error} if there is no Postgres, or it cannot be started.
 */
export async function startPostgres(): Promise<Service> {
  const programs = findPostgres();
  if (!programs) throw new Error("There is no Postgres on this machine.");
  return startService(
    (port, folder) => {
      const data = join(folder, "data");
      const settings = {
        port,
        listen_addresses: "127.0.0.1",
        unix_socket_directories: "",
        max_connections: 200,
        // The data does not outlive the machine anyway.
        fsync: "off",
        full_page_writes: "off",
      };
      return {
        user: otherUser(),
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

/** Who is to run Postgres where we are root, which it refuses: its own user, or else one with no rights. */
function otherUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const idOf = (flag: string) => Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: idOf("-u"), gid: idOf("-g") };
    } catch {
      // There is no such user.
    }
  }
  throw new Error("Postgres does not run as root, and there is neither a user `postgres` nor `nobody` to run it as.");
}
