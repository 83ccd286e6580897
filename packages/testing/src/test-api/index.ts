/** An API that keeps what it is sent, and delivers, for tests. */
export type { AnsweredRequest } from "../answered-request.ts";
export type { DeliverOptions, Endpoint } from "./deliver.ts";
export type { FailedAnswer, FailedConnection, Failure } from "./failure.ts";
export type { ListeningApi, ListenOptions } from "./listen.ts";
export { createTestApi, type TestApi, type TestApiOptions } from "./test-api.ts";
