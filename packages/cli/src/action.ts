import type { Output } from "./output.ts";

/** The streams and the variables of the process. Tests give others. */
export interface Host {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** The token that a command calls the API with, and where the address and the token are from, such as `MINDBRIDGE_API_TOKEN` or `the profile acme`. */
export interface Access {
  urlFrom?: string;
  token?: string | undefined;
  tokenFrom?: string;
}

/** What a command has besides its options. */
export interface Context extends Host {
  readonly output: Output;
  /** Empty, until the command makes a client: errors name what it then holds, and nothing prints the token. */
  readonly access: Access;
  /** Whether stdin and stderr are terminals, so that somebody can be asked. */
  readonly interactive: boolean;
  /** Aborted by SIGINT and SIGTERM. A command that runs until then ends cleanly; any other stops. */
  readonly signal: AbortSignal;
}

/** A command: it does its work, and resolves to its exit code, one of `EXIT`. */
export type Action<Options> = (options: Options, context: Context) => Promise<number>;

/** Makes the function that commander calls for a command: it loads the action, and runs it with the options. */
export type Run = <Options>(
  load: () => Promise<Action<Options>>,
) => (options: Options & { json?: true | undefined }) => Promise<void>;

/** The exit codes of every command. Scripts rely on them: a code never changes its meaning. */
export const EXIT = {
  /** The command did what it was asked to do. */
  success: 0,
  /** It did not: the API refused, a signature does not verify, an endpoint gave a wrong answer. */
  failure: 1,
  /** The command was used wrongly: an unknown or missing option, or an impossible value. Nothing was done. */
  usage: 2,
  /** It was interrupted (SIGINT, SIGTERM), or the user did not agree, before it was done. */
  interrupted: 130,
} as const;
