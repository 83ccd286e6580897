import type { TestSigner } from "./signer.ts";

/** How to sign a delivery. */
export interface SignDeliveryOptions {
  readonly signer: TestSigner;
  /** The `webhook-id` header: by default a new one each time. Give the same again to repeat a delivery. */
  readonly id?: string | undefined;
  /** The `webhook-timestamp` header: when the delivery is signed, in seconds since the epoch. By default it is now. */
  readonly timestamp?: number | undefined;
}

/** A delivery as MindBridge would send it. Each property is to be sent as it stands. */
export interface SignedDelivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, as it was signed. */
  readonly body: string;
  /** The delivery as a POST to `url`, for what takes a `Request`. A new one each time, since each can be read once. */
  toRequest(url: string | URL): Request;
}

/**
 * Signs a delivery.
 *
 * @param event the body, such as `deliveries.analysisCompleted()`. A string is taken as it stands.
 * @returns what MindBridge would send for it: the headers, and the body.
 */
export async function signDelivery(
  event: object | string,
  { signer, id = newId(), timestamp = Math.floor(Date.now() / 1000) }: SignDeliveryOptions,
): Promise<SignedDelivery> {
  const body = typeof event === "string" ? event : JSON.stringify(event);
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": `${timestamp}`,
    "webhook-signature": await signer.sign({ id, timestamp, body }),
  };
  return { headers, body, toRequest: (url) => new Request(url, { method: "POST", headers, body }) };
}

/** An id of the form that MindBridge's have: 24 hexadecimal digits. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
