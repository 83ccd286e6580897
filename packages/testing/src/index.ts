export type { Attack, AttackCode, TamperedDelivery } from "./attacks/attack.ts";
export { type TamperedOptions, tampered } from "./attacks/tampered.ts";
export { deliveries, subscriptions } from "./generated/deliveries.ts";
export type { Overrides } from "./overrides.ts";
export {
  createTestSigner,
  type SignDeliveryOptions,
  type SignedContent,
  type SignedDelivery,
  signDelivery,
  type TestSigner,
  type TestSignerOptions,
} from "./signing.ts";
