import { type Call, failure } from "../call.ts";
import { redactor } from "../redact.ts";
import { type Received, redactHeaders, textOf } from "../response.ts";
import { requestedWait } from "../retry-policy.ts";
import { APIError } from "./api-error.ts";
import { AuthenticationError } from "./authentication-error.ts";
import { BadRequestError } from "./bad-request-error.ts";
import { ConflictError } from "./conflict-error.ts";
import { InternalServerError } from "./internal-server-error.ts";
import { NotFoundError } from "./not-found-error.ts";
import { PermissionDeniedError } from "./permission-denied-error.ts";
import { RateLimitError } from "./rate-limit-error.ts";
import { ResponseParseError } from "./response-parse-error.ts";
import { UnprocessableEntityError } from "./unprocessable-entity-error.ts";

/** The longest `text` of an error, in characters. */
const TEXT_LIMIT = 65_536;
/** How much of the body a message shows, in characters. */
const EXCERPT = 200;

type Reaction = readonly [typeof APIError | typeof ResponseParseError, string];

/** For each status that has a class: the class, and what to do now. */
const BY_STATUS: Record<number, Reaction> = {
  400: [BadRequestError, "Correct the request."],
  401: [AuthenticationError, "Check the token."],
  403: [PermissionDeniedError, "The token lacks a scope."],
  404: [NotFoundError, "Check the id."],
  409: [ConflictError, "Look what is there now."],
  422: [UnprocessableEntityError, "Correct the request."],
  429: [RateLimitError, "Wait."],
};

/** The error for a response that is no success, or for one that is, and whose body is not JSON. It holds no token. */
export function errorFromResponse(call: Call, received: Received): APIError | ResponseParseError {
  const { response } = received;
  const { status } = response;
  const redact = redactor(call.tokens);
  const headers = redactHeaders(response.headers, redact);
  const text = redact(textOf(received));
  const [ErrorClass, advice]: Reaction = response.ok
    ? [ResponseParseError, "The body is not JSON."]
    : (BY_STATUS[status] ??
      (status > 499 && status < 600 ? [InternalServerError, "Try again later."] : [APIError, ""]));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    // Text or HTML, which `text` holds.
  }
  return failure<APIError | ResponseParseError>(
    call,
    ErrorClass,
    `answered ${status}. ${advice} ${text.slice(0, EXCERPT)}`,
    {
      status,
      headers,
      body,
      text: text.slice(0, TEXT_LIMIT),
      requestId: headers.get("x-request-id") ?? undefined,
      retryAfter: requestedWait(response),
    },
  );
}
