import { type Call, failure } from "./call.ts";
import { type APIError, ERROR_CLASSES, type RedirectError, type ResponseParseError } from "./errors.ts";
import { redactor } from "./redact.ts";
import { requestedWait } from "./retry-policy.ts";
import { byStatus, errorNameOf } from "./statuses.ts";

/** A response, and its body, which has been read in full. */
export interface Received {
  readonly response: Response;
  readonly text: string;
}

/** The longest `text` of an error, in characters. */
const TEXT_LIMIT = 65_536;
/** How much of the body a message shows, in characters. */
const EXCERPT = 200;

type ResponseError = APIError | RedirectError | ResponseParseError;

/** What to do about a status, if not to check the request. */
const ADVICE: Readonly<Record<string, string>> = {
  "2XX": "Check baseUrl: the body is not JSON.",
  "3XX": "Check baseUrl: it redirects.",
  "401": "Check the token.",
  "403": "Check the token's scopes.",
  "404": "Check the id.",
  "409": "Check the state.",
  "429": "Try again later.",
  "5XX": "Try again later.",
};

/**
 * The data of a response with a status of success.
 *
 * @param mayBeEmpty Whether success may come without a body; the data is then `undefined`.
 * @throws ResponseParseError
 */
export function dataOf(call: Call, { response, text }: Received, mayBeEmpty: boolean | undefined): unknown {
  const data = jsonIn(text);
  if (data === undefined && (text || !mayBeEmpty)) throw errorOf(call, { response, text });
  return data;
}

/** The error for a status that is no success, or for a success whose body is not JSON. It holds no token. */
export function errorOf(call: Call, { response, text: raw }: Received): ResponseError {
  const { status, ok } = response;
  const name = ok ? "ResponseParseError" : errorNameOf(status);
  const redact = redactor(call.tokens);
  const headers = new Headers([...response.headers].map(([header, value]) => [header, redact(value)]));
  const text = redact(raw);
  const sentence = `answered ${status}. ${byStatus(ADVICE, status) ?? "Check the request."} ${text.slice(0, EXCERPT)}`;
  return failure<ResponseError>(call, ERROR_CLASSES[name], sentence.trimEnd(), {
    status,
    headers,
    body: jsonIn(text),
    text: text.slice(0, TEXT_LIMIT),
    requestId: requestIdOf(call, response),
    retryAfter: requestedWait(response),
  });
}

/** The `X-Request-Id` of a response, without a token in it. */
export function requestIdOf(call: Call, { headers }: Response): string | undefined {
  const id = headers.get("x-request-id");
  return id ? redactor(call.tokens)(id) : undefined;
}

/** What a text means as JSON; `undefined` if it is none. The SyntaxError is of no use: it quotes the text. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A response with a body that can be read again.
 *
 * @throws APIError for a status above 599, which `Response` does not take.
 */
export function replay(call: Call, received: Received): Response {
  const { response, text } = received;
  if (response.status > 599) throw errorOf(call, received);
  // A 204 takes no body, not even an empty one.
  return new Response(text || null, response);
}
