export { chromiumOptions, hasChromium, hasFish, hasPostgres, hasRedis, hasZsh } from "./programs.ts";
export { startProxy, type TcpProxy } from "./proxy.ts";
export { startPostgres, startRedis } from "./servers.ts";
export { freePort, type Service } from "./service.ts";
