import { once } from "node:events";
import { startMockServer } from "@mindbridge-sdk/testing/mock-server";
import { type Context, EXIT } from "./action.ts";
import { portInUse } from "./addresses.ts";

/** The options of `mindbridge mock`. */
export interface MockOptions {
  /** 0 for a free one. */
  readonly port: number;
}

/**
 * Serves the contract of the installed `@mindbridge-sdk/spec` with Prism until it is interrupted.
 *
 * @throws {MissingPrismError} if Prism is not installed.
 * @throws {Error} if the port is in use; or if Prism does not start, or ends by itself: the message holds its log.
 */
export async function mock({ port }: MockOptions, { output, signal }: Context): Promise<number> {
  if (signal.aborted) return EXIT.success;
  await using server = await startMockServer({ port }).catch((error: Error) => {
    throw error.message.includes("EADDRINUSE") ? portInUse(port) : error;
  });
  const { url } = server;
  output.result({ url }, () =>
    [
      `The mock of the MindBridge API listens on ${output.style("bold", url)}. Interrupt it to end it (Ctrl+C).`,
      "In another terminal:",
      `  export MINDBRIDGE_API_URL=${url}`,
      "  export MINDBRIDGE_API_TOKEN=any-token",
    ].join("\n"),
  );
  const failure = await Promise.race([server.exited, signal.aborted ? undefined : once(signal, "abort")]);
  if (failure instanceof Error) throw failure;
  return EXIT.success;
}
