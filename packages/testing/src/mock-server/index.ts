/** Serves the API's document with Prism, which is to be installed besides. For Node only. */
export { MissingPrismError } from "./missing-prism-error.ts";
export { type MockServer, type MockServerOptions, startMockServer } from "./mock-server.ts";
export type { PrismServer } from "./prism.ts";
