import { Refusal } from "../answers.ts";
import { SignatureMismatchError } from "../errors.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { HeadersInput } from "../verify/headers.ts";
import type { KeySource, UnverifiedSender } from "../verify/key-source.ts";
import { askKeySource } from "../verify/keys.ts";
import { verify } from "../verify/verify.ts";
import type { ReceiverOptions } from "./types.ts";

/** Verifies one delivery. */
export type Authenticate = (
  headers: HeadersInput,
  body: Uint8Array | string,
  signal: AbortSignal | undefined,
) => Promise<Delivery>;

/**
 * Verifies deliveries. Where no key matches, and `keys` can fetch them again, it has them fetched, and verifies once more.
 *
 * @throws what `verify` does, or a `Refusal` where the keys may have been rotated.
 */
export function createAuthenticator(options: Omit<ReceiverOptions<never>, "store">): Authenticate {
  const { keys, tolerance, now, allowTestKey, maxBodyBytes } = options;
  if (typeof keys !== "function" || !("refresh" in keys)) {
    return (headers, body, signal) =>
      verify({ headers, body }, { keys, tolerance, now, allowTestKey, maxBodyBytes, signal });
  }
  return async (headers, body, signal) => {
    let claimed: UnverifiedSender | undefined;
    const noting: KeySource = (unverified, context) => {
      claimed = unverified;
      return keys(unverified, context);
    };
    const attempt = () =>
      verify({ headers, body }, { keys: noting, tolerance, now, allowTestKey, maxBodyBytes, signal });
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SignatureMismatchError) || !claimed) throw error;
    }
    const sender = claimed;
    const state = await askKeySource(() => keys.refresh(sender), signal);
    try {
      return await attempt();
    } catch (error) {
      const mayBeRotated = error instanceof SignatureMismatchError && state === "throttled";
      throw mayBeRotated ? new Refusal(error.code, error, 503) : error;
    }
  };
}
