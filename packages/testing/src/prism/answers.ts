// The mock server loads this into Prism's process if it has an `onAnswer`: Prism's log spreads a request over many lines.
import { type IncomingMessage, Server, type ServerResponse } from "node:http";

const { emit } = Server.prototype;
Server.prototype.emit = function (this: Server, event: string | symbol, ...args: unknown[]): boolean {
  if (event === "request") tellOfAnswer(...(args as [IncomingMessage, ServerResponse]));
  return Reflect.apply(emit, this, [event, ...args]);
};

/** Sends the parent a request with its answer, once that has ended. */
function tellOfAnswer({ method, url: path }: IncomingMessage, response: ServerResponse): void {
  const started = performance.now();
  const { end } = response;
  let body = "";
  // Prism gives it the whole body.
  response.end = function (this: ServerResponse, ...args: unknown[]): ServerResponse {
    if (response.statusCode >= 400) body = String(args[0]);
    return Reflect.apply(end, this, args);
  };
  response.once("close", () => {
    const status = response.headersSent ? response.statusCode : undefined;
    process.send?.({ method, path, status, milliseconds: performance.now() - started, body });
  });
}
