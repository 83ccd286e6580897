import type { Webhook } from "../../src/index.ts";

/** What becomes of a request: its answer is lost before or after it was done, or it is answered otherwise. */
export type Fault = "lost" | "lost, but done" | Response;

/** An API that keeps webhooks, as a `fetch`. */
export interface WebhooksApi {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** What it keeps. */
  readonly webhooks: Webhook[];
  /** The requests so far, such as `POST /v1/webhooks`. */
  readonly requests: string[];
  /** Called before each request: what is to become of it, if not what usually does. */
  before: (request: string) => Fault | undefined;
}

/** Starts with these webhooks. A page has two. */
export function webhooksApi(...webhooks: Webhook[]): WebhooksApi {
  let ids = 0;
  const api: WebhooksApi = {
    webhooks,
    requests: [],
    before: () => undefined,
    async fetch(url, init) {
      const { pathname, searchParams } = new URL(url);
      const request = `${init.method} ${pathname}`;
      const fault = api.before(request);
      api.requests.push(request);
      if (fault instanceof Response) return fault;
      const answer = fault === "lost" ? undefined : handle(pathname, searchParams, init);
      if (fault !== undefined || answer === undefined) throw new TypeError("the connection was cut");
      return answer;
    },
  };
  return api;

  function handle(path: string, query: URLSearchParams, { method, body }: RequestInit): Response {
    if (path === "/v1/webhooks/query") {
      const number = Number(query.get("page") ?? 0);
      const totalPages = Math.ceil(webhooks.length / 2);
      const content = webhooks.slice(number * 2, number * 2 + 2);
      return Response.json({
        content,
        number,
        totalPages,
        totalElements: webhooks.length,
        last: number + 1 >= totalPages,
      });
    }
    const given = typeof body === "string" ? JSON.parse(body) : {};
    if (method === "POST") {
      const webhook = { ...given, id: `made-${++ids}`, version: 1, publicKey: "whpk_made" };
      webhooks.push(webhook);
      return Response.json(webhook, { status: 201 });
    }
    const index = webhooks.findIndex(({ id }) => path === `/v1/webhooks/${id}`);
    const found = webhooks[index];
    if (!found) return new Response(null, { status: 404 });
    if (method === "GET") return Response.json(found);
    // Which status refuses a stale version is not published.
    if (given.version !== found.version) return new Response("stale", { status: 412 });
    webhooks[index] = { ...found, ...given, version: found.version + 1 };
    return Response.json(webhooks[index]);
  }
}
