import type { Redact } from "./redact.ts";

/** A response and its body, which has been read in full. */
export interface Received {
  readonly response: Response;
  readonly bytes: ArrayBuffer | Uint8Array<ArrayBuffer>;
}

/** The body as text, without a byte order mark. */
export const decode = ({ bytes }: Received): string => new TextDecoder().decode(bytes);

/** The same response with a body that can be read again; with `redact`, its texts passed through that. */
export function replay(received: Received, redact?: Redact): Received {
  const { status, statusText, url, headers } = received.response;
  const clean = redact ?? String;
  const bytes = redact ? new TextEncoder().encode(redact(decode(received))) : received.bytes;
  // An empty body must be no body for 204, and `Response` takes no status above 599.
  const response = new Response(bytes.byteLength ? bytes : null, {
    status: Math.min(status, 599),
    statusText: clean(statusText),
    headers: [...headers].map(([name, value]) => [name, clean(value)]),
  });
  Object.defineProperties(response, { status: { value: status }, url: { value: url } });
  return { response, bytes };
}
