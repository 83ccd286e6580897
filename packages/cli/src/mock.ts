import { once } from "node:events";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { type AnsweredRequest, createTestApi } from "@mindbridge-sdk/testing/test-api";
import { type Context, EXIT } from "./action.ts";
import { portInUse } from "./addresses.ts";
import type { Output } from "./output.ts";
import { printableLine } from "./printable.ts";

/** The options of `mindbridge mock`. */
export interface MockOptions {
  /** 0 for a free one. */
  readonly port: number;
  readonly stateful?: true | undefined;
}

/** A mock that listens. */
interface Mock extends AsyncDisposable {
  readonly url: string;
  /** Resolves to an error if it ends by itself. */
  readonly exited?: Promise<Error | undefined>;
}

/**
 * Serves a mock of the API until it is interrupted: the contract of the installed `@mindbridge-sdk/spec` with Prism or, with
 * `--stateful`, an API that keeps what it is sent. It prints a line for each request.
 *
 * @throws {MissingPrismError} if Prism is not installed.
 * @throws {Error} if the port is in use; or if Prism does not start, or ends by itself: the message holds its log.
 */
export async function mock({ port, stateful }: MockOptions, { output, signal }: Context): Promise<number> {
  if (signal.aborted) return EXIT.success;
  const onAnswer = (request: AnsweredRequest) => output.tell(lineOf(request, output));
  const started: Promise<Mock> = stateful
    ? createTestApi().listen({ port, onAnswer })
    : startMockServer({ port, onAnswer, signal });
  await using server = await started.catch((error: Error & { readonly code?: unknown }) => {
    if (signal.aborted) return undefined;
    if (`${String(error.code)} ${error.message}`.includes("EADDRINUSE")) throw portInUse(port);
    if (error.code === "missing_prism") error.message += "\n`mindbridge mock --stateful` runs without Prism.";
    throw error;
  });
  if (server === undefined) return EXIT.success;
  const { url } = server;
  output.result({ url }, () =>
    [
      `The mock of the API listens on ${output.style("bold", url)}. Ctrl+C ends it.`,
      "In another terminal:",
      `  export MINDBRIDGE_API_URL=${url}`,
      "  export MINDBRIDGE_API_TOKEN=any-token",
      ...(stateful ? HOW_TO_DELIVER.map((line) => `  ${line.replace("URL", url)}`) : []),
    ].join("\n"),
  );
  const failure = await Promise.race([...(server.exited ? [server.exited] : []), interrupted(signal)]);
  if (failure instanceof Error) throw failure;
  return EXIT.success;
}

const HOW_TO_DELIVER = [
  "# To have it deliver to the webhooks whose url leads to this machine:",
  `curl --data '{"type":"analysis.completed"}' URL/test/deliver`,
];

/** A request that was answered, on a line: `POST /v1/webhooks  422 in 3 ms  body.url: …`. */
function lineOf({ method, path, status, milliseconds, reason }: AnsweredRequest, { style }: Output): string {
  const answer = style(status !== undefined && status < 400 ? "green" : "red", `${status ?? "no answer"}`);
  const why = reason === undefined ? "" : `  ${printableLine(reason)}`;
  return `${method} ${printableLine(path)}  ${answer} in ${milliseconds.toFixed(0)} ms${why}`;
}

async function interrupted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}
