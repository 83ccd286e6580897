import { type Deliveries, type DeliveryType, isDeliveryType } from "@mindbridge-sdk/contract/deliveries";

/** What every verified delivery has. A field of the body that is not a string there is `undefined`; `raw` has it as it came. */
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
  /** The bytes of the body that the signature covers. */
  readonly raw: Uint8Array;
}

/** A delivery of a type that the contract lists. */
export interface KnownDelivery<T extends DeliveryType> extends Envelope {
  readonly known: true;
  readonly type: T;
  /** As the contract types it. It is an object. Whether its fields are there, only the sender knows. */
  readonly data: Deliveries[T]["data"];
}

/** A delivery of a type that this version of the contract does not list, or without a `data` object. */
export interface UnknownDelivery extends Envelope {
  readonly known: false;
  /** `""` where the body has none. */
  readonly type: string;
  readonly data: unknown;
}

/** A verified delivery. Narrow on `known` first, then on `type`, which narrows `data`. */
export type Delivery = { [T in DeliveryType]: KnownDelivery<T> }[DeliveryType] | UnknownDelivery;

/** A verified delivery: its headers, and what its body says. */
export function toDelivery(id: string, seconds: number, body: object, raw: Uint8Array): Delivery {
  const { type, data } = body as { type?: unknown; data?: unknown };
  return {
    known: isDeliveryType(type) && isObject(data),
    type: textOf(body, "type") ?? "",
    id,
    attemptedAt: new Date(seconds * 1000),
    eventId: textOf(body, "eventId"),
    timestamp: textOf(body, "timestamp"),
    senderId: textOf(body, "senderId"),
    tenantId: textOf(body, "tenantId"),
    userId: textOf(body, "userId"),
    data,
    raw,
    // The compiler cannot see that `known` stands for the type of `data`.
  } as Delivery;
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
