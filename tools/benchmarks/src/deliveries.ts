import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";

/** A delivery, signed with a key pair, and with a shared secret for those that know nothing else. */
export interface SignedDelivery {
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  /** What is signed, and the signature: for those that check nothing else. */
  readonly content: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

export interface Signer {
  /** As `webhook.publicKey` has it. */
  readonly publicKey: string;
  readonly keyObject: KeyObject;
  readonly secret: string;
  /** Signs a delivery whose body has this many bytes. */
  sign(bytes: number, scheme?: "v1" | "v1a"): SignedDelivery;
}

export function createSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const secret = randomBytes(32);
  const { analysisCompleted } = DELIVERY_EXAMPLES["analysis.completed"];
  const bare = JSON.stringify({ ...analysisCompleted, tenantId: "" }).length;
  let made = 0;
  return {
    publicKey: `whpk_${publicKey.export({ format: "der", type: "spki" }).subarray(-32).toString("base64")}`,
    keyObject: publicKey,
    secret: `whsec_${secret.toString("base64")}`,
    sign(bytes, scheme = "v1a") {
      const body = new TextEncoder().encode(
        JSON.stringify({ ...analysisCompleted, tenantId: "a".repeat(bytes - bare) }),
      );
      const id = `msg_${++made}`;
      const timestamp = `${Math.floor(Date.now() / 1000)}`;
      const content = new Uint8Array(Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]));
      const signature =
        scheme === "v1" ? createHmac("sha256", secret).update(content).digest() : sign(null, content, privateKey);
      const headers = new Headers({
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `${scheme},${signature.toString("base64")}`,
        "svix-id": id,
        "svix-timestamp": timestamp,
        "svix-signature": `${scheme},${signature.toString("base64")}`,
      });
      return { headers, body, content, signature: new Uint8Array(signature) };
    },
  };
}
