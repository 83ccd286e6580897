import { Help, Option } from "@commander-js/extra-typings";

/** Describes an option for `--help`. Nothing is said of a default that is an empty list: it is not given. */
export function describeOption(option: Option): string {
  const { flags, description, defaultValue } = option;
  const isEmpty = Array.isArray(defaultValue) && defaultValue.length === 0;
  return new Help().optionDescription(isEmpty ? new Option(flags, description) : option);
}

/** The lines of `--help` on where to begin. */
export const EXAMPLES_HELP = `Examples:
  $ mindbridge mock
  $ mindbridge webhooks get 66e0a4f7c2d81b0013fe5a90
  $ mindbridge trigger --all --to http://127.0.0.1:3000/webhooks
  $ mindbridge listen --forward http://127.0.0.1:3000/webhooks
  $ mindbridge verify --key whpk_… --headers headers.txt --body body.json
  $ mindbridge help trigger`;

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
