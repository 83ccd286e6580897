import { fork } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { TestSigner } from "@mindbridge-sdk/testing";
import { type Examination, examineEndpoint } from "@mindbridge-sdk/testing/examine";

/** The result of running an example. */
export interface Outcome {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** For an example that serves deliveries. */
  readonly examined?: Examination | undefined;
}

const PROGRAM = join(import.meta.dirname, "program.ts");

/** The webhook whose key the examples ask for. The document may have deliveries of others. */
const WEBHOOK_OF_THE_GUIDES = "66e0a4f7c2d81b0013fe5a90";

/** Runs an example to its end, in its folder. One that serves deliveries is examined with those of `signer`, and then told to stop. */
export async function runExample(file: string, env: NodeJS.ProcessEnv, signer: TestSigner): Promise<Outcome> {
  const child = fork(PROGRAM, [file], {
    cwd: dirname(file),
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    timeout: 30_000,
  });
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const output = Promise.all([child.stdout, child.stderr].map(async (stream) => (stream ? text(stream) : "")));
  const [port] = (await Promise.race([once(child, "message"), closed.then(() => [])])) as [number?];
  let examined: Outcome["examined"];
  if (port !== undefined) {
    examined = await examineEndpoint({
      url: `http://127.0.0.1:${port}/webhooks`,
      signer,
      overrides: { senderId: WEBHOOK_OF_THE_GUIDES },
    });
    child.kill("SIGTERM");
  }
  const [exitCode, signal] = await closed;
  const [stdout = "", stderr = ""] = await output;
  return { exitCode, signal, stdout, stderr, examined };
}
