import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MindBridge } from "@mindbridge-sdk/client";
import type { RecoverySummary } from "@mindbridge-sdk/receiver/recover";
import { createTestApi } from "@mindbridge-sdk/testing/test-api";
import { Fleet } from "./fleet.ts";
import { databaseIn, KINDS, type KindName } from "./kinds.ts";
import { Random } from "./random.ts";
import type { RecoveryOptions } from "./recovery-process.ts";

export interface OutageOptions {
  /** A store that commits the effect and the mark together. */
  readonly kind: KindName;
  readonly deliveries: number;
  /** How many of them are handled before the receiver goes down. */
  readonly handled: number;
  /** How many times the recovery is killed. */
  readonly kills: number;
  readonly seed: number;
  /** After how many milliseconds to give up. */
  readonly timeout: number;
}

export interface OutageReport extends OutageOptions {
  /** The deliveries that were handled in the recovery. */
  readonly recovered: number;
  /** Deliveries without an effect. */
  readonly lost: string[];
  /** Deliveries with more than one effect. */
  readonly twice: string[];
  /** What the last recovery counted. */
  readonly summary: RecoverySummary;
  readonly seconds: number;
}

/** In milliseconds. */
const LEASE = 1_000;
const DAY = 86_400_000;

/**
 * A day's outage: an API delivers, a receiver handles the first deliveries and then is down, so that the others are refused or
 * never answered. A recovery is killed several times, and then comes to its end.
 *
 * @throws {Error} if the recovery does not come to its end in time.
 */
export async function runOutage(options: OutageOptions): Promise<OutageReport> {
  const { kind, deliveries, handled, kills, seed, timeout } = options;
  const started = performance.now();
  const random = new Random(seed);
  const folder = mkdtempSync(join(tmpdir(), "mindbridge-outage-"));
  const journals = join(folder, "journals");
  mkdirSync(journals);
  const { start, setUp, effects } = KINDS[kind];
  const service = await start?.();
  const url = service?.url ?? databaseIn(folder);

  let count = 0;
  let fleet: Fleet | undefined;
  const endpoint = async (request: Request): Promise<Response> => {
    const isDown = ++count > handled;
    if (isDown && count % 2 === 0) return new Response(null, { status: 503 });
    if (isDown) throw new Error("Nothing listens.");
    const { headers } = request;
    const [target] = fleet?.targets ?? [];
    const sent = { method: "POST", headers, body: await request.text() };
    const response = await fetch(`http://127.0.0.1:${target?.port}`, sent);
    // The receiver has handled it, and MindBridge does not hear of it.
    if (count % 6 === 0) throw new Error("The answer was lost.");
    return response;
  };
  let now = Date.now;
  const api = createTestApi({ endpoint, attempts: 1, now: () => now() });
  const server = await api.listen();
  try {
    await setUp(url);
    const mindbridge = new MindBridge({ tenant: "acme", token: "any", fetch: api.fetch });
    const webhook = await mindbridge.webhooks.create({
      name: "Outage",
      url: "https://hooks.example.com/",
      technicalContactId: "1",
      events: ["ANALYSIS_COMPLETE"],
      status: "ACTIVE",
    });
    const { publicKey, id: webhookId } = webhook;
    fleet = new Fleet({ kind, url, lease: LEASE, publicKey }, journals, random);
    await fleet.start();
    const ids: string[] = [];
    const deliver = async () => void ids.push(...(await api.deliver("analysis.completed")).map(({ id }) => id));
    for (let each = 0; each < handled; each++) await deliver();
    await fleet.close();
    // What was sent a day ago is too old to be received.
    now = () => Date.now() - DAY;
    while (ids.length < deliveries) await deliver();

    const recovery = { kind, url, api: server.url, webhookId, publicKey, lease: LEASE };
    const missed = deliveries - handled;
    for (let kill = 1; kill <= kills; kill++) {
      await recoverUntilKilled({ ...recovery, name: `recovery${kill}` }, random.between(1, missed / (kills + 1)));
    }
    const summary = await recoverToTheEnd(recovery, performance.now() + timeout);

    const written = await effects(url);
    const effectsOf = Map.groupBy(written, ({ delivery }) => delivery);
    return {
      ...options,
      recovered: written.filter(({ attempt }) => attempt.startsWith("recovery")).length,
      lost: ids.filter((id) => !effectsOf.has(id)),
      twice: ids.filter((id) => (effectsOf.get(id)?.length ?? 0) > 1),
      summary,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  } finally {
    await fleet?.abandon();
    await server.close();
    await service?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Kills a recovery by SIGKILL once it has recovered so many deliveries. */
async function recoverUntilKilled(options: RecoveryOptions, deliveries: number): Promise<void> {
  const child = startRecovery(options);
  let recovered = 0;
  child.on("message", ({ outcome }: { readonly outcome?: string }) => {
    if (outcome === "recovered" && ++recovered >= deliveries) child.kill("SIGKILL");
  });
  const [code, signal] = await once(child, "exit");
  if (signal !== "SIGKILL") throw new Error(`A recovery ended with ${code} before it was killed.`);
}

/** Recovers again and again until no delivery is held by a recovery that was killed. */
async function recoverToTheEnd(options: Omit<RecoveryOptions, "name">, deadline: number): Promise<RecoverySummary> {
  for (let run = 1; ; run++) {
    const child = startRecovery({ ...options, name: `recovery-to-the-end${run}` });
    let summary: RecoverySummary | undefined;
    child.on("message", (message: { readonly summary?: RecoverySummary }) => {
      summary = message.summary ?? summary;
    });
    const [code] = await once(child, "exit");
    if (!summary) throw new Error(`A recovery ended with ${code} before it was done.`);
    if (summary.counts.held === 0) return summary;
    if (performance.now() > deadline) throw new Error(`Not all is recovered: ${JSON.stringify(summary)}`);
    await pause(LEASE / 4);
  }
}

function startRecovery(options: RecoveryOptions): ChildProcess {
  return fork(fileURLToPath(import.meta.resolve("./recovery-process.ts")), [JSON.stringify(options)], {
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

/** What went wrong in an outage. */
export function faultsOfOutage({ deliveries, handled, recovered, lost, twice }: OutageReport): string[] {
  const missed = deliveries - handled;
  return [
    ...(recovered === missed ? [] : [`${recovered} deliveries were recovered, and ${missed} were missed`]),
    ...(lost.length === 0 ? [] : [`${lost.length} deliveries have no effect: ${lost.slice(0, 5).join(", ")}`]),
    ...(twice.length === 0 ? [] : [`${twice.length} deliveries have two effects: ${twice.slice(0, 5).join(", ")}`]),
  ];
}
