import { redact } from "./escapes.ts";

/** How many causes of causes an error keeps. */
const DEPTH = 5;

/**
 * What an error keeps of its cause: of an error its name, code, message, stack and cause, of anything else a copy as JSON.
 * No token is left in it. Nothing else is kept, since the error of an HTTP library may hold the request, and so the token.
 */
export function safeCause(cause: unknown, tokens: readonly string[], depth = DEPTH): unknown {
  try {
    const { name, code, message, stack, cause: inner } = Object(cause);
    // Also an error of another realm, or a DOMException.
    const isError = stack !== undefined;
    const kept = JSON.parse(redact(JSON.stringify(isError ? { name, code, message, stack } : cause), tokens));
    if (!isError) return kept;
    const options = inner === undefined || depth === 0 ? {} : { cause: safeCause(inner, tokens, depth - 1) };
    return Object.assign(new Error(kept.message, options), kept);
  } catch {
    return new Error("The cause is neither an error nor JSON.");
  }
}
