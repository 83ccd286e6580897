// Generated from spec/openapi.yaml by tools/generator. Do not edit: change the document and run `pnpm generate`.
import type { Deliveries } from "@mindbridge-sdk/contract/deliveries";
import { DELIVERY_EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { type Overrides, withOverrides } from "../overrides.ts";

/**
 * Makes the body of a delivery of each type that the contract lists: a new copy of its example, with your overrides.
 */
export const deliveries = {
  /** `analysis.completed`: An analysis is complete. */
  analysisCompleted: (overrides?: Overrides<Deliveries["analysis.completed"]>): Deliveries["analysis.completed"] =>
    withOverrides<Deliveries["analysis.completed"]>(DELIVERY_EXAMPLES["analysis.completed"]["analysisCompleted"], overrides),
  /** `analysis.failed`: An analysis has failed. */
  analysisFailed: (overrides?: Overrides<Deliveries["analysis.failed"]>): Deliveries["analysis.failed"] =>
    withOverrides<Deliveries["analysis.failed"]>(DELIVERY_EXAMPLES["analysis.failed"]["analysisFailed"], overrides),
};

/** The event that a webhook subscribes to, by the type of delivery that it then gets: of the types for which the document says it. */
export const subscriptions: Readonly<Record<string, string>> = {
  "analysis.completed": "ANALYSIS_COMPLETE",
  "analysis.failed": "ANALYSIS_FAILED"
};
