import { KeySourceError } from "../errors/key-source-error.ts";
import { SignatureMismatchError } from "../errors/signature-mismatch-error.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { HeadersInput } from "../verify/headers.ts";
import type { KeyFunction, UnverifiedSender } from "../verify/key-source.ts";
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
    const noting: KeyFunction = (unverified, context) => {
      claimed = unverified;
      return keys(unverified, context);
    };
    const attempt = () => verify({ headers, body }, { ...settings, keys: noting, signal });
    try {
      return await attempt();
    } catch (error) {
      if (!claimed || !(error instanceof SignatureMismatchError)) throw error;
      const state = await keys.refresh(claimed).catch((cause: unknown) => {
        throw new KeySourceError({ cause });
      });
      return await attempt().catch((again: unknown) => {
        if (state === "fresh" || !(again instanceof SignatureMismatchError)) throw again;
        throw new Refusal(again.code, again, 503);
      });
    }
  };
}
