export { deliveries } from "./generated/deliveries.ts";
export type { Overrides } from "./overrides.ts";
export { type SignDeliveryOptions, type SignedDelivery, signDelivery } from "./signing/sign-delivery.ts";
export { createTestSigner, type SignedContent, type TestSigner, type TestSignerOptions } from "./signing/signer.ts";
export type { Attack, AttackCode, TamperedDelivery } from "./tampered/attack.ts";
export { type TamperedOptions, tampered } from "./tampered/tampered.ts";
