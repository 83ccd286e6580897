import { InvalidArgumentError, Option } from "@commander-js/extra-typings";

/** `--json`, which every command has. */
export const jsonOption = (): Option<"--json"> =>
  new Option("--json", "print one JSON document on stdout, and all else on stderr");

/** `--api-url`, of every command that calls the API. */
export const apiUrlOption = (): Option<"--api-url <url>"> =>
  new Option("--api-url <url>", "the API to call, in place of MINDBRIDGE_API_URL");

/** Reads a port. */
export function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("Give a number from 0 to 65535.");
  return port;
}

/** Reads a number of seconds. */
export function readSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === "" || !(seconds >= 0)) throw new InvalidArgumentError("Give a number of seconds, 0 or more.");
  return seconds;
}

/** Reads a time: an RFC 3339 date-time, or seconds since the epoch. Returns milliseconds since the epoch. */
export function readTime(text: string): number {
  const time = /^\d{1,11}(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  // A date alone, or a time without its zone, would mean another time elsewhere.
  if (Number.isNaN(time) || (text.includes("-") && !/T.*(?:Z|[+-]\d\d:\d\d)$/i.test(text))) {
    throw new InvalidArgumentError("Give a time such as 2026-03-02T09:15:05Z, or seconds since 1970.");
  }
  return time;
}

/** Collects the values of an option that may be repeated. */
export function collect(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, text];
}

/** What `--key` takes, for `--help`. */
export const KEY_HELP =
  "the publicKey of the webhook, or @FILE that holds it (PEM, JWK); repeat it for several. WEBHOOK_ID=KEY takes a key for that webhook's deliveries alone";
