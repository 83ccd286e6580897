import { generateKeyPairSync, sign } from "node:crypto";
import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { verify } from "@mindbridge-sdk/receiver";
import { median, type Row } from "./table.ts";

const ROUNDS = 100;
const CALLS = 320;
const IN_FLIGHT = 16;

/**
 * `verify` of `{ Headers, Uint8Array }` against bare `crypto.subtle.verify` of what is signed, prepared beforehand. The two
 * take turns in short rounds, and each ratio is of two neighbours, so that what else the machine does falls on both.
 */
export async function measureVerifying(): Promise<Row[]> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { analysisCompleted } = DELIVERY_EXAMPLES["analysis.completed"];
  // Half a kilobyte, as deliveries with longer ids and names have.
  const json = JSON.stringify({
    ...analysisCompleted,
    tenantId: "a".repeat(500 - JSON.stringify(analysisCompleted).length),
  });
  const body = new TextEncoder().encode(json);
  const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  const timestamp = String(Math.floor(Date.now() / 1000));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const signature = sign(null, content, privateKey);
  const headers = new Headers({
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1a,${signature.toString("base64")}`,
  });
  const spki = publicKey.export({ format: "der", type: "spki" });
  const key = await crypto.subtle.importKey("spki", spki, "Ed25519", false, ["verify"]);
  const keys = `whpk_${spki.subarray(-32).toString("base64")}`;

  const bare = () => crypto.subtle.verify("Ed25519", key, signature, content);
  const ours = () => verify({ headers, body }, { keys });
  const rates = { bare: [] as number[], ours: [] as number[], ratio: [] as number[] };
  for (let round = -10; round < ROUNDS; round++) {
    const oursFirst = round % 2 === 0;
    const first = await callsPerSecond(oursFirst ? ours : bare);
    const second = await callsPerSecond(oursFirst ? bare : ours);
    if (round < 0) continue; // These rounds only warm up.
    const [ourRate, bareRate] = oursFirst ? [first, second] : [second, first];
    rates.ours.push(ourRate);
    rates.bare.push(bareRate);
    rates.ratio.push(ourRate / bareRate);
  }
  return [
    { call: "crypto.subtle.verify", "calls/s": Math.round(median(rates.bare)), ratio: "1.00" },
    { call: "verify", "calls/s": Math.round(median(rates.ours)), ratio: median(rates.ratio).toFixed(2) },
  ];
}

async function callsPerSecond(call: () => Promise<unknown>): Promise<number> {
  let left = CALLS;
  const worker = async () => {
    while (left-- > 0) await call();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return (CALLS / (performance.now() - start)) * 1000;
}
