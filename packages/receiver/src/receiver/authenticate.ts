import { KeySourceError } from "../errors/key-source-error.ts";
import { SignatureMismatchError } from "../errors/signature-mismatch-error.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { HeadersInput } from "../verify/headers.ts";
import type { KeySource, UnverifiedSender } from "../verify/key-source.ts";
import { untilAborted } from "../verify/until-aborted.ts";
import { verify } from "../verify/verify.ts";
import { Refusal } from "./answers.ts";
import type { ReceiverOptions } from "./types.ts";

/** Verifies one delivery. */
export type Authenticate = (
  headers: HeadersInput,
  body: Uint8Array | string,
  signal: AbortSignal | undefined,
) => Promise<Delivery>;

/**
 * Verifies deliveries. Where no key matches, and `keys` can be asked to fetch them again, it does so once.
 *
 * @throws What `verify` does, or a `Refusal` where it may be a rotation.
 */
export function createAuthenticator(options: Omit<ReceiverOptions<never>, "store">): Authenticate {
  const { keys, tolerance, now, allowTestKey, maxBodyBytes } = options;
  return async (headers, body, signal) => {
    let claimed: UnverifiedSender | undefined;
    let state: "fresh" | "throttled" | undefined;
    const noting: KeySource =
      typeof keys === "function"
        ? (unverified, context) => {
            claimed = unverified;
            return keys(unverified, context);
          }
        : keys;
    for (;;) {
      try {
        return await verify({ headers, body }, { keys: noting, tolerance, now, allowTestKey, maxBodyBytes, signal });
      } catch (error) {
        const mayRefresh = error instanceof SignatureMismatchError && state !== "fresh";
        if (!mayRefresh || !claimed || typeof keys !== "function" || !("refresh" in keys)) throw error;
        // With keys that may be older than a rotation.
        if (state) throw new Refusal(error.code, error, 503);
        try {
          state = await untilAborted(keys.refresh(claimed), signal);
        } catch (cause) {
          signal?.throwIfAborted();
          throw new KeySourceError({ cause });
        }
      }
    }
  };
}
