import type { operations } from "@mindbridge-sdk/contract";
import type { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import type { OperationId } from "@mindbridge-sdk/contract/operations";

/** What an operation answers by status, as openapi-typescript has it. */
type Responses<Id extends OperationId> = operations[Id]["responses"];

/** The statuses that the contract lists for an operation. */
export type MockStatus<Id extends OperationId> = Extract<keyof Responses<Id>, number>;

/** The body of an operation's answer of a status. */
export type MockBody<Id extends OperationId, Status extends MockStatus<Id>> = Responses<Id>[Status] extends {
  content: { "application/json": infer Body };
}
  ? Body
  : undefined;

/** The statuses that are a success. */
type Success<Id extends OperationId> = Extract<MockStatus<Id>, 200 | 201 | 202 | 203 | 204 | 205 | 206>;

/** What an operation is to answer. */
export type MockAnswer<Id extends OperationId = OperationId> =
  | {
      /** By default that of a success. */
      readonly status?: undefined;
      /** By default that of the contract's first example. */
      readonly body?: MockBody<Id, Success<Id>> | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  | {
      [Status in MockStatus<Id>]: {
        readonly status: Status;
        /** By default that of the contract's first example of the status, where there is one. */
        readonly body?: MockBody<Id, Status> | undefined;
        readonly headers?: Readonly<Record<string, string>> | undefined;
      };
    }[MockStatus<Id>];

/** What a function is told that answers for an operation. */
export interface MockRequest<Id extends OperationId = OperationId> {
  readonly request: Request;
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The contract's examples of the answers: by status, under the names that the document gives them. */
  readonly examples: (typeof EXAMPLES)[Id]["responses"];
}

/**
 * Answers for an operation. A `Response` is passed on as it is, such as one of a status that the contract does not list, or
 * MSW's `HttpResponse.error()`; `undefined` stands for what is answered by default.
 */
export type MockResolver<Id extends OperationId = OperationId> = (
  request: MockRequest<Id>,
) => MockAnswer<Id> | Response | undefined | Promise<MockAnswer<Id> | Response | undefined>;

/** Answers by operation, in place of the examples. */
export type MockOperations = {
  readonly [Id in OperationId]?: MockAnswer<Id> | MockResolver<Id> | undefined;
};
