import { fork } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { type Group, inTurns, quantile, type Section } from "../measure.ts";

const ROUNDS = 9;
const DELIVERIES = 1_000;
const IN_FLIGHT = 16;

/** Each framework with a receiver, and verifying by hand: with the synchronous `crypto.verify`, and with WebCrypto. */
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
      const groups: Group[] = [];
      for (const [framework, each] of Object.entries(ports)) {
        const waits = new Map<string, number[]>();
        const rounds = Object.entries(each).map(([how, port]) => {
          const round = async () => {
            const result = await deliverAll(port, Array.from({ length: DELIVERIES }, deliver));
            waits.set(how, [...(waits.get(how) ?? []), quantile(result.waits, 0.99)]);
            return result.perSecond;
          };
          return [how, round] as const;
        });
        const title = `Deliveries to ${framework}, ${IN_FLIGHT} in flight`;
        const group = await inTurns(
          { title, unit: "deliveries/s", better: "higher" },
          Object.fromEntries(rounds),
          ROUNDS,
        );
        const p99 = [...waits].map(([how, values]) => `${how} ${quantile(values, 0.5).toFixed(1)} ms`);
        groups.push({ ...group, note: `99 of 100 are answered within: ${p99.join(", ")}.` });
      }
      return groups;
    } finally {
      server.kill();
    }
  },
};

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
