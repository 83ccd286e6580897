export { type MockServer, type MockServerOptions, startMockServer } from "./mock-server.ts";
export type { PrismServer } from "./prism.ts";
export { type ProxyServerOptions, startProxyServer } from "./proxy-server.ts";
