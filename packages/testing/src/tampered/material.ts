import { toBytes } from "../signing/encoding.ts";
import { signDelivery } from "../signing/sign-delivery.ts";
import type { TestSigner } from "../signing/signer.ts";
import { type Attack, type AttackCode, attackOn, type Change } from "./attack.ts";

/** Who attacks which endpoint with what. */
interface Given {
  readonly event: object;
  readonly signer: TestSigner;
  readonly otherSigner: TestSigner;
  /** Whether the endpoint looks a key up by the sender that the body names, before it has been verified. */
  readonly keysBySender: boolean;
  /** What the clock of the endpoint says, in seconds since the epoch. */
  readonly present: number;
  /** By how many whole seconds the endpoint lets a delivery be older or newer. */
  readonly tolerance: number;
}

/** What attacks are made of. */
export interface Material extends Given {
  /** The parts of a genuine delivery. */
  readonly id: string;
  readonly timestamp: number;
  readonly signature: string;
  readonly body: string;
  /** Makes an attack of the genuine delivery. */
  attack(name: string, code: AttackCode, change: Change, options?: { readonly harmless: boolean }): Attack;
  /** `code`, unless the endpoint finds no key because the body does not name the sender any more. */
  unlessNoKey(code: AttackCode, body: string): AttackCode;
}

/** Signs a genuine delivery, to make attacks of. */
export async function prepareMaterial(given: Given): Promise<Material> {
  const { event, signer, present: timestamp, keysBySender } = given;
  for (;;) {
    const { headers, body } = await signDelivery(event, { signer, timestamp });
    const { "webhook-id": id = "", "webhook-signature": signature = "" } = headers;
    // Without one of these, the alphabet of URLs would make no difference. One signature in fifteen has none.
    if (!/[+/]/.test(signature)) continue;
    const sender = senderOf(body);
    return {
      ...given,
      id,
      timestamp,
      signature,
      body,
      attack: attackOn({ id, timestamp: `${timestamp}`, signature, body }),
      unlessNoKey: (code, changed) => (keysBySender && senderOf(changed) !== sender ? "no_key" : code),
    };
  }
}

/** The sender that a body names, if it can be read. */
function senderOf(body: string): unknown {
  try {
    // Decoding leaves out a byte order mark.
    const value: unknown = JSON.parse(new TextDecoder().decode(toBytes(body)));
    return (value as { senderId?: unknown } | null)?.senderId;
  } catch {
    return undefined;
  }
}
