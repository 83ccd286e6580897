import * as sdk from "@mindbridge-sdk/client";
import { createReceiver, memoryStore, type Receiver } from "@mindbridge-sdk/receiver";
import { createTestSigner } from "@mindbridge-sdk/testing";
import { cases as clientCases } from "../../../../packages/client/test/behaviour/cases.ts";
import type { Context, SDK } from "../../../../packages/client/test/behaviour/support.ts";
import { receiverCases } from "./receiver-cases.ts";

/** Where the servers are that the cases talk to. */
export type Servers = Omit<Context, "sdk">;

/** The outcome of one case. */
export interface Result {
  readonly name: string;
  /** What was thrown, with its stack. Absent where the case passed. */
  readonly failure?: string;
}

/** Every case, for any runtime: they use web APIs only. */
export const CASES = [...clientCases, ...receiverCases];

/** In milliseconds. A case that hangs must not hide the results of the others. */
const LIMIT = 10_000;

/** Runs the cases in whatever runtime this is. */
export async function runCases(servers: Servers): Promise<Result[]> {
  const context: Context = { ...servers, sdk: sdk as unknown as SDK };
  const results: Result[] = [];
  for (const { name, run } of CASES) results.push(await runOne(name, () => run(context)));
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

let receiver: Promise<Receiver> | undefined;

/** The endpoint that receives deliveries. Made at the first request: a Worker may draw random values only while it answers one. */
export function endpoint(): Promise<Receiver> {
  receiver ??= createTestSigner({ publishedTestKey: true }).then(({ publicKey }) =>
    createReceiver({ keys: publicKey, allowTestKey: true, store: memoryStore(), log: false }).on(
      "analysis.completed",
      () => {},
    ),
  );
  return receiver;
}

/** Answers a request for `/cases`, which says where the servers are, with the results of all cases. Everything else is a delivery. */
export async function answer(request: Request): Promise<Response> {
  if (!request.url.endsWith("/cases")) return (await endpoint()).fetch(request);
  return Response.json(await runCases((await request.json()) as Servers));
}
