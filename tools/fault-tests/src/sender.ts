import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { signDelivery, type TestSigner } from "@mindbridge-sdk/testing";
import type { Fleet, Target } from "./fleet.ts";
import type { Random } from "./random.ts";

/** How many requests one process gets at a time. The sender does not know what it does. */
const PENDING = 6;
/** How long the sender waits for an answer, in milliseconds. It is less than some handlers take. */
const PATIENCE = 2_000;

/** Sends deliveries to any process, again and again until each is taken: until it is answered with 204. */
export class Sender {
  readonly #fleet: Fleet;
  readonly #signer: TestSigner;
  readonly #random: Random;
  readonly #taken = new Set<string>();
  readonly #waiting: ((target: Target) => void)[] = [];
  /** How many requests got which status and code, or no answer. */
  readonly answers: Record<string, number> = {};

  constructor(fleet: Fleet, signer: TestSigner, random: Random) {
    this.#fleet = fleet;
    this.#signer = signer;
    this.#random = random;
  }

  /**
   * Sends a delivery, and again until this call or another one got a 204. If that was wrong, the delivery is lost, and nobody
   * hides that by sending it once more.
   *
   * @throws The reason of the signal, once that is aborted.
   */
  async send(id: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const target = await this.#free();
      const answer = await this.#attempt(target, id).catch(() => "no answer");
      this.answers[answer] = (this.answers[answer] ?? 0) + 1;
      target.pending--;
      this.#next();
      if (answer.startsWith("4")) throw new Error(`A genuine delivery was refused: ${answer}.`);
      if (answer === "204") this.#taken.add(id);
      if (this.#taken.has(id)) return;
      await pause(this.#random.between(20, 200));
    }
  }

  /** Call this when the targets have changed. */
  readonly retarget = (): void => {
    for (let count = this.#waiting.length; count > 0; count--) this.#next();
  };

  async #attempt({ port, agent }: Target, id: string): Promise<string> {
    const event = { type: "analysis.completed", senderId: "sender", data: { analysisId: id } };
    const { headers, body } = await signDelivery(event, { signer: this.#signer, id });
    const signal = AbortSignal.timeout(PATIENCE);
    const sent = request({ host: "127.0.0.1", port, agent, method: "POST", headers, signal });
    sent.end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const answer = await text(response);
    return answer ? `${response.statusCode} ${JSON.parse(answer).code}` : `${response.statusCode}`;
  }

  /** Waits for a target that has fewer than `PENDING` requests. */
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
