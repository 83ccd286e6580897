import { type Call, failure, type Received } from "./call.ts";
import {
  type APIError,
  ERROR_CLASSES,
  type RedirectError,
  type ResponseParseError,
  type ResponseTooLargeError,
} from "./errors.ts";
import { redact } from "./escapes.ts";
import { requestedWait } from "./retry-policy.ts";
import { errorNameOf, type StatusErrorName } from "./statuses.ts";

/** The longest `text` of an error, in characters. */
const TEXT_LIMIT = 65_536;
/** How much of the body of an error is read: enough for its `text`, since no character takes more than 4 bytes. */
const ERROR_LIMIT = 4 * TEXT_LIMIT;
/** How much of the body a message shows, in characters. */
const EXCERPT = 200;
/** The longest escape of a character that is looked for: `&equals;`. */
const LONGEST_ESCAPE = 8;

type ResponseError = APIError | RedirectError | ResponseParseError | ResponseTooLargeError;

/** What to do about an error, if not to check the request. */
const ADVICE: Partial<Record<keyof typeof ERROR_CLASSES, string>> = {
  AuthenticationError: "Check the token.",
  InternalServerError: "Try again later.",
  NotFoundError: "Check the id.",
  PermissionDeniedError: "Check the scopes of the token.",
  RateLimitError: "Try again later.",
  RedirectError: "Check baseUrl, or go to the Location in headers.",
  ResponseParseError: "Check baseUrl: the body is not JSON.",
  ResponseTooLargeError: "Raise maxResponseBytes.",
};

/** Reads a response as a text, no further than `maxResponseBytes`, and until `signal` is aborted. */
export async function receive(call: Call, response: Response, signal: AbortSignal): Promise<Received> {
  const decoder = new TextDecoder();
  let text = "";
  let left = response.ok ? call.maxResponseBytes : Math.min(call.maxResponseBytes, ERROR_LIMIT);
  // Wherever this package runs, it can be iterated, which its type does not say. To leave the loop cancels it.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    signal.throwIfAborted();
    text += decoder.decode(chunk.subarray(0, left), { stream: true });
    if (chunk.length > left) return { response, text, isCut: true };
    left -= chunk.length;
  }
  return { response, text: text + decoder.decode() };
}

/**
 * The data of a response with a status of success.
 *
 * @param mayBeEmpty Whether success may come without a body; the data is then `undefined`.
 * @throws ResponseParseError
 */
export function dataOf(call: Call, received: Received, mayBeEmpty: boolean | undefined): unknown {
  const data = jsonIn(received.text);
  if (data === undefined && (received.text || !mayBeEmpty)) throw errorOf(call, received, "ResponseParseError");
  return data;
}

/** The error for a response: by its status, if it is no success. No token is in it. */
export function errorOf(
  call: Call,
  { response, text: body, isCut = body.length > ERROR_LIMIT }: Received,
  name: StatusErrorName | "ResponseParseError" | "ResponseTooLargeError" = errorNameOf(response.status),
): ResponseError {
  const { status } = response;
  const { tokens } = call;
  const headers = new Headers([...response.headers].map(([header, value]) => [header, redact(value, tokens)]));
  const redacted = redact(body.slice(0, ERROR_LIMIT), tokens);
  // What was cut may end in a part of a token.
  const text = isCut ? redacted.slice(0, -LONGEST_ESCAPE * tokens.join("").length) : redacted;
  const sentence = `answered ${status}. ${ADVICE[name] ?? "Check the request."} ${text.slice(0, EXCERPT)}`;
  return failure<ResponseError>(call, ERROR_CLASSES[name], sentence.trimEnd(), {
    status,
    headers,
    body: jsonIn(text),
    text: text.slice(0, TEXT_LIMIT),
    requestId: headers.get("x-request-id") ?? undefined,
    retryAfter: requestedWait(response),
  });
}

/** The `X-Request-Id` of a response, without a token in it. */
export function requestIdOf(call: Call, { headers }: Response): string | undefined {
  const id = headers.get("x-request-id");
  return id ? redact(id, call.tokens) : undefined;
}

/** What a text means as JSON; `undefined` if it is none. The SyntaxError is of no use: it quotes the text. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A response with a body that can be read again. */
export function replay({ response, text, body }: Received): Response {
  // A 204 takes no body, not even an empty one.
  return new Response(body ?? (text || null), response);
}
