export { hasChromium, hasPostgres, hasRedis } from "./available.ts";
export { findChromium } from "./find.ts";
export { startPostgres } from "./postgres.ts";
export { startRedis } from "./redis.ts";
export type { Service } from "./service.ts";
