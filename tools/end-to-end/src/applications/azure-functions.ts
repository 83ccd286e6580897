// Plays the part of Azure: an HTTP server that has @azure/functions make a request of each one that comes, and an answer of what
// the function returns. The real host is no npm package. This one speaks to the library as that does:
// https://github.com/Azure/azure-functions-nodejs-worker
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { registerHooks } from "node:module";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

/** What the library tells the host of a function. */
interface Metadata {
  readonly name: string;
  readonly bindings: Readonly<Record<string, { readonly type: string; readonly methods?: readonly string[] }>>;
}

/** What the library makes of an invocation. */
interface Invocation {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], handler: unknown): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<{ returnValue: { http: HttpAnswer } }>;
}

interface HttpAnswer {
  readonly statusCode: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: { readonly bytes?: Uint8Array };
}

interface Host {
  getInvocationModel?: (context: object) => Invocation;
  readonly functions: Map<string, { metadata: Metadata; handler: unknown }>;
  readonly hooks: Map<string, (context: object) => unknown>;
}

const host: Host = { functions: new Map(), hooks: new Map() };
Object.assign(globalThis, { host });

/** The module that only the host has. */
const CORE = `
  exports.setProgrammingModel = (model) => { host.getInvocationModel = (context) => model.getInvocationModel(context); };
  exports.registerFunction = (metadata, handler) => { host.functions.set(metadata.name, { metadata, handler }); };
  exports.registerHook = (name, callback) => { host.hooks.set(name, callback); };
  exports.log = (level, category, message) => { if (level !== "debug") console.log(message); };
`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "@azure/functions-core"
      ? { url: "host:core", format: "commonjs", shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) =>
    url === "host:core" ? { format: "commonjs", source: CORE, shortCircuit: true } : next(url, context),
});

await import(pathToFileURL(resolve(process.argv[2] ?? "")).href);
const server = createServer((request, response) => void answer(request, response));
server.listen(Number(process.env.PORT), "127.0.0.1", () => {
  const [name] = host.functions.keys();
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/${name}`);
});
process.once("SIGTERM", () => void terminate());

async function terminate(): Promise<void> {
  await host.hooks.get("appTerminate")?.({});
  server.close();
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = host.functions.get(request.url?.replace("/api/", "") ?? "");
  const [name, trigger] =
    Object.entries(found?.metadata.bindings ?? {}).find(([, each]) => each.type === "httpTrigger") ?? [];
  if (!found || name === undefined || !trigger?.methods?.includes(request.method ?? "")) {
    response.writeHead(404).end();
    return;
  }
  const { statusCode, headers, body } = await invoke(found.metadata, found.handler, {
    name,
    data: {
      http: {
        method: request.method,
        url: `https://example.azurewebsites.net${request.url}`,
        // Headers that come several times are joined with commas.
        nullableHeaders: Object.fromEntries(
          Object.entries(request.headers).map(([each, value]) => [each, { value: value?.toString() }]),
        ),
        // The worker of Node asks the host for the bytes, by its capability RawHttpBodyBytes.
        body: { bytes: await buffer(request) },
      },
    },
  });
  response.writeHead(Number(statusCode), headers).end(body?.bytes);
}

async function invoke(metadata: Metadata, handler: unknown, input: object): Promise<HttpAnswer> {
  const invocation = host.getInvocationModel?.({
    invocationId: crypto.randomUUID(),
    metadata,
    request: { inputData: [input] },
    log: (_level: string, _category: string, message: string) => console.log(message),
  });
  if (!invocation) throw new Error("The library has set no programming model.");
  const { context, inputs } = await invocation.getArguments();
  const result = await invocation.invokeFunction(context, inputs, handler);
  return (await invocation.getResponse(context, result)).returnValue.http;
}
