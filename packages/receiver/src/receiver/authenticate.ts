import { LazyAbortController } from "../abort.ts";
import { Refusal } from "../answers.ts";
import { SignatureMismatchError } from "../errors.ts";
import type { HeadersInput } from "../headers.ts";
import { within } from "../timer.ts";
import type { Delivery } from "../verify/delivery.ts";
import type { KeySource, UnverifiedSender } from "../verify/key-source.ts";
import { askKeySource } from "../verify/keys.ts";
import { verify } from "../verify/verify.ts";
import type { ReceiverOptions } from "./types.ts";

/** Verifies one delivery. `tolerance` is in seconds; 300 by default. */
export type Authenticate = (
  headers: HeadersInput,
  body: Uint8Array | string,
  controller: LazyAbortController,
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
    const verification = { keys, ...settings };
    return (headers, body, _controller, tolerance) => verify({ headers, body }, { ...verification, tolerance });
  }
  return async (headers, body, controller, tolerance) => {
    let claimed: UnverifiedSender | undefined;
    const noting: KeySource = (sender) => {
      claimed = sender;
      return inTime((context) => keys(sender, context), keyTimeout, controller);
    };
    const attempt = () =>
      verify({ headers, body }, { keys: noting, ...settings, tolerance, signal: controller.signal });
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof SignatureMismatchError && claimed && "refresh" in keys)) throw error;
    }
    const sender = claimed;
    const state = await askKeySource(() => inTime(() => keys.refresh(sender), keyTimeout, controller), controller);
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
  outer: LazyAbortController,
): Promise<Answer> {
  const controller = new LazyAbortController();
  try {
    return await within((async () => ask(controller))(), timeout, outer, "keyTimeout: the key function");
  } catch (error) {
    controller.abort(error);
    throw error;
  }
}
