import type { Redact } from "./redact.ts";

/** A response and its body, which has been read in full. */
export interface Received {
  readonly response: Response;
  readonly body: ArrayBuffer | string;
}

/** The body as text, without a byte order mark. */
export const textOf = ({ body }: Received): string =>
  typeof body === "string" ? body : new TextDecoder().decode(body);

/** Headers whose values have passed through `redact`. */
export const redactHeaders = (headers: Headers, redact: Redact): Headers =>
  new Headers([...headers].map(([name, value]) => [name, redact(value)]));

/** The response with a body that can be read again; with `redact`, its texts passed through that. */
export const replay = (received: Received, redact: Redact = String): Response => {
  const { status, statusText, headers } = received.response;
  const body = redact === String ? received.body : redact(textOf(received));
  // An empty body must be no body for 204, and `Response` takes no status above 599.
  return new Response(body || null, {
    status: Math.min(status, 599),
    statusText: redact(statusText),
    headers: redactHeaders(headers, redact),
  });
};
