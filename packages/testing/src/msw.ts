/** Mocks the API for MSW 2 or later, which is installed separately. */
import type { operations } from "@mindbridge-sdk/contract";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { OPERATIONS, type OperationId } from "@mindbridge-sdk/contract/operations";
import { type HttpHandler, http } from "msw";
import {
  type Answer,
  type Examples,
  escaped,
  hasToken,
  operationIds,
  paramsOf,
  parse,
  patternOf,
  refusalOfBody,
  toResponse,
} from "./mocked-operations.ts";

/** The responses of an operation by status, as openapi-typescript has them. */
type Responses<Id extends OperationId> = operations[Id]["responses"];

/** The statuses that the contract lists for an operation. */
export type MockStatus<Id extends OperationId> = Extract<keyof Responses<Id>, number>;

/** The body of an operation's answer of a status. What is not JSON is a `Blob`. */
export type MockBody<Id extends OperationId, Status extends MockStatus<Id>> = Responses<Id>[Status] extends {
  content: infer Content;
}
  ? BodyOf<Content>
  : undefined;

type BodyOf<Content> = {
  [MediaType in keyof Content]: MediaType extends `${string}json${string}` ? Content[MediaType] : Blob;
}[keyof Content];

/** The statuses of an operation that are a success. */
type Success<Id extends OperationId> = Extract<MockStatus<Id>, 200 | 201 | 202 | 203 | 204 | 205 | 206>;

/** An answer for an operation. */
export type MockAnswer<Id extends OperationId = OperationId> =
  | {
      /** By default the status of a success. */
      readonly status?: undefined;
      /** By default the contract's first example. */
      readonly body?: MockBody<Id, Success<Id>> | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  | {
      [Status in MockStatus<Id>]: {
        readonly status: Status;
        /** By default the contract's first example of the status, if there is one. */
        readonly body?: MockBody<Id, Status> | undefined;
        readonly headers?: Readonly<Record<string, string>> | undefined;
      };
    }[MockStatus<Id>];

/** A request to an operation, for a function that answers it. */
export interface MockRequest<Id extends OperationId = OperationId> {
  readonly request: Request;
  /** The path parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The contract's examples of answers, by status and by their names in the document. */
  readonly examples: (typeof EXAMPLES)[Id]["responses"];
}

/**
 * Answers a request to an operation. A `Response` is passed on as it is, such as one with a status that the contract does not list,
 * or MSW's `HttpResponse.error()`. `undefined` stands for the answer by default.
 */
export type MockResolver<Id extends OperationId = OperationId> = (
  request: MockRequest<Id>,
) => MockAnswer<Id> | Response | undefined | Promise<MockAnswer<Id> | Response | undefined>;

/** Answers by operation, in place of the examples. */
export type MockOperations = {
  readonly [Id in OperationId]?: MockAnswer<Id> | MockResolver<Id> | undefined;
};

/** Which API to mock, and its answers. */
export interface MockApiOptions {
  /**
   * Where the API is, with the path that comes before the paths of the contract: `https://acme.mindbridge.ai/api`. By default,
   * requests to any host are mocked.
   */
  readonly baseUrl?: string | undefined;
  /** Answers of operations in place of the contract's examples, whatever the request is. */
  readonly operations?: MockOperations | undefined;
}

type Resolver = (request: object) => Answer | Response | undefined | Promise<Answer | Response | undefined>;

/**
 * Makes a handler for MSW for each operation of the contract. It answers with the first example of the contract, or one made of
 * the schema if there is none. It refuses what the contract refuses, with the statuses of the Prism mock: 401 without a token,
 * 422 for a body that is not valid.
 *
 * @returns What `setupServer` and `setupWorker` take; `server.use(...mockApiHandlers(…))` puts others before them.
 */
export function mockApiHandlers({ baseUrl, operations = {} }: MockApiOptions = {}): HttpHandler[] {
  const base = baseUrl === undefined ? ".*" : escaped(baseUrl.replace(/\/+$/, ""));
  return operationIds().map((id) => {
    const pattern = patternOf(id, base);
    const examples: Examples = EXAMPLES[id].responses;
    const given = operations[id] as Answer | Resolver | undefined;
    const answerTo = (request: Request) => {
      const { origin, pathname } = new URL(request.url);
      return typeof given === "function"
        ? given({ request, examples, params: paramsOf(id, pattern, origin + pathname) })
        : given;
    };
    return http[OPERATIONS[id].method.toLowerCase() as "get"](pattern, async ({ request }) => {
      const answer = await answerTo(request);
      return answer instanceof Response ? answer : toResponse(id, answer ?? (await refusalOf(id, request)) ?? {});
    });
  });
}

/** How the contract refuses a request; `undefined` if it does not. */
async function refusalOf(id: OperationId, request: Request): Promise<Answer | undefined> {
  if (!hasToken(id, request)) return { status: 401 };
  const text = OPERATION_VALIDATORS[id].request ? await request.clone().text() : "";
  // What is no JSON is refused as what no contract allows.
  return refusalOfBody(id, text === "" ? undefined : (parse(text) ?? null));
}
