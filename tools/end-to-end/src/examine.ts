import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./installation.ts";
import type { App } from "./processes.ts";

const MAIN = fileURLToPath(new URL("dist/main.js", import.meta.resolve("@mindbridge-sdk/cli/package.json")));

/** Runs the built `mindbridge`, and resolves with what it did once it has ended. */
function mindbridge(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN, ...args], { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      // A number is its exit code; else it was not run to its end.
      const code = error ? error.code : 0;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(error);
    });
  });
}

/** A key pair of `mindbridge trigger`, which is gone when this is disposed of. */
export interface SigningKey extends AsyncDisposable {
  /** What `--key-file` takes. */
  readonly file: string;
  /** What the app under test verifies with. */
  readonly publicKey: string;
}

/** Has `mindbridge` make a key pair of its own. */
export async function createSigningKey(): Promise<SigningKey> {
  const { path, ...disposable } = await temporaryFolder("signing-key");
  const file = join(path, "signing-key");
  const { stdout } = await mindbridge(["public-key", "--key-file", file]);
  return { file, publicKey: stdout.trim(), ...disposable };
}

/** What `mindbridge trigger --all --json` found. */
export interface Examination {
  /** Its exit code. */
  readonly code: number;
  /** The cases that were answered wrongly, or could not be checked: what was sent, and the answer. */
  readonly notRight: readonly string[];
  /** The names of the mistakes that it sees in them. */
  readonly mistakes: readonly string[];
}

/** The part of the report that is looked at. */
interface Report {
  readonly mistakes: readonly { readonly name: string }[];
  readonly cases: readonly { readonly name: string; readonly answer: string; readonly verdict: string }[];
}

/**
 * Examines an app with `mindbridge trigger --all`, with nothing left unchecked: what `effect` matches in the output of the app is
 * counted as the effects of deliveries, and `data.analysisId=fail` is what it cannot handle, as each example says.
 *
 * @throws {Error} with what the command printed, if that is no report.
 */
export async function examine(
  app: Pick<App, "url" | "output">,
  key: Pick<SigningKey, "file">,
  { effect = /^Analysis \S+ is complete\.$/gm }: { readonly effect?: RegExp } = {},
): Promise<Examination> {
  // Of what the app has printed before it answered, nothing is to be read after this: that is done once the events at hand are.
  await using effects = await serve(async () => {
    await new Promise(setImmediate);
    return `${app.output().match(effect)?.length ?? 0}`;
  });
  const options = { to: app.url, "key-file": key.file, effects: effects.url, failing: "data.analysisId=fail" };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const { code, stdout, stderr } = await mindbridge(["trigger", "--all", "--json", ...flags]);
  const { cases, mistakes } = JSON.parse(stdout) as Partial<Report>;
  if (!cases?.length || !mistakes) throw new Error(`mindbridge trigger: ${stdout}${stderr}`);
  return {
    code,
    notRight: cases.filter((each) => each.verdict !== "right").map(({ name, answer }) => `${name}: ${answer}`),
    mistakes: mistakes.map(({ name }) => name),
  };
}

/** A server on a free port of this machine that answers with a text. */
async function serve(answer: () => Promise<string>): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer((_request, response) => void answer().then((text) => response.end(text)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
