import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type App, startWorker as start, temporaryFolder } from "@mindbridge-sdk/end-to-end";
import { build } from "esbuild";

const EXAMPLE = join(import.meta.dirname, "..");

/** The part of `wrangler.json` that this example uses. */
interface WranglerConfiguration {
  readonly main: string;
  readonly compatibility_date: string;
  readonly durable_objects: { readonly bindings: readonly { readonly name: string; readonly class_name: string }[] };
  readonly vars: Readonly<Record<string, string>>;
}

/**
 * Bundles the Worker and runs it in workerd, as `wrangler dev` does.
 *
 * @param vars In place of the variables of `wrangler.json`.
 * @param source What to run in place of the Worker, with the same bindings.
 */
export async function startWorker(vars: Readonly<Record<string, string>>, source?: string): Promise<App> {
  const configuration: WranglerConfiguration = JSON.parse(await readFile(join(EXAMPLE, "wrangler.json"), "utf8"));
  const folder = await temporaryFolder("cloudflare-workers");
  await build({
    stdin: {
      contents: source ?? `export * from "./${configuration.main}"; export { default } from "./${configuration.main}";`,
      resolveDir: EXAMPLE,
    },
    outfile: join(folder.path, "worker.js"),
    bundle: true,
    format: "esm",
    // Outside a folder named node_modules, esbuild warns of an import that it leaves out because nothing of it is used.
    logOverride: { "ignored-bare-import": "silent" },
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*"],
  });
  const { bindings } = configuration.durable_objects;
  const app = await start(folder.path, {
    workerd: (createRequire(import.meta.url)("workerd") as { default: string }).default,
    compatibilityDate: configuration.compatibility_date,
    vars: { ...configuration.vars, ...vars },
    durableObjects: Object.fromEntries(bindings.map((each) => [each.name, each.class_name])),
  });
  return {
    ...app,
    async [Symbol.asyncDispose]() {
      await app.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}
