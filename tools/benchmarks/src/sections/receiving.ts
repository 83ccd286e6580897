import { fork } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { compareRounds, type Group, inTurns, quantile, type Section } from "../measure.ts";

const ROUNDS = 9;
const DELIVERIES = 1_000;
const IN_FLIGHT = 16;
/** Deliveries a second that come whether or not those before them are answered, and for how many seconds in a round. */
const RATES = [500, 1_000, 2_000];
const SECONDS = 1;
const CONNECTIONS = 64;
const RATE_ROUNDS = 5;
/** The least of the work: a server by hand that takes a delivery once, and only if it is genuine. */
const LIMIT = "WebCrypto, careful";
const ROWS =
  `Each round sends ${DELIVERIES.toLocaleString("en")} deliveries. All but one row check the time and the signature, by the means in their ` +
  "name, and parse the JSON. The limit, WebCrypto, careful, also takes no more than 1 MiB, claims the id in a Map of the last 10,000, and marks it " +
  "as done: the work of a receiver, without its errors, hooks, leases and time-outs. The receiver has memoryStore(). No verification does not do " +
  "the work: it reads the body and answers, which is the framework's own part.";
const SAME_ROWS = "The rows are those of the first table of this section.";

/**
 * Each framework with a receiver, and verifying by hand: with the synchronous `crypto.verify`, with WebCrypto, and with WebCrypto
 * in a server that bounds the body and claims each delivery once.
 */
export const receiving: Section = {
  name: "receiving",
  title: "Receiving",
  async measure() {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
    const body = JSON.stringify(DELIVERY_EXAMPLES["analysis.completed"].analysisCompleted);
    let made = 0;
    // New ones in each round: one that was handled before would be answered without being handled.
    const deliver = () => {
      const id = `msg_${++made}`;
      const timestamp = `${Math.floor(Date.now() / 1000)}`;
      const signature = sign(null, Buffer.from(`${id}.${timestamp}.${body}`), privateKey).toString("base64");
      return [
        "POST / HTTP/1.1",
        "host: localhost",
        "content-type: application/json",
        `content-length: ${Buffer.byteLength(body)}`,
        `webhook-id: ${id}`,
        `webhook-timestamp: ${timestamp}`,
        `webhook-signature: v1a,${signature}`,
        `\r\n${body}`,
      ].join("\r\n");
    };

    const server = fork(join(import.meta.dirname, "../receiving-server.ts"), [pem]);
    try {
      const [ports] = (await once(server, "message")) as [Record<string, Record<string, number>>];
      const threadTime = async () => {
        server.send("time");
        const [microseconds] = (await once(server, "message")) as [number];
        return microseconds;
      };
      const groups: Group[] = [];
      for (const [framework, each] of Object.entries(ports)) {
        const times = new Map<string, number[]>();
        const waits = new Map<string, number[]>();
        const rounds = Object.entries(each).map(([how, port]) => {
          const round = async () => {
            const deliveries = Array.from({ length: DELIVERIES }, deliver);
            const before = await threadTime();
            const result = await deliverAll(port, deliveries);
            note(times, how, ((await threadTime()) - before) / DELIVERIES);
            note(waits, how, quantile(result.waits, 0.99));
            return result.perSecond;
          };
          return [how, round] as const;
        });
        const to = `to ${framework}, ${IN_FLIGHT} in flight`;
        const rate = { title: `Deliveries ${to}`, unit: "deliveries/s", better: "higher", limit: LIMIT } as const;
        const group = await inTurns(rate, Object.fromEntries(rounds), ROUNDS);
        const p99 = [...waits].map(([how, values]) => `${how} ${quantile(values, 0.5).toFixed(1)} ms`);
        groups.push(
          {
            ...group,
            note: `${framework === "node:http" ? ROWS : SAME_ROWS} 99 of 100 are answered within: ${p99.join(", ")}.`,
          },
          compareRounds(
            {
              title: `The main thread's time for a delivery ${to}`,
              unit: "µs",
              better: "lower",
              limit: LIMIT,
              note: `${SAME_ROWS} WebCrypto verifies on other threads, whose time is not in it.`,
            },
            times,
          ),
        );
      }
      for (const perSecond of RATES) groups.push(await atRate(perSecond, ports["node:http"] ?? {}, deliver));
      return groups;
    } finally {
      server.kill();
    }
  },
};

/** Notes what a round has measured besides. The first one warms up. */
function note(rounds: Map<string, number[]>, how: string, value: number): void {
  const values = rounds.get(how);
  if (values) values.push(value);
  else rounds.set(how, []);
}

/** How long deliveries wait that come at a fixed rate to node:http. */
async function atRate(
  perSecond: number,
  ports: Readonly<Record<string, number>>,
  deliver: () => string,
): Promise<Group> {
  const medians = new Map<string, number[]>();
  const rounds = ["WebCrypto, careful", "receiver"].map((how) => {
    const round = async () => {
      const waits = await deliverAtRate(
        ports[how] ?? 0,
        Array.from({ length: perSecond * SECONDS }, deliver),
        perSecond,
      );
      note(medians, how, quantile(waits, 0.5));
      return quantile(waits, 0.99);
    };
    return [how, round] as const;
  });
  const title = `99 of 100 deliveries to node:http are answered within, at ${perSecond.toLocaleString("en")} a second`;
  const group = await inTurns({ title, unit: "ms", better: "lower" }, Object.fromEntries(rounds), RATE_ROUNDS);
  const p50 = [...medians].map(([how, values]) => `${how} ${quantile(values, 0.5).toFixed(2)} ms`);
  const waiting =
    `Each round lasts ${SECONDS} s, over ${CONNECTIONS} connections. A delivery's wait begins when it is due. The slowest hundredth is a few ` +
    "deliveries: one pause of the machine, which also sends them, changes it many times over.";
  return { ...group, note: `Half are answered within: ${p50.join(", ")}. ${waiting}` };
}

/** Sends the deliveries at a fixed rate, each over the next free connection. Returns how long each waited, in milliseconds. */
async function deliverAtRate(port: number, deliveries: readonly string[], perSecond: number): Promise<number[]> {
  const sockets = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect(port, "127.0.0.1").setEncoding("latin1").setNoDelay();
      await once(socket, "connect");
      return socket;
    }),
  );
  const waits: number[] = [];
  const start = performance.now();
  let next = 0;
  await Promise.all(
    sockets.map(async (socket) => {
      for (let index = next++; index < deliveries.length; index = next++) {
        const due = start + (index * 1000) / perSecond;
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        socket.write(deliveries[index] ?? "");
        const [answer] = (await once(socket, "data")) as string[];
        if (!answer?.startsWith("HTTP/1.1 204")) throw new Error(`A delivery was answered with ${String(answer)}.`);
        waits.push(performance.now() - due);
      }
      socket.destroy();
    }),
  );
  return waits;
}

/** Sends the deliveries over connections that each wait for an answer before they send the next. */
async function deliverAll(
  port: number,
  deliveries: readonly string[],
): Promise<{ perSecond: number; waits: number[] }> {
  const queue = [...deliveries];
  const waits: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      const socket = connect(port, "127.0.0.1").setEncoding("latin1").setNoDelay();
      await once(socket, "connect");
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const sent = performance.now();
        socket.write(next);
        let [answer]: string[] = await once(socket, "data");
        while (answer && !answer.includes("\r\n\r\n")) answer += String((await once(socket, "data"))[0]);
        if (!answer?.startsWith("HTTP/1.1 204")) throw new Error(`A delivery was answered with ${String(answer)}.`);
        waits.push(performance.now() - sent);
      }
      socket.destroy();
    }),
  );
  return { perSecond: (deliveries.length / (performance.now() - start)) * 1000, waits };
}
