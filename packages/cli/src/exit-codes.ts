/** What the exit code of every command says, to scripts too: a code never changes its meaning. */
export const EXIT = {
  /** What was asked for was done. */
  success: 0,
  /** It was not: the API refused, a signature does not verify, an endpoint gave a wrong answer. */
  failure: 1,
  /** The command was used wrongly: an unknown or missing option, a value that cannot be. Nothing was done. */
  usage: 2,
  /** It was interrupted (SIGINT, SIGTERM), or whoever was asked did not agree, before it was done. */
  interrupted: 130,
} as const;
