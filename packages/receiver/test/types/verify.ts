/**
 * How the types of verifying behave, for the type checker alone: an `@ts-expect-error` that expects none is an error of its
 * own.
 */
import type { Deliveries } from "@mindbridge-sdk/contract/deliveries";
import { expectTypeOf } from "vitest";
import {
  type Delivery,
  type DeliveryErrorCode,
  DeliveryTooOldError,
  type DeliveryType,
  InvalidKeyError,
  type KnownDelivery,
  type UnknownDelivery,
  verify,
} from "../../src/index.ts";

const options = { keys: "whpk_…" };
const body = "{}";

export function narrowing(delivery: Delivery): void {
  expectTypeOf(delivery.id).toEqualTypeOf<string>();
  expectTypeOf(delivery.attemptedAt).toEqualTypeOf<Date>();
  expectTypeOf(delivery.senderId).toEqualTypeOf<string | undefined>();
  expectTypeOf(delivery.raw).toEqualTypeOf<Uint8Array | undefined>();

  if (!delivery.known) {
    expectTypeOf(delivery).toEqualTypeOf<UnknownDelivery>();
    expectTypeOf(delivery.type).toEqualTypeOf<string>();
    expectTypeOf(delivery.data).toEqualTypeOf<unknown>();
    return;
  }
  expectTypeOf(delivery.type).toEqualTypeOf<DeliveryType>();
  if (delivery.type === "analysis.completed") {
    expectTypeOf(delivery).toEqualTypeOf<KnownDelivery<"analysis.completed">>();
    expectTypeOf(delivery.data).toEqualTypeOf<Deliveries["analysis.completed"]["data"]>();
    expectTypeOf(delivery.data.analysisResultId).toEqualTypeOf<string>();
  } else if (delivery.type === "analysis.failed") {
    expectTypeOf(delivery.data.analysisResultId).toEqualTypeOf<string | undefined>();
    // @ts-expect-error: a misspelt field
    void delivery.data.analysisID;
    // A field that the contract does not list yet is in the value, though not in the type.
    expectTypeOf((delivery.data as Record<string, unknown>).newer).toEqualTypeOf<unknown>();
  }
  // @ts-expect-error: a misspelt type
  if (delivery.type === "analysis.complete") return;
}

export async function calls(request: Request, headers: Headers, node: NodeJS.Dict<string | string[]>): Promise<void> {
  const verified = await verify(request, options);
  expectTypeOf(verified).toExtend<Delivery>();
  expectTypeOf(verified.raw).toEqualTypeOf<Uint8Array>();
  if (verified.known && verified.type === "analysis.failed") {
    expectTypeOf(verified.data).toEqualTypeOf<Deliveries["analysis.failed"]["data"]>();
  }
  await verify({ headers, body }, options);
  await verify({ headers: node, body: new Uint8Array() }, { keys: ["whpk_…", { kty: "OKP", crv: "Ed25519", x: "…" }] });
  await verify({ headers: { "webhook-id": "1" }, body: Buffer.from("") }, { keys: { sender: ["whpk_…"] } });
  await verify(request, { keys: async ({ senderId, id }) => (senderId === id ? undefined : "whpk_…") });
  // @ts-expect-error: a parsed body
  await verify({ headers, body: {} }, options);
  // @ts-expect-error: no keys
  await verify(request, {});
  // Variables of the environment, which may be unset, need no cast. That they are set is checked at run time.
  await verify(request, { keys: process.env.A });
  await verify(request, { keys: [process.env.A, process.env.B] });
  await verify(request, { keys: { sender: process.env.A, other: [process.env.B] } });
  await verify(request, { keys: async () => process.env.A });
  // @ts-expect-error: a misspelt option
  await verify(request, { ...options, tolerence: 5 });
}

export function errors(error: unknown): void {
  if (error instanceof DeliveryTooOldError) {
    expectTypeOf(error.code).toEqualTypeOf<"too_old">();
    expectTypeOf(error.seconds).toEqualTypeOf<number>();
    expectTypeOf(error.code).toExtend<DeliveryErrorCode>();
  }
  if (error instanceof InvalidKeyError && error.reason === "test key")
    expectTypeOf(error.code).toEqualTypeOf<"invalid_key">();
}
