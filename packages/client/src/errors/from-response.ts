import { type Call, failure } from "../call.ts";
import { redactor } from "../redact.ts";
import { type Received, redactHeaders } from "../response.ts";
import { requestedWait } from "../retry-policy.ts";
import { APIError } from "./api-error.ts";
import { AuthenticationError } from "./authentication-error.ts";
import { BadRequestError } from "./bad-request-error.ts";
import { ConflictError } from "./conflict-error.ts";
import { InternalServerError } from "./internal-server-error.ts";
import { NotFoundError } from "./not-found-error.ts";
import { PermissionDeniedError } from "./permission-denied-error.ts";
import { RateLimitError } from "./rate-limit-error.ts";
import { RedirectError } from "./redirect-error.ts";
import { ResponseParseError } from "./response-parse-error.ts";
import { UnprocessableEntityError } from "./unprocessable-entity-error.ts";

/** The longest `text` of an error, in characters. */
const TEXT_LIMIT = 65_536;
/** How much of the body a message shows, in characters. */
const EXCERPT = 200;

/** A class, and what to check now. */
type Reaction = readonly [typeof APIError | typeof RedirectError | typeof ResponseParseError, string];

const REDIRECT: Reaction = [RedirectError, "baseUrl: it redirects"];

/** For a status, or for all that begin with a digit. */
const REACTIONS: Record<string, Reaction> = {
  2: [ResponseParseError, "baseUrl: not JSON"],
  301: REDIRECT,
  302: REDIRECT,
  303: REDIRECT,
  307: REDIRECT,
  308: REDIRECT,
  400: [BadRequestError, "the request"],
  401: [AuthenticationError, "the token"],
  403: [PermissionDeniedError, "the token's scopes"],
  404: [NotFoundError, "the id"],
  409: [ConflictError, "the state"],
  422: [UnprocessableEntityError, "the request"],
  429: [RateLimitError, "back later"],
  5: [InternalServerError, "back later"],
};

/** The error for a response that is no success, or for one that is, and whose body is not JSON. It holds no token. */
export function errorFromResponse(
  call: Call,
  { response, text: raw }: Received,
): APIError | RedirectError | ResponseParseError {
  const { status } = response;
  const redact = redactor(call.tokens);
  const headers = redactHeaders(response.headers, redact);
  const text = redact(raw);
  const [ErrorClass, toCheck] = REACTIONS[status] ?? REACTIONS[`${status}`[0] as string] ?? [APIError, "the request"];
  let body: unknown;
  try {
    // A token that was escaped in the text is one again.
    body = JSON.parse(text, (_key, value) => (typeof value === "string" ? redact(value) : value));
  } catch {
    // Text or HTML, which `text` holds.
  }
  return failure<APIError | RedirectError | ResponseParseError>(
    call,
    ErrorClass,
    `answered ${status}. Check ${toCheck}. ${text.slice(0, EXCERPT)}`,
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
