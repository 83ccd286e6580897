export { findChromium, hasChromium, hasPostgres, hasRedis } from "./programs.ts";
export { startPostgres, startRedis } from "./servers.ts";
export type { Service } from "./service.ts";
