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
