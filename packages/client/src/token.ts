/**
 * A token that may be put in a header.
 *
 * @param fail Called with what is wrong. The text never quotes the token.
 */
export const checkToken = (token: unknown, fail: (problem: string) => never): string =>
  // Before `Headers` sees it, since that quotes what it refuses.
  typeof token === "string" && /^[!-~]+$/.test(token)
    ? token
    : fail("token must be the API token alone, without Bearer, white space or a line end");
