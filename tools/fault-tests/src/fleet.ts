import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Random } from "./random.ts";
import type { ProcessOptions } from "./receiver-process.ts";

/** A receiver that can be sent to, as far as the sender knows. */
export interface Target {
  readonly port: number;
  readonly agent: Agent;
  /** Requests that it has not answered. */
  pending: number;
}

interface Member {
  readonly name: string;
  readonly child: ChildProcess;
  /** `undefined` until it listens, and once it has been killed. */
  target: Target | undefined;
  frozen: boolean;
}

/** Processes on one store. They are killed, started again in their place, and frozen. */
export class Fleet {
  readonly #options: Omit<ProcessOptions, "name" | "journal" | "seed">;
  readonly #journals: string;
  readonly #random: Random;
  readonly #members = new Set<Member>();
  readonly #killed = new Set<string>();
  #started = 0;
  #changed = Promise.withResolvers<void>();

  constructor(options: Omit<ProcessOptions, "name" | "journal" | "seed">, journals: string, random: Random) {
    this.#options = options;
    this.#journals = journals;
    this.#random = random;
  }

  /** Those that can be sent to. One that is frozen looks like any other. */
  get targets(): Target[] {
    return [...this.#members].flatMap(({ target }) => target ?? []);
  }

  /** Resolves when there may be other targets, or a frozen one goes on. */
  get changed(): Promise<void> {
    return this.#changed.promise;
  }

  /** Starts one, and resolves when it listens. */
  async start(): Promise<void> {
    const name = `process${++this.#started}`;
    const options: ProcessOptions = {
      ...this.#options,
      name,
      journal: join(this.#journals, name),
      seed: this.#random.between(1, 2 ** 30),
    };
    const child = fork(fileURLToPath(import.meta.resolve("./receiver-process.ts")), [JSON.stringify(options)], {
      execArgv: [],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const member: Member = { name, child, target: undefined, frozen: false };
    this.#members.add(member);
    const first = await Promise.race([once(child, "message"), once(child, "exit")]);
    // One that is killed before it listens is none that failed to.
    if (this.#killed.has(name)) return;
    if (child.exitCode !== null) throw new Error(`A receiver ended with ${child.exitCode} before it listened.`);
    member.target = { port: first[0], agent: new Agent({ keepAlive: true }), pending: 0 };
    this.#change();
  }

  /** Kills one, and starts another in its place. */
  async kill(): Promise<void> {
    const member = await this.#anyHealthy();
    await this.#end(member);
    void this.start();
  }

  /** Freezes one for `milliseconds`. */
  async freeze(milliseconds: number): Promise<void> {
    const member = await this.#anyHealthy();
    member.frozen = true;
    // By a process of its own, so that none stays frozen whatever becomes of this one.
    const script = 'kill -STOP "$1"; sleep "$2"; kill -CONT "$1"';
    const timer = spawn("sh", ["-c", script, "sh", `${member.child.pid}`, `${milliseconds / 1_000}`]);
    timer.once("exit", () => {
      member.frozen = false;
      this.#change();
    });
  }

  /** Whether the process of an attempt was killed. */
  readonly wasKilled = (attempt: string): boolean => this.#killed.has(attempt.slice(0, attempt.indexOf(".")));

  /** Lets all go on and finish what they do, and ends them. */
  async close(): Promise<void> {
    await Promise.all(
      [...this.#members].map(async (member) => {
        const exited = member.child.exitCode ?? once(member.child, "exit");
        while (member.frozen) await this.changed;
        if (member.child.connected) member.child.send("end");
        await exited;
        member.target?.agent.destroy();
      }),
    );
  }

  /** Ends all at once, whatever they do. */
  async abandon(): Promise<void> {
    await Promise.all([...this.#members].map((member) => this.#end(member)));
  }

  async #end(member: Member): Promise<void> {
    this.#members.delete(member);
    this.#killed.add(member.name);
    member.target?.agent.destroy();
    const { child } = member;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
    this.#change();
  }

  /** One that is at work, and not the last: else nothing would get done. */
  async #anyHealthy(): Promise<Member> {
    for (;;) {
      const healthy = [...this.#members].filter(({ target, frozen }) => target && !frozen);
      if (healthy.length > 1) return this.#random.pick(healthy);
      await this.changed;
    }
  }

  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }
}
