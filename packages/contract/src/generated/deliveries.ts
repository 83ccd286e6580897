// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { AnalysisCompletedDelivery, AnalysisFailedDelivery } from "./types.ts";

/** The bodies of the deliveries that this version of the contract lists, by their `type`. */
export interface Deliveries {
  /** An analysis is complete. */
  "analysis.completed": AnalysisCompletedDelivery;
  /** An analysis has failed. */
  "analysis.failed": AnalysisFailedDelivery;
}

/** The types of delivery that this version of the contract lists. MindBridge may send others. */
export const DELIVERY_TYPES = ["analysis.completed","analysis.failed"] as const satisfies readonly (keyof Deliveries)[];

/** A `type` of delivery that this version of the contract lists. */
export type DeliveryType = (typeof DELIVERY_TYPES)[number];

/** Whether `value` is one of {@link DELIVERY_TYPES}: `false` for a type that is newer than this version of the contract. */
export function isDeliveryType(value: unknown): value is DeliveryType {
  return (DELIVERY_TYPES as readonly unknown[]).includes(value);
}

/** What `data` may be in the deliveries where it is not just an object: types of JSON, and `undefined`. There are none if the body has no `data`. */
export const DATA_TYPES: { readonly [type: string]: readonly string[] } = {};
