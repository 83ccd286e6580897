import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { DeliveryError, UnreadRequest, UnverifiedDelivery, VerifyOptions } from "../../src/index.ts";
import { DeliveryError as Base, verify } from "../../src/index.ts";

export const ID = "msg_2bQ7mJx0cPZ";
export const SECONDS = 1_772_442_905;
/** A clock that stands at the time of signing. */
export const now = () => SECONDS * 1000;

export const BODY = JSON.stringify({
  type: "analysis.completed",
  eventId: "event-1",
  timestamp: "2026-03-02T09:15:04.120Z",
  senderId: "webhook-1",
  tenantId: "acme",
  userId: "user-1",
  data: { eventId: "event-1", analysisId: "analysis-1", analysisResultId: "result-1", engagementId: "engagement-1" },
});

/** A signer that shares no code with what it tests. */
export class Signer {
  readonly publicKey: KeyObject;
  readonly #privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  get bytes(): Buffer {
    return Buffer.from(String(this.publicKey.export({ format: "jwk" }).x), "base64url");
  }

  get whpk(): string {
    return `whpk_${this.bytes.toString("base64")}`;
  }

  get privatePem(): string {
    return this.#privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  }

  /** A signature, as the header has it. */
  signature(body: string | Uint8Array = BODY, id: string = ID, timestamp: string = String(SECONDS)): string {
    const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(body)]);
    return `v1a,${sign(null, content, this.#privateKey).toString("base64")}`;
  }

  headers(body?: string | Uint8Array, id: string = ID, timestamp: string = String(SECONDS)) {
    return {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": this.signature(body, id, timestamp),
    };
  }
}

/** What `verify` refuses a delivery with: fails where it accepts it, or throws anything but an error of ours. */
export async function refusal(
  delivery: UnverifiedDelivery | UnreadRequest,
  options: VerifyOptions,
): Promise<DeliveryError> {
  try {
    await verify(delivery, options);
  } catch (error) {
    if (error instanceof Base) return error;
    throw error;
  }
  throw new Error("The delivery is accepted.");
}
