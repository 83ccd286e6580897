import * as sdk from "@mindbridge-sdk/client";
import { cases as clientCases } from "../../../packages/client/test/behaviour/cases.ts";
import type { Context, SDK } from "../../../packages/client/test/behaviour/support.ts";
import { receiverCases } from "./cases/receiver.ts";

/** Where the servers are that the suite talks to. */
export type Servers = Omit<Context, "sdk">;

/** What became of one case. */
export interface Result {
  readonly name: string;
  /** What was thrown, with its stack; none where the case passed. */
  readonly failure?: string;
}

/** In milliseconds. A case that waits for something which never comes must not keep the others from being told. */
const LIMIT = 10_000;

/** Runs every case in whatever runtime this is. It uses web APIs only. */
export async function runSuite(servers: Servers): Promise<Result[]> {
  const context: Context = { ...servers, sdk: sdk as unknown as SDK };
  const results: Result[] = [];
  for (const { name, run } of [...clientCases, ...receiverCases]) {
    results.push(await runOne(name, () => run(context)));
  }
  return results;
}

async function runOne(name: string, run: () => Promise<void>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took more than ${LIMIT} ms.`)), LIMIT);
  });
  try {
    await Promise.race([run(), limit]);
    return { name };
  } catch (error) {
    return { name, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
