/** Mocks the API for MSW 2 or later, which is to be installed besides. */
export type { MockAnswer, MockBody, MockOperations, MockRequest, MockResolver, MockStatus } from "./answers.ts";
export { type MockApiOptions, mockApiHandlers } from "./handlers.ts";
