import { readFileSync } from "node:fs";
import { type OutgoingHttpHeaders, request } from "node:http";
import { basename, join } from "node:path";
import { createTestSigner, deliveries, signDelivery, type TamperedDelivery, tampered } from "@mindbridge-sdk/testing";
import { build, type Plugin } from "esbuild";
import { type App, startApp } from "../processes.ts";
import { startWorker } from "../workerd.ts";
import { RUNTIMES_FOLDER, type Runtime } from "./runtimes.ts";
import type { Result, Servers } from "./suite.ts";

/** In milliseconds, for all cases in one runtime. */
const LIMIT = 120_000;
const WORKERD = join(RUNTIMES_FOLDER, "node_modules/workerd/bin/workerd");

/** Runs every case in a runtime, and sends it deliveries, with the packages that are installed in `folder`. */
export async function runIn(runtime: Runtime, folder: string, servers: Servers): Promise<Result[]> {
  await using app = await start(runtime, folder);
  const response = await fetch(`${app.url}/cases`, {
    method: "POST",
    body: JSON.stringify(servers),
    signal: AbortSignal.timeout(LIMIT),
  });
  if (!response.ok) throw new Error(`It answered ${response.status}: ${await response.text()}\n${app.output()}`);
  return [...((await response.json()) as Result[]), ...(await deliverTo(`${app.url}/`))];
}

/** The exact version of a runtime. */
export function versionOf({ installed }: Runtime): string {
  if (installed === undefined) return process.versions.node;
  return JSON.parse(readFileSync(join(RUNTIMES_FOLDER, "node_modules", installed, "package.json"), "utf8")).version;
}

async function start({ command }: Runtime, folder: string): Promise<App> {
  if (command === undefined) {
    const contents = 'import { answer } from "./suite.ts"; export default { fetch: answer };';
    await bundle({ stdin: { contents, resolveDir: import.meta.dirname }, plugins: [installedPackages(folder)] });
    return startWorker(folder, { workerd: WORKERD, compatibilityDate: "2026-01-01" });
  }
  const program = await bundle({ entryPoints: [join(import.meta.dirname, "program.ts")], packages: "external" });
  const [runtime, ...args] = command;
  return startApp({ command: runtime, args: [...args, program], cwd: folder });

  async function bundle(options: Parameters<typeof build>[0]): Promise<string> {
    const outfile = join(folder, options.stdin ? "worker.js" : "program.js");
    await build({ ...options, outfile, bundle: true, format: "esm", target: "es2023", logLevel: "error" });
    return basename(outfile);
  }
}

/** Has esbuild take the packages from `folder`, and not from this repository. */
function installedPackages(folder: string): Plugin {
  return {
    name: "installed-packages",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^@mindbridge-sdk\// }, ({ path, kind, resolveDir }) =>
        resolveDir.startsWith(folder) ? undefined : resolve(path, { kind, resolveDir: folder }),
      );
    },
  };
}

/** What is sent to an endpoint over a socket: a genuine delivery, every attack, and the genuine delivery again. */
export async function deliveriesToSend(): Promise<(TamperedDelivery & { name: string; status: number })[]> {
  const signer = await createTestSigner({ publishedTestKey: true });
  const event = deliveries.analysisCompleted();
  const genuine = { ...(await signDelivery(event, { signer })), status: 204 };
  const attacks = await tampered({ event, signer });
  return [
    { ...genuine, name: "over a socket: a genuine delivery" },
    ...attacks.map(({ name, status, delivery }) => ({ ...delivery, name: `over a socket: ${name}`, status })),
    { ...genuine, name: "over a socket: the genuine delivery again" },
  ];
}

async function deliverTo(url: string): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, headers, body, status } of await deliveriesToSend()) {
    const answered = await send(url, headers, body);
    results.push({ name, ...(answered !== status && { failure: `expected ${status}, got ${answered}` }) });
  }
  return results;
}

/** Sends over a connection of its own, a line for each value of a header. Resolves to the status. */
function send(url: string, headers: OutgoingHttpHeaders, body: string) {
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent: false }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    sent.on("error", reject).end(body);
  });
}
