import type { Redact } from "./redact.ts";

/** A response, and its body, which has been read in full. */
export interface Received {
  readonly response: Response;
  readonly text: string;
}

/** The response with a body that can be read again. */
export const replay = ({ response, text }: Received): Response =>
  // An empty body must be no body for a 204.
  new Response(text || null, response);

/** Headers whose values have passed through `redact`. */
export const redactHeaders = (headers: Headers, redact: Redact): Headers =>
  new Headers([...headers].map(([name, value]) => [name, redact(value)]));
