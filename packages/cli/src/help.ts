/** The lines of `--help` on what is read from the environment. */
export const CONFIGURATION_HELP = `Environment:
  MINDBRIDGE_API_URL    the API, where --api-url is not given: https://acme.mindbridge.ai, or the address of a mock
  MINDBRIDGE_API_TOKEN  the token. It is never an argument, and never printed`;

/** The lines of `--help` on what `exit-codes.ts` lists. */
export const EXIT_CODES_HELP = `Exit codes:
  0    done
  1    not done: the API refused, a signature does not verify, an endpoint gave a wrong answer
  2    used wrongly: nothing was done
  130  interrupted, or not agreed to when asked`;
