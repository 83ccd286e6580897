import { DATA_TYPES, type Deliveries, type DeliveryType, isDeliveryType } from "@mindbridge-sdk/contract/deliveries";
import { ConfigurationError } from "../errors.ts";

/** What every delivery has. A field of the body that is not a string there is `undefined`; `raw` has it as it came. */
export interface Envelope {
  /** The `webhook-id` header: the same in every attempt at this delivery. */
  readonly id: string;
  /** The `webhook-timestamp` header: when this attempt was signed. */
  readonly attemptedAt: Date;
  /** The id of the event, from the body. */
  readonly eventId: string | undefined;
  /** When the event happened, from the body: an RFC 3339 string, as it came. */
  readonly timestamp: string | undefined;
  /** The id of the webhook that sent the delivery, from the body. */
  readonly senderId: string | undefined;
  /** The name of the tenant, from the body. */
  readonly tenantId: string | undefined;
  /** The id of the user who caused the event, from the body. */
  readonly userId: string | undefined;
  /**
   * The `traceparent` header (W3C Trace Context), as it came. The signature does not cover it: use it for traces, and for
   * nothing else.
   */
  readonly traceparent: string | undefined;
  /**
   * The bytes of the body that the signature covers; `undefined` where the delivery came out of a queue. It is not enumerable:
   * neither JSON nor a copy of the delivery has it.
   */
  readonly raw: Uint8Array | undefined;
}

/** A delivery of a type that the contract lists. */
export interface KnownDelivery<T extends DeliveryType> extends Envelope {
  readonly known: true;
  readonly type: T;
  /**
   * As the contract types it. It is checked to be an object, or whatever the contract has in its place, such as a list. Its fields are
   * not checked. Where the contract has no `data` in the body, this is the whole body.
   */
  readonly data: DeliveryData[T];
}

/** A record, since the compiler of users reads a property at half the cost of a condition for each `T`. */
type DeliveryData = { [T in DeliveryType]: DataOf<Deliveries[T]> };

type DataOf<Body> = "data" extends keyof Body ? Body["data" & keyof Body] : Body;

/** A delivery of a type that this version of the contract does not list, or whose `data` is no object where the contract has one. */
export interface UnknownDelivery extends Envelope {
  readonly known: false;
  /** `""` where the body has none. */
  readonly type: string;
  readonly data: unknown;
}

/** A verified delivery. Narrow on `known` first, then on `type`, which narrows `data`. */
export type Delivery = { [T in DeliveryType]: KnownDelivery<T> }[DeliveryType] | UnknownDelivery;

/** What `verify` gives: a delivery with its bytes. */
export type VerifiedDelivery = Delivery & { readonly raw: Uint8Array };

/** A delivery as it is put into a queue: JSON, without the raw bytes. Narrow it like a `Delivery`. */
export type QueuedDelivery = Queued<Delivery>;

type Queued<D> = D extends Envelope
  ? Omit<D, "attemptedAt" | "raw"> & {
      /** When this attempt was signed: an RFC 3339 string. */
      readonly attemptedAt: string;
    }
  : never;

/** A delivery: what its headers and its body say. */
export function toDelivery(
  { id, attemptedAt, traceparent }: Pick<Envelope, "id" | "attemptedAt" | "traceparent">,
  body: object,
  raw?: Uint8Array,
  data: unknown = dataOf(body),
): Delivery {
  const delivery = {
    known: isKnown((body as { type?: unknown }).type, data),
    type: textOf(body, "type") ?? "",
    id,
    attemptedAt,
    eventId: textOf(body, "eventId"),
    timestamp: textOf(body, "timestamp"),
    senderId: textOf(body, "senderId"),
    tenantId: textOf(body, "tenantId"),
    userId: textOf(body, "userId"),
    traceparent,
    data,
  };
  return withRaw(delivery, raw);
}

/** The `data` of a body; the whole body if it is of a type that has none. */
function dataOf(body: object): unknown {
  const { type, data } = body as { type?: unknown; data?: unknown };
  return isDeliveryType(type) && DATA_TYPES[type]?.length === 0 ? body : data;
}

/** Whether the contract lists a type, and `data` is what the contract then says: mostly an object. */
function isKnown(type: unknown, data: unknown): boolean {
  if (!isDeliveryType(type)) return false;
  const { [type]: types = ["object"] } = DATA_TYPES;
  const kind = data === null ? "null" : Array.isArray(data) ? "array" : typeof data;
  return types.length === 0 || types.includes(kind);
}

/** The compiler cannot see that `known` stands for the type of `data`. */
const withRaw = (delivery: object, raw: Uint8Array | undefined) =>
  Object.defineProperty(delivery, "raw", { value: raw }) as Delivery;

/** The delivery, for a handler that takes types which the contract does not list. */
export const asUnknown = (delivery: Delivery): Delivery => withRaw({ ...delivery, known: false }, delivery.raw);

export const toQueued = (delivery: Delivery): QueuedDelivery => ({
  ...delivery,
  attemptedAt: delivery.attemptedAt.toISOString(),
});

/**
 * A delivery from what `toQueued` made, after a queue had it as JSON. Whether it is known is decided again: this process may
 * have another version of the contract than the one that put it there.
 *
 * @throws {ConfigurationError} if it is something else.
 */
export function fromQueued(queued: QueuedDelivery): Delivery {
  const { id, attemptedAt, known, type, data } = Object(queued) as Partial<QueuedDelivery>;
  const date = new Date(attemptedAt ?? "");
  const faults = {
    id: !id || typeof id !== "string",
    attemptedAt: Number.isNaN(date.getTime()),
    type: typeof type !== "string",
    data: known !== false && !(known && (isKnown(type, data) || !isDeliveryType(type))),
  };
  for (const [field, isWrong] of Object.entries(faults)) {
    if (!isWrong) continue;
    throw new ConfigurationError(
      `This is no QueuedDelivery: its ${field} is missing or wrong. Pass what enqueue gave to put, parsed from JSON. A job of another kind never succeeds: remove it.`,
    );
  }
  const envelope = { id: id as string, attemptedAt: date, traceparent: textOf(queued, "traceparent") };
  return toDelivery(envelope, queued, undefined, data);
}

/** Leaves out a byte order mark, and throws at what is not UTF-8. */
const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { fatal: true });

/** The body as a JSON object, if it is one. */
export function parseBody(body: Uint8Array): object | undefined {
  const value = parseJson(body);
  return isObject(value) ? value : undefined;
}

/** What JSON in UTF-8 says; `undefined` where it is not that. */
export function parseJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(text));
  } catch {
    // The error of the parser quotes the text, so we drop it.
    return undefined;
  }
}

/** A field of a body, if it is a string. */
export function textOf(body: object | undefined, name: string): string | undefined {
  const value = (body as Record<string, unknown> | undefined)?.[name];
  return typeof value === "string" ? value : undefined;
}

/** Whether `value` is an object: neither `null` nor an array. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
