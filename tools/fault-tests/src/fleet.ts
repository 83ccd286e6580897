import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Span } from "./journal.ts";
import type { Random } from "./random.ts";
import type { ProcessOptions } from "./receiver-process.ts";

/** A receiver that the sender can send to, as far as it knows. */
export interface Target {
  readonly port: number;
  readonly agent: Agent;
  /** How many requests it has not answered yet. */
  pending: number;
}

interface Member {
  readonly name: string;
  readonly child: ChildProcess;
  /** `undefined` until it listens. */
  target: Target | undefined;
  frozen: boolean;
}

/** Processes on one store. They can be killed and frozen, and others take their place. */
export class Fleet {
  readonly #options: Omit<ProcessOptions, "name" | "journal" | "seed">;
  readonly #journals: string;
  readonly #random: Random;
  readonly #members = new Set<Member>();
  readonly #killed = new Set<string>();
  readonly #freezes: Span[] = [];
  #crashes: string[] = [];
  #closing = false;
  #started = 0;
  #changed = Promise.withResolvers<void>();

  constructor(options: Omit<ProcessOptions, "name" | "journal" | "seed">, journals: string, random: Random) {
    this.#options = options;
    this.#journals = journals;
    this.#random = random;
  }

  /** The receivers to send to. A frozen one looks like any other. */
  get targets(): Target[] {
    return [...this.#members].flatMap(({ target }) => target ?? []);
  }

  /** Resolves when the targets have changed, or a frozen process goes on. */
  get changed(): Promise<void> {
    return this.#changed.promise;
  }

  /** Starts a process, and resolves when it listens. */
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
    child.once("exit", (code, signal) => {
      if (this.#closing || this.#killed.has(name)) return;
      this.#crashes.push(`${name} (${code ?? signal})`);
      void this.#end(member).then(() => this.start());
    });
    const first = await Promise.race([once(child, "message"), once(child, "exit")]);
    if (this.#killed.has(name) || child.exitCode !== null) return;
    member.target = { port: first[0], agent: new Agent({ keepAlive: true }), pending: 0 };
    this.#change();
  }

  /** Kills a process, and starts another one in its place. */
  async kill(): Promise<void> {
    const member = await this.#anyHealthy();
    await this.#end(member);
    void this.start();
  }

  /** Freezes a process for so many milliseconds. */
  async freeze(milliseconds: number): Promise<void> {
    const member = await this.#anyHealthy();
    member.frozen = true;
    const from = Date.now();
    // Another process does it, so that none stays frozen if this one ends.
    const script = 'kill -STOP "$1"; sleep "$2"; kill -CONT "$1"';
    const timer = spawn("sh", ["-c", script, "sh", `${member.child.pid}`, `${milliseconds / 1_000}`]);
    timer.once("exit", () => {
      member.frozen = false;
      this.#freezes.push([from, Date.now()]);
      this.#change();
    });
  }

  /** Whether the process of an attempt was killed. */
  readonly wasKilled = (attempt: string): boolean => this.#killed.has(attempt.slice(0, attempt.indexOf(".")));

  /** For how many milliseconds of a span one process was frozen. */
  readonly frozenFor = ([from, to]: Span): number =>
    Math.max(0, ...this.#freezes.map(([froze, wentOn]) => Math.min(to, wentOn) - Math.max(from, froze)));

  /** Resolves once the store has answered every process, or after so many milliseconds: a driver may never recover. */
  async recovered(patience: number): Promise<void> {
    const late = AbortSignal.timeout(patience);
    await Promise.all(
      [...this.#members].map(async ({ child, target }) => {
        if (!target || !child.connected) return;
        const answered = new AbortController();
        const signal = AbortSignal.any([late, answered.signal]);
        const answer = Promise.race([once(child, "message", { signal }), once(child, "exit", { signal })]);
        child.send("probe");
        await answer.catch(() => {});
        answered.abort();
      }),
    );
  }

  /** Returns the processes that ended by themselves since the last call. */
  takeCrashes(): string[] {
    const crashes = this.#crashes;
    this.#crashes = [];
    return crashes;
  }

  /** Lets all processes finish what they do, and ends them. */
  async close(): Promise<void> {
    this.#closing = true;
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

  /** Ends all processes at once, whatever they do. */
  async abandon(): Promise<void> {
    this.#closing = true;
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

  /** A process that works, and is not the last one: otherwise nothing would get done. */
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
