import { signDelivery } from "../../signing/sign-delivery.ts";
import { type Attack, HARMLESS } from "../attack.ts";
import type { Material } from "../material.ts";

/** In seconds. What is to come has to stay out of tolerance until the test has ended. */
const [MINUTE, HOUR] = [60, 3600];

/** The timestamp is not the one that was signed, is not of now, or no number of seconds. */
export async function timestampAttacks({
  attack,
  event,
  signer,
  present,
  tolerance,
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
  const stale = await signedAt(present - tolerance - HOUR);
  const malformed = (name: string, text: string) => attack(name, "malformed_header", { timestamp: text });
  /** The time is that which was signed to whoever reads it in this way. */
  const respelled = (name: string, text: string) => attack(name, "malformed_header", { timestamp: text }, HARMLESS);
  return [
    attack("the timestamp is another", "signature_mismatch", { timestamp: `${timestamp - 1}` }),
    attack("the timestamp has a zero before it", "signature_mismatch", { timestamp: `0${timestamp}` }, HARMLESS),
    attack("the delivery is old", "too_old", stale),
    attack("the delivery is a minute too old", "too_old", await signedAt(present - tolerance - MINUTE)),
    attack("the delivery is old, and its timestamp has been renewed", "signature_mismatch", {
      ...stale,
      timestamp: `${present}`,
    }),
    attack("the delivery is from the future", "too_new", await signedAt(present + tolerance + HOUR)),
    attack(
      "the timestamp is in milliseconds, and signed",
      "malformed_header",
      await signedAt(present * 1000),
      HARMLESS,
    ),
    malformed("the timestamp is empty", ""),
    respelled("the timestamp is a date", new Date(timestamp * 1000).toISOString()),
    respelled("the timestamp has a fraction", `${timestamp}.0`),
    respelled("the timestamp has a sign", `+${timestamp}`),
    respelled("the timestamp has an exponent", `${timestamp}e0`),
    respelled("the timestamp is hexadecimal", `0x${timestamp.toString(16)}`),
    respelled("the timestamp holds a space", `${timestamp} ${timestamp}`),
    malformed("the timestamp has 400 digits", "1".repeat(400)),
  ];
}
