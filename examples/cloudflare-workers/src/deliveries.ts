import { DurableObject } from "cloudflare:workers";
import { createReceiver, type Receiver } from "@mindbridge-sdk/receiver";
import { sqliteStore } from "@mindbridge-sdk/receiver/sqlite";
import { databaseOf } from "./database.ts";

/** The bindings of `wrangler.json`. */
export interface Env {
  readonly DELIVERIES: DurableObjectNamespace<Deliveries>;
  readonly MINDBRIDGE_PUBLIC_KEY: string;
}

/**
 * Receives the deliveries, and remembers in its database which it has handled. Workers run in many places and share nothing, but
 * there is only one object of this class for each name.
 */
export class Deliveries extends DurableObject<Env> {
  readonly #receiver: Receiver;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    const store = sqliteStore(databaseOf(context.storage.sql));
    void context.blockConcurrencyWhile(() => store.setUp());
    this.#receiver = createReceiver({ keys: env.MINDBRIDGE_PUBLIC_KEY, store }).on("analysis.completed", ({ data }) => {
      // An error is answered with 500, and the sender tries again. An analysis called `fail` shows it.
      if (data.analysisId === "fail") throw new Error("The results cannot be fetched.");
      console.log(`Analysis ${data.analysisId} is complete.`);
    });
  }

  override fetch(request: Request): Promise<Response> {
    return this.#receiver.fetch(request);
  }
}
