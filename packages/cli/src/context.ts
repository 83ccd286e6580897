import type { Output } from "./output.ts";

/** What a command has besides its options, so that a test can give it other streams and another environment. */
export interface Context {
  readonly output: Output;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  /** Whether there is someone to ask: stdin and stderr, where questions stand, are terminals. */
  readonly interactive: boolean;
  /** Aborted by SIGINT and SIGTERM: a command that runs until then ends cleanly, any other stops. */
  readonly signal: AbortSignal;
}

/** A command: it does its work, and resolves to its exit code, one of `EXIT`. */
export type Action<Options> = (options: Options, context: Context) => Promise<number>;
