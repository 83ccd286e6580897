import { createTestSigner, type TestSigner } from "../signing/signer.ts";
import type { Attack } from "./attack.ts";
import { bodyAttacks } from "./attacks/body.ts";
import { headerAttacks } from "./attacks/headers.ts";
import { idAttacks } from "./attacks/id.ts";
import { keyAttacks } from "./attacks/key.ts";
import { signatureAttacks } from "./attacks/signature.ts";
import { timestampAttacks } from "./attacks/timestamp.ts";
import { prepareMaterial } from "./material.ts";

/** What to attack an endpoint with. */
export interface TamperedOptions {
  /** The body of a delivery that the endpoint would take, such as `deliveries.analysisCompleted()`. */
  readonly event: object;
  /** Whose deliveries the endpoint takes. */
  readonly signer: TestSigner;
  /**
   * Another sender, whose key the endpoint knows as well, and takes for no other's deliveries: for an endpoint that has its
   * keys by sender, which then has `no_key` for what names none. By default one that it does not know.
   */
  readonly otherSigner?: TestSigner | undefined;
  /** What the clock of the endpoint says, in seconds since the epoch. By default it is now. */
  readonly timestamp?: number | undefined;
  /** By how many seconds a delivery may be older or newer to the endpoint. 300 by default. */
  readonly tolerance?: number | undefined;
}

/**
 * Deliveries that no endpoint may take: forged, changed, incomplete and repeated too late. Each differs from a genuine one in
 * what its name says. Send the genuine one too, since an endpoint that refuses everything refuses these.
 *
 * @throws {TypeError} if `event` is no object with a field, so that nothing of it can be changed.
 * @throws {RangeError} if `tolerance` is no finite number of 0 or more.
 */
export async function tampered(options: TamperedOptions): Promise<Attack[]> {
  const { event, signer, timestamp: present = Math.floor(Date.now() / 1000), tolerance = 300 } = options;
  if (!(tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY)) {
    throw new RangeError("tampered: tolerance must be a finite number of seconds, 0 or more.");
  }
  if (!/^\{.*[a-z0-9]/i.test(JSON.stringify(event))) {
    throw new TypeError("tampered: event must be an object with a field, such as deliveries.analysisCompleted().");
  }
  const material = await prepareMaterial({
    event,
    signer,
    otherSigner: options.otherSigner ?? (await createTestSigner()),
    keysBySender: options.otherSigner !== undefined,
    present,
    tolerance: Math.ceil(tolerance),
  });
  return [
    ...bodyAttacks(material),
    ...(await keyAttacks(material)),
    ...(await signatureAttacks(material)),
    ...(await timestampAttacks(material)),
    ...(await idAttacks(material)),
    ...headerAttacks(material),
  ];
}
