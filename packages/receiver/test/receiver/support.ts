import { generateKeyPairSync, sign } from "node:crypto";
import type { Hooks } from "../../src/index.ts";

/** Signs deliveries as MindBridge is assumed to. */
export function createSigner() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64");
  let count = 0;
  return {
    publicKey: `whpk_${raw}`,
    /** A delivery as it is sent; `body` goes over `event`. */
    deliver(event: object = {}, { id = `msg_${++count}`, headers = {} }: { id?: string; headers?: object } = {}) {
      const body = JSON.stringify({
        type: "analysis.completed",
        senderId: "sender",
        data: { analysisId: "1" },
        ...event,
      });
      const timestamp = `${Math.floor(Date.now() / 1000)}`;
      const signature = sign(null, Buffer.from(`${id}.${timestamp}.${body}`), privateKey).toString("base64");
      return {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "webhook-id": id,
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1a,${signature}`,
          ...headers,
        } as Record<string, string>,
        body,
      };
    },
  };
}

/** Hooks that note what they are told: the name of the hook, and its code where it has one. */
export function noting() {
  const notes: string[] = [];
  const errors: unknown[] = [];
  const note = (name: string) => (info: { delivery?: unknown; code?: string; status?: number; error?: unknown }) => {
    notes.push(info.code ? `${name} ${info.code} ${info.status}` : name);
    if (info.error) errors.push(info.error);
  };
  const hooks: Hooks = {
    received: note("received"),
    refused: note("refused"),
    ignored: note("ignored"),
    duplicate: note("duplicate"),
    handled: note("handled"),
    failed: note("failed"),
  };
  return { hooks, notes, errors };
}

/** A promise, and how to settle it. */
export function deferred<T = void>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
