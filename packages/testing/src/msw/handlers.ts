import { EXAMPLES } from "@mindbridge-sdk/contract/examples";
import { OPERATION_VALIDATORS } from "@mindbridge-sdk/contract/operation-validators";
import { OPERATIONS, type OperationId } from "@mindbridge-sdk/contract/operations";
import { type HttpHandler, http } from "msw";
import { SAMPLES } from "../generated/samples.ts";
import type { MockOperations } from "./answers.ts";

/** Which API to mock, and what it is to answer. */
export interface MockApiOptions {
  /**
   * Where the API is, with the path that comes before those of the contract: `https://acme.mindbridge.ai/api`. By default it
   * is anywhere.
   */
  readonly baseUrl?: string | undefined;
  /** What operations answer in place of the contract's examples. They then answer so whatever the request is. */
  readonly operations?: MockOperations | undefined;
}

/** An answer of any operation, as it is once types have done their work. */
interface Answer {
  readonly status?: number | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

type Resolver = (request: object) => Answer | Response | undefined | Promise<Answer | Response | undefined>;

type Examples = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Handlers for MSW, one for each operation of the contract, which answer with its first example, or one made
 * of its schema where it has none. What the contract refuses
 * they refuse, with the statuses that the Prism mock has for it: 401 without a token, 422 for a body that is not valid.
 *
 * @returns What `setupServer` and `setupWorker` take; `server.use(...mockApiHandlers(…))` puts others before them.
 */
export function mockApiHandlers({ baseUrl, operations = {} }: MockApiOptions = {}): HttpHandler[] {
  const base = baseUrl === undefined ? ".*" : escaped(baseUrl.replace(/\/+$/, ""));
  // A path without parameters goes before one that has some, as OpenAPI says.
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

/** What the contract has against a request, if anything. */
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

/** What a body says; nothing where it is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Text as a regular expression that matches it. */
function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
