import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, startApp } from "@mindbridge-sdk/example-tests";
import { build } from "esbuild";

const EXAMPLE = join(import.meta.dirname, "..");

/** The part of `wrangler.json` that this example uses. */
interface WranglerConfiguration {
  readonly main: string;
  readonly compatibility_date: string;
  readonly durable_objects: { readonly bindings: readonly { readonly name: string; readonly class_name: string }[] };
  readonly migrations: readonly { readonly new_sqlite_classes: readonly string[] }[];
  readonly vars: Readonly<Record<string, string>>;
}

/**
 * Bundles the Worker and runs it in workerd, as `wrangler dev` does.
 *
 * @param env In place of the variables of `wrangler.json`.
 * @param source What to run in place of the Worker, with the same bindings.
 */
export async function startWorker(env: Readonly<Record<string, string>>, source?: string): Promise<App> {
  const configuration: WranglerConfiguration = JSON.parse(await readFile(join(EXAMPLE, "wrangler.json"), "utf8"));
  const folder = await mkdtemp(join(tmpdir(), "cloudflare-workers-"));
  await build({
    stdin: {
      contents: source ?? `export * from "./${configuration.main}"; export { default } from "./${configuration.main}";`,
      resolveDir: EXAMPLE,
    },
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    // Outside a folder named node_modules, esbuild warns of an import that it leaves out because nothing of it is used.
    logOverride: { "ignored-bare-import": "silent" },
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*"],
  });
  await writeFile(join(folder, "workerd.capnp"), workerdConfiguration(configuration));
  await mkdir(join(folder, "disk"));
  // Where its executable is: what stands in `.bin` starts that as another process, which would outlive it.
  const { default: workerd } = createRequire(import.meta.url)("workerd") as { default: string };
  const app = await startApp({
    command: workerd,
    args: ["serve", "workerd.capnp", "--control-fd=1"],
    cwd: folder,
    env,
    listening: /"event":"listen","socket":"http","port":(\d+)/,
  });
  return {
    ...app,
    url: `http://127.0.0.1:${app.url}`,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** What `wrangler.json` says, in the form that workerd itself reads. */
function workerdConfiguration({
  compatibility_date: compatibilityDate,
  durable_objects: { bindings },
  migrations,
  vars,
}: WranglerConfiguration): string {
  const classes = migrations.flatMap((each) => each.new_sqlite_classes);
  const list = (items: readonly string[]) => `[${items.join(", ")}]`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "${compatibilityDate}",
      bindings = ${list([
        ...bindings.map((each) => `(name = "${each.name}", durableObjectNamespace = "${each.class_name}")`),
        ...Object.keys(vars).map((name) => `(name = "${name}", fromEnvironment = "${name}")`),
      ])},
      durableObjectNamespaces = ${list(
        classes.map((name) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`),
      )},
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "disk", disk = (path = "disk", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`;
}
