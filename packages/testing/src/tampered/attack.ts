/** Why a delivery is to be refused: the `code` of the receiver's error. */
export type AttackCode = keyof typeof STATUSES;

/** The HTTP status of each code. */
const STATUSES = {
  missing_header: 400,
  malformed_header: 400,
  invalid_body: 400,
  too_old: 401,
  too_new: 401,
  unsupported_scheme: 401,
  no_key: 401,
  signature_mismatch: 401,
} as const;

/**
 * A delivery that is to be refused. `verify` takes it as it stands. To send it with `node:http`, which makes a line of each
 * string of an array: `request(url, { method: "POST", headers }).end(body)`.
 */
export interface TamperedDelivery {
  /** Names in lower case. An array is a header that comes several times. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
  /** The delivery as a POST to `url`. `Headers` joins what comes several times with a comma and a space. */
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
   * Whether an endpoint that takes it is lenient and no more: nobody but the sender can have signed it, or it spells a genuine
   * delivery in another way, such as with its signature in base64url. `createReceiver` refuses it like any other.
   */
  readonly harmless: boolean;
}

/** Marks an attack as one that does no harm where it is taken. */
export const HARMLESS = { harmless: true } as const;

/** What is sent in place of the genuine; `null` leaves a header out. */
export interface Change {
  readonly id?: string | string[] | null;
  readonly timestamp?: string | string[] | null;
  readonly signature?: string | string[] | null;
  readonly body?: string;
}

/** Makes attacks out of the parts of a genuine delivery. */
export function attackOn(genuine: Required<Change>) {
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
