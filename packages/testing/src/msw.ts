/** Mocks the API for MSW 2 or later, which is installed separately. */
import type { operations } from "@mindbridge-sdk/contract";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { OPERATIONS, type OperationId } from "@mindbridge-sdk/contract/operations";
import { type HttpHandler, http } from "msw";
import { SAMPLES } from "./generated/samples.ts";

/** The responses of an operation by status, as openapi-typescript has them. */
type Responses<Id extends OperationId> = operations[Id]["responses"];

/** The statuses that the contract lists for an operation. */
export type MockStatus<Id extends OperationId> = Extract<keyof Responses<Id>, number>;

/** The body of an operation's answer of a status. */
export type MockBody<Id extends OperationId, Status extends MockStatus<Id>> = Responses<Id>[Status] extends {
  content: { "application/json": infer Body };
}
  ? Body
  : undefined;

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

/** An answer of any operation. */
interface Answer {
  readonly status?: number | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

type Resolver = (request: object) => Answer | Response | undefined | Promise<Answer | Response | undefined>;

type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Makes a handler for MSW for each operation of the contract. It answers with the first example of the contract, or one made of
 * the schema if there is none. It refuses what the contract refuses, with the statuses of the Prism mock: 401 without a token,
 * 422 for a body that is not valid.
 *
 * @returns What `setupServer` and `setupWorker` take; `server.use(...mockApiHandlers(…))` puts others before them.
 */
export function mockApiHandlers({ baseUrl, operations = {} }: MockApiOptions = {}): HttpHandler[] {
  const base = baseUrl === undefined ? ".*" : escaped(baseUrl.replace(/\/+$/, ""));
  // OpenAPI says that a path without parameters goes before one that has some.
  const ids = (Object.keys(OPERATIONS) as OperationId[]).toSorted(
    (one, other) => OPERATIONS[one].pathParameters.length - OPERATIONS[other].pathParameters.length,
  );
  return ids.map((id) => {
    const { method, path } = OPERATIONS[id];
    const pattern = new RegExp(`^${base}${escaped(path).replaceAll(/\\\{(\w+)\\\}/g, "(?<$1>[^/]+)")}$`);
    const examples: Examples = EXAMPLES[id].responses;
    const given = operations[id] as Answer | Resolver | undefined;
    return http[method.toLowerCase() as "get"](pattern, async ({ request }) => {
      const answer =
        typeof given === "function" ? await given({ request, examples, params: paramsOf(pattern, request) }) : given;
      if (answer instanceof Response) return answer;
      return toResponse(id, answer ?? (await refusalOf(id, request)) ?? {}, examples);
    });
  });
}

/** How the contract refuses a request; `undefined` if it does not. */
async function refusalOf(id: OperationId, request: Request): Promise<Answer | undefined> {
  if (!/^Bearer \S/i.test(request.headers.get("authorization") ?? "")) return { status: 401 };
  const { request: validate, isRequestRequired } = OPERATION_VALIDATORS[id];
  const text = validate ? await request.clone().text() : "";
  if (!validate || (text === "" && !isRequestRequired)) return undefined;
  const problems = validate.problems(parse(text));
  if (problems.length === 0) return undefined;
  const list = problems.map(({ pointer, expected }) => `${pointer || "the body"}: expected ${expected}`);
  return { status: 422, body: { message: `${id}: the contract refuses the body. ${list.join("; ")}.` } };
}

function toResponse(id: OperationId, { status, body, headers }: Answer, examples: Examples): Response {
  const success = OPERATIONS[id].statuses.find((each) => each.startsWith("2")) ?? "200";
  const key = status === undefined ? success : `${status}`;
  const [example = key === success ? SAMPLES[id] : undefined] = Object.values(examples[key] ?? {});
  const content = body === undefined ? example : body;
  const init = { status: Number(key.replaceAll("X", "0")), headers: { ...headers } };
  return content === undefined ? new Response(null, init) : Response.json(content, init);
}

function paramsOf(pattern: RegExp, { url }: Request): Record<string, string> {
  const { origin, pathname } = new URL(url);
  const params = Object.entries(pattern.exec(origin + pathname)?.groups ?? {});
  return Object.fromEntries(params.map(([name, value]) => [name, decodeURIComponent(value)]));
}

/** The JSON of a body; `undefined` if it is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A regular expression that matches a text. */
function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
