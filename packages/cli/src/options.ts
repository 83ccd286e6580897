import { InvalidArgumentError, Option } from "@commander-js/extra-typings";

/** `--json`, which every command has. */
export const jsonOption = (
  description = "print one JSON document on stdout, and everything else on stderr",
): Option<"--json"> => new Option("--json", description);

/** `--verbose`, of every command that leaves something out for people. */
export const verboseOption = (description: string): Option<"--verbose"> => new Option("--verbose", description);

/** `--api-url`, of every command that calls the API. */
export const apiUrlOption = (): Option<"--api-url <url>"> =>
  new Option("--api-url <url>", "the API to call, in place of MINDBRIDGE_API_URL");

/** `--profile`, of every command that calls the API. */
export const profileOption = (): Option<"--profile <name>"> =>
  new Option("--profile <name>", "the address and token of this profile of `mindbridge login`");

/** Reads a port. */
export const readPort = wholeNumber(0, 65_535);

/** Reads a number of seconds, small enough to add to a time. */
export const readSeconds = wholeNumber(0, 999_999_999);

/** Makes a function that reads a whole number. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
  };
}

/** Reads a time: an RFC 3339 date-time, or seconds since the epoch. Returns milliseconds since the epoch. */
export function readTime(text: string): number {
  const time = /^\d{1,12}(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  // A date alone, or a time without a zone, means another time on another machine.
  if (Number.isNaN(time) || (text.includes("-") && !/T.*(?:Z|[+-]\d\d:\d\d)$/i.test(text))) {
    throw new InvalidArgumentError("Give a time such as 2026-03-02T09:15:05Z, or seconds since 1970.");
  }
  return time;
}

/** Collects the values of an option that may be repeated. */
export function collect(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, text];
}

/** Collects the names of hosts, as a `Host` header has them. */
export function collectHosts(text: string, previous: readonly string[] = []): readonly string[] {
  const url = URL.parse(`http://${text}`);
  if (url && url.href === `http://${url.hostname}/`) return [...previous, url.hostname];
  throw new InvalidArgumentError("Give the name of a host alone, such as hooks.example.com.");
}

/** What `--key` takes, for `--help`. */
export const KEY_HELP =
  "the publicKey of the webhook, or @FILE that holds it (PEM, JWK, or what `webhooks get --json` prints); repeat it for several. WEBHOOK_ID=KEY takes a key for that webhook's deliveries alone, as does the file of a webhook";
