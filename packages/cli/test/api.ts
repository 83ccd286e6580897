import { buffer } from "node:stream/consumers";
import { serve } from "./endpoint.ts";

export const TOKEN = "secret-token-of-a-tenant";

/** An API that records its requests. */
export interface Api {
  readonly env: { readonly MINDBRIDGE_API_URL: string; readonly MINDBRIDGE_API_TOKEN: string };
  /** The bodies of the requests, `undefined` for none. */
  readonly bodies: unknown[];
  readonly paths: unknown[];
}

/** Starts an API that gives every request the same answer, until the test ends. */
export async function startApi(status: number, answer: string, headers: Record<string, string> = {}): Promise<Api> {
  const [bodies, paths]: [unknown[], unknown[]] = [[], []];
  const url = await serve(async (request, response) => {
    paths.push(request.url);
    const body = String(await buffer(request));
    bodies.push(body === "" ? undefined : JSON.parse(body));
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(answer);
  });
  return { env: { MINDBRIDGE_API_URL: new URL(url).origin, MINDBRIDGE_API_TOKEN: TOKEN }, bodies, paths };
}
