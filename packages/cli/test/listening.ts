import { on } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { SignedDelivery } from "@mindbridge-sdk/testing";
import { type CommandOptions, type Result, start } from "./command.ts";

/** `mindbridge listen` as it runs. */
export interface Listening {
  readonly url: string;
  /** The address of the page of `--inspect`. */
  readonly page: string;
  readonly stderr: Readable;
  /** The next delivery that it tells of. */
  next(): Promise<Record<string, unknown>>;
  /** Interrupts it. */
  end(): Promise<Result>;
}

/** Starts `mindbridge listen`, and resolves once it has said where it listens: on stdout, or with `--json` on stderr. */
export async function listening(args: readonly string[], options: CommandOptions = {}): Promise<Listening> {
  return listeningForPeople(["--json", ...args], options);
}

/** The same without `--json`. */
export async function listeningForPeople(args: readonly string[], options: CommandOptions = {}): Promise<Listening> {
  const { stdout, stderr, interrupt } = start(["listen", "--port", "0", ...args], options);
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  let said = "";
  for await (const [chunk] of on(args.includes("--json") ? stderr : stdout, "data")) {
    said += chunk;
    if (said.includes("Deliveries are received on")) break;
  }
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
  const [, page = ""] = /Look at them on (\S+)/.exec(said) ?? [];
  return { url, page, stderr, end: interrupt, next: async () => JSON.parse((await lines.next()).value ?? "null") };
}

export async function post(url: string, { headers, body }: Pick<SignedDelivery, "headers" | "body">) {
  const response = await fetch(url, { method: "POST", headers, body });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
