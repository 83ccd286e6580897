import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { signDelivery, type TestSigner } from "@mindbridge-sdk/testing";
import type { Fleet, Target } from "./fleet.ts";
import type { Random } from "./random.ts";

/** How many requests one process is given at a time, as by a sender that knows nothing of what it does. */
const PENDING = 6;
/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 1_500;

/** Sends deliveries to whichever process, again and again until they are taken. */
export class Sender {
  readonly #fleet: Fleet;
  readonly #signer: TestSigner;
  readonly #random: Random;
  readonly #waiting: ((target: Target) => void)[] = [];
  /** How many requests came to which end: a status, or no answer. */
  readonly answers: Record<string, number> = {};

  constructor(fleet: Fleet, signer: TestSigner, random: Random) {
    this.#fleet = fleet;
    this.#signer = signer;
    this.#random = random;
  }

  /** Sends one delivery until the answer is 2xx, or until the signal is aborted, with whose reason it then rejects. */
  async send(id: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const target = await this.#free();
      const status = await this.#attempt(target, id).catch(() => "no answer");
      this.answers[status] = (this.answers[status] ?? 0) + 1;
      target.pending--;
      this.#next();
      if (status === 204) return;
      await pause(this.#random.between(20, 200));
    }
  }

  /** To be called when there are other targets. */
  readonly retarget = (): void => {
    for (let count = this.#waiting.length; count > 0; count--) this.#next();
  };

  async #attempt({ port, agent }: Target, id: string): Promise<number> {
    const event = { type: "analysis.completed", senderId: "sender", data: { analysisId: id } };
    const { headers, body } = await signDelivery(event, { signer: this.#signer, id });
    const signal = AbortSignal.timeout(PATIENCE);
    const sent = request({ host: "127.0.0.1", port, agent, method: "POST", headers, signal });
    sent.end(body);
    const [response]: IncomingMessage[] = (await once(sent, "response")) as [IncomingMessage];
    response?.resume();
    return response?.statusCode ?? 0;
  }

  /** A target that has not too much to do already. */
  #free(): Promise<Target> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#next();
    });
  }

  #next(): void {
    const free = this.#fleet.targets.filter(({ pending }) => pending < PENDING);
    if (free.length === 0) return;
    const take = this.#waiting.shift();
    if (!take) return;
    const target = this.#random.pick(free);
    target.pending++;
    take(target);
  }
}
