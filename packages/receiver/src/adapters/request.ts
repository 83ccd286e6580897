// What the adapters for servers of Node share.
import type { NodeBody } from "../body.ts";
import type { IncomingRequest } from "../receiver/types.ts";

/** The headers of node:http, with names in lower case. */
export interface NodeHeaders {
  readonly [name: string]: string | string[] | undefined;
}

/** Closes the connection in place of waiting for the rest of a body that is not wanted. */
export const CLOSE = { connection: "close" };

/** The bytes of a body, where something has read it and kept them; else the stream to read it from. */
export function bodyOf(parsed: { rawBody?: unknown; body?: unknown }, stream: NodeBody): IncomingRequest["body"] {
  for (const body of [parsed.rawBody, parsed.body]) {
    if (typeof body === "string" || body instanceof Uint8Array) return body;
  }
  return stream;
}

/** Looks headers up in place of going through all of them. */
export const nodeHeaders = (headers: NodeHeaders): { get(name: string): string | undefined } => ({
  get: (name) => headers[name]?.toString(),
});
