import { fork } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { median, type Row } from "./table.ts";

const ROUNDS = 9;
const DELIVERIES = 1_000;
const IN_FLIGHT = 16;

/** The deliveries that each framework takes in a second, with a receiver and verifying by hand. */
export async function measureReceiving(): Promise<Row[]> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
  const body = JSON.stringify(DELIVERY_EXAMPLES["analysis.completed"].analysisCompleted);
  const deliver = (id: string) => {
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

  const server = fork(join(import.meta.dirname, "receiving-server.ts"), [pem]);
  try {
    const [ports] = (await once(server, "message")) as [Record<string, Record<string, number>>];
    const contestants = Object.entries(ports).flatMap(([framework, each]) =>
      Object.entries(each).map(([how, port]) => ({ framework, how, port, rates: [] as number[] })),
    );
    for (let round = -1; round < ROUNDS; round++) {
      // New ones in each round: one that was handled before would be answered without being handled.
      const deliveries = Array.from({ length: DELIVERIES }, (_, index) => deliver(`msg_${round}_${index}`));
      for (const { port, rates } of contestants) {
        const rate = await deliveriesPerSecond(port, deliveries);
        // The first round only warms up.
        if (round >= 0) rates.push(rate);
      }
    }
    return Object.keys(ports).map((framework) => {
      const of = (how: string) =>
        median(contestants.find((each) => each.framework === framework && each.how === how)?.rates ?? []);
      return {
        framework,
        "receiver/s": Math.round(of("receiver")),
        "crypto.verify/s": Math.round(of("crypto.verify")),
        "WebCrypto/s": Math.round(of("WebCrypto")),
        "to crypto.verify": (of("receiver") / of("crypto.verify")).toFixed(2),
        "to WebCrypto": (of("receiver") / of("WebCrypto")).toFixed(2),
      };
    });
  } finally {
    server.kill();
  }
}

/** Sends the deliveries over connections that each wait for an answer before they send the next. */
async function deliveriesPerSecond(port: number, deliveries: readonly string[]): Promise<number> {
  const queue = [...deliveries];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, async () => {
      const socket = connect(port, "127.0.0.1").setEncoding("latin1").setNoDelay();
      await once(socket, "connect");
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        socket.write(next);
        let [answer]: string[] = await once(socket, "data");
        while (answer && !answer.includes("\r\n\r\n")) answer += String((await once(socket, "data"))[0]);
        if (!answer?.startsWith("HTTP/1.1 204")) throw new Error(`A delivery was answered with ${String(answer)}.`);
      }
      socket.destroy();
    }),
  );
  return (deliveries.length / (performance.now() - start)) * 1000;
}
