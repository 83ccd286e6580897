import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { RUNTIMES_FOLDER } from "./runtimes.ts";

/** What a worker may use is said by a date. */
const COMPATIBILITY_DATE = "2026-01-01";

/** A workerd that serves a worker on a free port of this machine. */
export interface Workerd extends AsyncDisposable {
  readonly url: string;
}

/** Starts it for a bundled worker; the configuration is written beside that. */
export async function startWorkerd(worker: string): Promise<Workerd> {
  const configuration = join(dirname(worker), "workerd.capnp");
  await writeFile(
    configuration,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "${worker.slice(dirname(worker).length + 1)}")],
      compatibilityDate = "${COMPATIBILITY_DATE}",
      globalOutbound = "network",
    )),
    (name = "network", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`,
  );
  const command = join(RUNTIMES_FOLDER, "node_modules/workerd/bin/workerd");
  const child = spawn(command, ["serve", configuration, "--control-fd=3"], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const exited = once(child, "exit");
  const control = child.stdio[3] as Readable;
  for await (const line of createInterface(control)) {
    const { event, port } = JSON.parse(line) as { event: string; port: number };
    if (event !== "listen") continue;
    return {
      url: `http://127.0.0.1:${port}`,
      [Symbol.asyncDispose]: async () => {
        child.kill("SIGKILL");
        await exited;
      },
    };
  }
  throw new Error("workerd ended before it listened: what it printed is above.");
}
