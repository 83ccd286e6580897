import { Refusal } from "../answers.ts";
import { SignatureMismatchError } from "../errors.ts";
import type { HeadersInput } from "../headers.ts";
import { startTimer } from "../timer.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { KeySource, UnverifiedSender } from "../verify/key-source.ts";
import { askKeySource } from "../verify/keys.ts";
import { verify } from "../verify/verify.ts";
import type { ReceiverOptions } from "./types.ts";

/** Verifies one delivery. `tolerance` is in seconds; 300 by default. */
export type Authenticate = (
  headers: HeadersInput,
  body: Uint8Array | string,
  signal: AbortSignal,
  tolerance: number | undefined,
) => Promise<Delivery>;

/**
 * Verifies deliveries. Where no key matches, and `keys` can fetch them again, it has them fetched, and verifies once more.
 *
 * @throws what `verify` does, or a `Refusal` where the keys may have been rotated.
 */
export function createAuthenticator(options: Omit<ReceiverOptions<never>, "store">): Authenticate {
  const { keys, keyTimeout = 5_000, now, allowTestKey, maxBodyBytes } = options;
  const settings = { now, allowTestKey, maxBodyBytes };
  if (typeof keys !== "function") {
    return (headers, body, signal, tolerance) => verify({ headers, body }, { keys, ...settings, tolerance, signal });
  }
  return async (headers, body, signal, tolerance) => {
    let claimed: UnverifiedSender | undefined;
    const noting: KeySource = (sender) => {
      claimed = sender;
      return inTime((context) => keys(sender, context), keyTimeout, signal);
    };
    const attempt = () => verify({ headers, body }, { keys: noting, ...settings, tolerance, signal });
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SignatureMismatchError && claimed && "refresh" in keys)) throw error;
    }
    const sender = claimed;
    const state = await askKeySource(() => inTime(() => keys.refresh(sender), keyTimeout, signal), signal);
    try {
      return await attempt();
    } catch (error) {
      const mayBeRotated = error instanceof SignatureMismatchError && state === "throttled";
      throw mayBeRotated ? new Refusal(error.code, error, 503) : error;
    }
  };
}

/**
 * Asks a key source, and waits for no longer than `timeout` milliseconds. The signal that it gets is aborted then, and where
 * `outer` is.
 */
async function inTime<Answer>(
  ask: (context: { readonly signal: AbortSignal }) => Answer | Promise<Answer>,
  timeout: number,
  outer: AbortSignal,
): Promise<Answer> {
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort(outer.reason);
  outer.addEventListener("abort", abort);
  const late = new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const stopTimer = startTimer(timeout, () =>
    controller.abort(new Error(`It took longer than keyTimeout (${timeout} ms).`)),
  );
  try {
    return await Promise.race([late, ask({ signal })]);
  } finally {
    stopTimer();
    outer.removeEventListener("abort", abort);
  }
}
