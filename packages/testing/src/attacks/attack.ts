import { signDelivery, type TestSigner } from "../signing.ts";

/** Why an endpoint must refuse a delivery: the `code` of the receiver's error. */
export type AttackCode = keyof typeof STATUSES;

/** The HTTP status of each code. */
const STATUSES = {
  missing_header: 400,
  malformed_header: 400,
  invalid_body: 400,
  too_old: 503,
  too_new: 503,
  unsupported_scheme: 401,
  no_key: 401,
  signature_mismatch: 401,
} as const;

/**
 * A delivery that an endpoint must refuse. `verify` takes it as it stands. Over HTTP, send it with `sendDelivery` of
 * `@mindbridge-sdk/testing/examine`, which makes a line of each string of an array, as `node:http` does.
 */
export interface TamperedDelivery {
  /** Names in lower case. An array is a header that comes several times. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
  /** The delivery as a POST to `url`. `Headers` joins a header that comes several times with a comma and a space. */
  toRequest(url: string | URL): Request;
}

/** One way to get a forged, changed or repeated delivery past an endpoint. */
export interface Attack {
  /** What was done to the delivery, in words, such as `a byte of the body is another`. A name never changes its meaning. */
  readonly name: string;
  readonly delivery: TamperedDelivery;
  /** The `code` of the error that `verify` of `@mindbridge-sdk/receiver` rejects with. */
  readonly code: AttackCode;
  /** The HTTP status that its `createReceiver` answers. Any of 400 or more keeps the attacker out. */
  readonly status: number;
  /**
   * Whether an endpoint that takes it is only lenient: either the sender alone can have signed it, or it spells a genuine delivery
   * in another way, such as with the signature in base64url. `createReceiver` refuses it like any other.
   */
  readonly harmless: boolean;
}

/** Marks an attack that does no harm. */
export const HARMLESS = { harmless: true } as const;

/** The parts of a genuine delivery that an attack replaces; `null` leaves a header out. */
export interface Change {
  readonly id?: string | string[] | null;
  readonly timestamp?: string | string[] | null;
  readonly signature?: string | string[] | null;
  readonly body?: string;
}

/** Who attacks which endpoint with what. */
interface Given {
  readonly event: object;
  readonly signer: TestSigner;
  readonly otherSigner: TestSigner;
  /** Whether the endpoint looks up a key by the sender that the unverified body names. */
  readonly keysBySender: boolean;
  /** The time of the endpoint's clock, in seconds since the epoch. */
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
}

/** Signs a genuine delivery, to make attacks of. */
export async function prepareMaterial(given: Given): Promise<Material> {
  const { event, signer, present: timestamp } = given;
  for (;;) {
    const { headers, body } = await signDelivery(event, { signer, timestamp });
    const { "webhook-id": id = "", "webhook-signature": signature = "" } = headers;
    // Only with one of these characters does base64url differ. One signature in fifteen has none.
    if (!/[+/]/.test(signature)) continue;
    return {
      ...given,
      id,
      timestamp,
      signature,
      body,
      attack: attackOn({ id, timestamp: `${timestamp}`, signature, body }),
    };
  }
}

/** Makes attacks of the parts of a genuine delivery. */
function attackOn(genuine: Required<Change>) {
  return (name: string, code: AttackCode, change: Change, { harmless } = { harmless: false }): Attack => {
    const { id, timestamp, signature, body } = { ...genuine, ...change };
    const named = {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signature,
    };
    const present = Object.entries(named).flatMap(([header, value]) =>
      value === null ? [] : [[header, value] as const],
    );
    const lines = present.flatMap(([header, value]) => [value].flat().map((each): [string, string] => [header, each]));
    return {
      name,
      code,
      status: STATUSES[code],
      harmless,
      delivery: {
        headers: Object.fromEntries(present),
        body,
        toRequest: (url) => new Request(url, { method: "POST", headers: lines, body }),
      },
    };
  };
}
