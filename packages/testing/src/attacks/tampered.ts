import { createTestSigner, type TestSigner } from "../signing.ts";
import { type Attack, prepareMaterial } from "./attack.ts";
import { bodyAttacks, headerAttacks, idAttacks, keyAttacks, signatureAttacks, timestampAttacks } from "./kinds.ts";

/** What to attack an endpoint with. */
export interface TamperedOptions {
  /** The body of a delivery that the endpoint takes, such as `deliveries.analysisCompleted()`. */
  readonly event: object;
  /** Whose deliveries the endpoint takes. */
  readonly signer: TestSigner;
  /**
   * Another sender, for an endpoint that has a key for each sender: it must not take the deliveries of one for those of the other,
   * and has no key for a body that names no sender (`no_key`). By default, a sender that the endpoint does not know.
   */
  readonly otherSigner?: TestSigner | undefined;
  /** The time of the endpoint's clock, in seconds since the epoch. By default it is now. */
  readonly timestamp?: number | undefined;
  /** By how many seconds the endpoint lets a delivery be older or newer. 300 by default. */
  readonly tolerance?: number | undefined;
}

/**
 * Makes deliveries that no endpoint may take: forged, changed, incomplete and repeated too late. The name of each says how it
 * differs from a genuine one. Send a genuine one too, since an endpoint that refuses everything refuses these.
 *
 * @throws {TypeError} if `event` is not an object with a field that can be changed.
 * @throws {RangeError} if `tolerance` is not a finite number of 0 or more.
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
