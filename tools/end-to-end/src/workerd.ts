import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type App, type AppOptions, startApp } from "./processes.ts";

/** What a Worker has, as `wrangler.json` would say. */
export interface Worker {
  /** The executable of workerd. What stands in `.bin` would start it as another process, which would outlive that. */
  readonly workerd: string;
  readonly compatibilityDate: string;
  /** The variables of the Worker. */
  readonly vars?: Readonly<Record<string, string>>;
  /** The bindings that are Durable Objects, by their class. Each class has a SQLite database. */
  readonly durableObjects?: Readonly<Record<string, string>>;
}

/** Runs the bundled `worker.js` of a folder in workerd, on a free port. It may call servers of this machine. */
export async function startWorker(folder: string, worker: Worker): Promise<App> {
  const { workerd: command, vars: env = {} } = worker;
  await writeFile(join(folder, "workerd.capnp"), configurationOf(worker));
  await mkdir(join(folder, "disk"), { recursive: true });
  const options: AppOptions = { command, args: ["serve", "workerd.capnp", "--control-fd=1"], cwd: folder, env };
  const app = await startApp({ ...options, listening: /"event":"listen","socket":"http","port":(\d+)/ });
  return { ...app, url: `http://127.0.0.1:${app.url}` };
}

/** The same in the language of workerd. */
function configurationOf({ compatibilityDate, vars = {}, durableObjects = {} }: Worker): string {
  const classes = [...new Set(Object.values(durableObjects))];
  const bindings = [
    ...Object.entries(durableObjects).map(([name, each]) => `(name = "${name}", durableObjectNamespace = "${each}")`),
    ...Object.keys(vars).map((name) => `(name = "${name}", fromEnvironment = "${name}")`),
  ];
  const namespaces = classes.map((name) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "${compatibilityDate}",
      globalOutbound = "network",
      bindings = [${bindings.join(", ")}],
      durableObjectNamespaces = [${namespaces.join(", ")}],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "network", network = (allow = ["private", "public"])),
    (name = "disk", disk = (path = "disk", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`;
}
