export * from "./generated/deliveries.ts";
export * from "./generated/enums.ts";
export type { components, operations, paths, webhooks } from "./generated/openapi.ts";
export * from "./generated/server.ts";
export type * from "./generated/types.ts";
export * from "./generated/version.ts";
