import { DatabaseSync } from "node:sqlite";
import type { Service, TcpProxy } from "@mindbridge-sdk/services";
import { createClient } from "redis";
import type { Fleet } from "./fleet.ts";
import type { Phase } from "./kinds.ts";
import type { Random } from "./random.ts";

/** A claim that nobody renews ends after so many milliseconds. */
export const LEASE = 3_000;
/** The longest that a fault lasts, in milliseconds. A mark is tried again for two thirds of the lease. */
const LONGEST_FAULT = LEASE / 8;
/** How long to wait until the store answers again, in milliseconds. */
const PATIENCE = 2_000;

/** What the strikes of a run can hit. */
export interface Targets {
  readonly fleet: Fleet;
  readonly random: Random;
  /** Where the server of the store is, or the database. */
  readonly url: string;
  readonly service: Service | undefined;
  readonly proxy: TcpProxy | undefined;
}

/** One fault. It resolves when the next one may strike. */
type Strike = (targets: Targets) => Promise<unknown>;

interface PhaseOfFaults {
  readonly title: string;
  readonly strikes: readonly Strike[];
  /** Whether some handlers take longer than their lease. */
  readonly longHandlers?: boolean;
}

const briefly = (random: Random) => random.between(20, LONGEST_FAULT);

/** Each phase with its strikes, which come at random times and in random order. */
export const PHASES: Record<Phase, PhaseOfFaults> = {
  network: {
    title: "the network fails",
    longHandlers: true,
    strikes: [
      ...times(3, async ({ proxy }) => proxy?.cut()),
      ...times(2, async ({ proxy }) => proxy?.halfClose()),
      ...times(2, async ({ proxy, random }) => proxy?.delay(briefly(random))),
      ...times(3, async ({ proxy, random }) => proxy?.swallow(briefly(random))),
      ...times(2, async ({ proxy, random }) => proxy?.partition(briefly(random))),
    ].map(andRecover),
  },
  restarts: {
    title: "the store restarts",
    strikes: times(3, async ({ service }) => service?.restart()).map(andRecover),
  },
  memory: {
    title: "the store has no memory left",
    strikes: times(3, fillMemory),
  },
  readers: {
    title: "another process reads for long",
    longHandlers: true,
    strikes: times(12, readForLong),
  },
  processes: {
    title: "processes are killed or frozen",
    strikes: [
      ...times(6, ({ fleet }) => fleet.kill()),
      ...times(6, ({ fleet, random }) => fleet.freeze(random.between(50, 1.2 * LEASE))),
    ],
  },
};

function times(count: number, strike: Strike): Strike[] {
  return Array.from({ length: count }, () => strike);
}

/** The same fault. Before the next one strikes, all is well again: two faults must not add up to one that is longer. */
function andRecover(strike: Strike): Strike {
  return async (targets) => {
    await strike(targets);
    await targets.fleet.recovered(PATIENCE);
    await sleep(LONGEST_FAULT);
  };
}

async function fillMemory({ url, random }: Targets): Promise<void> {
  const client = await createClient({ url }).connect();
  try {
    await client.configSet("maxmemory", "1");
    await sleep(briefly(random));
    await client.configSet("maxmemory", "0");
  } finally {
    client.destroy();
  }
}

/** This process is another one than the receivers. In journal mode DELETE, nobody can commit while it reads. */
async function readForLong({ url, random }: Targets): Promise<void> {
  const database = new DatabaseSync(url);
  try {
    database.exec("begin");
    while (!reads(database)) await sleep(5);
    await sleep(briefly(random));
  } finally {
    database.close();
  }
}

/** Whether this process could read, which it cannot while another one commits. */
function reads(database: DatabaseSync): boolean {
  try {
    database.prepare("select count(*) from effects").get();
    return true;
  } catch {
    return false;
  }
}

const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
