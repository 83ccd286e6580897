import { KeySourceError } from "../errors/key-source-error.ts";
import { SignatureMismatchError } from "../errors/signature-mismatch-error.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { HeadersInput } from "../verify/headers.ts";
import type { KeyFunction, UnverifiedSender } from "../verify/key-source.ts";
import { untilAborted } from "../verify/until-aborted.ts";
import { type VerifyOptions, verify } from "../verify/verify.ts";
import { Refusal } from "./answers.ts";
import type { ReceiverOptions } from "./types.ts";

/** Verifies one delivery. */
export type Authenticate = (
  headers: HeadersInput,
  body: Uint8Array | string,
  signal: AbortSignal | undefined,
) => Promise<Delivery>;

/** Verifies deliveries, and asks `keys` to fetch again where no key matches and it can. */
export function createAuthenticator(options: Omit<ReceiverOptions<never>, "store">): Authenticate {
  const { keys, tolerance, now, allowTestKey, maxBodyBytes } = options;
  const settings: VerifyOptions = { keys, tolerance, now, allowTestKey, maxBodyBytes };
  if (typeof keys !== "function" || !("refresh" in keys)) {
    return (headers, body, signal) => verify({ headers, body }, signal ? { ...settings, signal } : settings);
  }
  return async (headers, body, signal) => {
    let claimed: UnverifiedSender | undefined;
    let state: "fresh" | "throttled" | undefined;
    const noting: KeyFunction = (unverified, context) => {
      claimed = unverified;
      return keys(unverified, context);
    };
    for (;;) {
      try {
        return await verify({ headers, body }, { ...settings, keys: noting, signal });
      } catch (error) {
        if (!claimed || state === "fresh" || !(error instanceof SignatureMismatchError)) throw error;
        // With keys that may be older than a rotation.
        if (state) throw new Refusal(error.code, error, 503);
      }
      try {
        state = await untilAborted(keys.refresh(claimed), signal);
      } catch (cause) {
        signal?.throwIfAborted();
        throw new KeySourceError({ cause });
      }
    }
  };
}
