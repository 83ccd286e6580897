/**
 * The class of error that the client throws for a status, or for a range of statuses such as `5XX`. Any other status that
 * is no success is an `APIError`.
 *
 * This file imports nothing: the generator and the contract tests read it too.
 */
export const ERROR_NAMES = {
  "301": "RedirectError",
  "302": "RedirectError",
  "303": "RedirectError",
  "307": "RedirectError",
  "308": "RedirectError",
  "400": "BadRequestError",
  "401": "AuthenticationError",
  "403": "PermissionDeniedError",
  "404": "NotFoundError",
  "409": "ConflictError",
  "422": "UnprocessableEntityError",
  "429": "RateLimitError",
  "5XX": "InternalServerError",
} as const;

/** The name of a class that the client throws for a status. */
export type StatusErrorName = (typeof ERROR_NAMES)[keyof typeof ERROR_NAMES] | "APIError";

/** The name of the class that the client throws for a status that is no success: `404`, `"404"` or a range, `"4XX"`. */
export function errorNameOf(status: number | string): StatusErrorName {
  const names: Readonly<Record<string, StatusErrorName>> = ERROR_NAMES;
  return names[status] ?? names[`${`${status}`[0]}XX`] ?? "APIError";
}
