// Runs an example as a program of its own. A mock of the API stands in for the tenant that examples name. An example that serves
// deliveries does so on a free port, and the parent process is told the port.
import { createServer, type IncomingMessage, Server, type ServerResponse } from "node:http";
import { type AddressInfo, Server as NetServer } from "node:net";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { EXAMPLES } from "@mindbridge-sdk/contract/examples";

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
type Fetch = (request: Request, env: NodeJS.ProcessEnv) => Response | Promise<Response>;
type Lambda = (event: object) => Promise<{ statusCode: number; headers: Record<string, string>; body: string }>;
/** The exports of an example that serves deliveries: a route handler, a Lambda, an API route of Next, or those of Workers and Hono. */
interface Served {
  readonly POST?: Fetch;
  readonly handler?: Lambda;
  readonly default?: Listener | { readonly fetch: Fetch };
}

const [file = ""] = process.argv.slice(2);
const { MINDBRIDGE_API_URL: mock = "", MINDBRIDGE_PUBLIC_KEY: publicKey = "" } = process.env;
process.once("disconnect", () => process.exit());
process.channel?.unref();

const realFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = String(input instanceof Request ? input.url : input).replace("https://acme.mindbridge.ai/api", mock);
  const response = await realFetch(input instanceof Request ? new Request(url, input) : url, init);
  if (!url.startsWith(mock)) return response;
  // Deliveries are signed with another key here than that of the webhooks in the examples.
  const text = await response.text();
  return new Response(text.replaceAll(EXAMPLES["webhooks.get"].responses[200].webhook.publicKey, publicKey), response);
};

const { listen } = NetServer.prototype;
const listening = new Promise<number>((resolve) => {
  NetServer.prototype.listen = function (this: NetServer, ...args: unknown[]) {
    const callback = args.findLast((argument) => typeof argument === "function") as (() => void) | undefined;
    this.once("listening", () => {
      if (this instanceof Server) resolve((this.address() as AddressInfo).port);
    });
    return Reflect.apply(listen, this, [0, "127.0.0.1", callback]);
  } as typeof listen;
});

const module = (await import(pathToFileURL(file).href)) as Served;
const listener = listenerOf(module);
if (listener) createServer(listener).listen(0);
// Not awaited: an example that serves nothing ends here.
listening.then((port) => process.send?.(port)).catch(console.error);

function listenerOf({ POST, handler, default: main }: Served): Listener | undefined {
  if (POST) return listenerFor(POST);
  if (handler) return listenerFor(fetchOf(handler));
  return main && "fetch" in main ? listenerFor(main.fetch) : main;
}

/** Serves a function of a `Request` over a socket. */
function listenerFor(handle: Fetch): Listener {
  return getRequestListener((request) => handle(request, process.env), { overrideGlobalObjects: false });
}

/** Calls a Lambda as API Gateway does, with the bytes in base64. */
function fetchOf(handler: Lambda): Fetch {
  return async (request) => {
    const { statusCode, headers, body } = await handler({
      headers: Object.fromEntries(request.headers),
      body: (await buffer(request.body as ReadableStream)).toString("base64"),
      isBase64Encoded: true,
      requestContext: { http: { method: request.method } },
    });
    return new Response(statusCode === 204 ? null : body, { status: statusCode, headers });
  };
}
