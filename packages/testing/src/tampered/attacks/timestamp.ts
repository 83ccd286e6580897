import { signDelivery } from "../../signing/sign-delivery.ts";
import type { Attack } from "../attack.ts";
import type { Material } from "../material.ts";

/** The timestamp is not the one that was signed, is not of now, or no number of seconds. */
export async function timestampAttacks({
  attack,
  event,
  signer,
  present,
  far,
  timestamp,
}: Material): Promise<Attack[]> {
  const signedAt = async (seconds: number) => {
    const { headers, body } = await signDelivery(event, { signer, timestamp: seconds });
    return {
      id: headers["webhook-id"] ?? "",
      timestamp: headers["webhook-timestamp"] ?? "",
      signature: headers["webhook-signature"] ?? "",
      body,
    };
  };
  const stale = await signedAt(present - far);
  const malformed = (name: string, text: string) => attack(name, "malformed_header", { timestamp: text });
  return [
    attack("the timestamp is another", "signature_mismatch", { timestamp: `${timestamp - 1}` }),
    attack("the timestamp has a zero before it", "signature_mismatch", { timestamp: `0${timestamp}` }),
    attack("the delivery is old", "too_old", stale),
    attack("the delivery is old, and its timestamp has been renewed", "signature_mismatch", {
      ...stale,
      timestamp: `${present}`,
    }),
    attack("the delivery is from the future", "too_new", await signedAt(present + far)),
    attack("the timestamp is in milliseconds, and signed", "malformed_header", await signedAt(present * 1000)),
    malformed("the timestamp is empty", ""),
    malformed("the timestamp is a date", new Date(timestamp * 1000).toISOString()),
    malformed("the timestamp has a fraction", `${timestamp}.0`),
    malformed("the timestamp has a sign", `+${timestamp}`),
    malformed("the timestamp has an exponent", `${timestamp}e0`),
    malformed("the timestamp is hexadecimal", `0x${timestamp.toString(16)}`),
    malformed("the timestamp holds a space", `${timestamp} ${timestamp}`),
    malformed("the timestamp has 400 digits", "1".repeat(400)),
  ];
}
