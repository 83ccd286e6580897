import { type DeliveryError, InvalidKeyError } from "@mindbridge-sdk/receiver";

/** Why a delivery is refused, in the words of the command line: the receiver's are for those who write programs. */
export function describeRefusal(error: DeliveryError): { readonly code: string; readonly message: string } {
  return { code: error.code, message: messageOf(error) };
}

function messageOf(error: DeliveryError): string {
  if (error instanceof InvalidKeyError) {
    const { reason } = error;
    const todo =
      reason === "test key"
        ? "Anyone can sign with it: --allow-test-key takes it."
        : "Give the publicKey of the webhook.";
    return `A key is refused (${reason}). ${todo}`;
  }
  return MESSAGES[error.code] ?? error.message;
}

const MESSAGES: Readonly<Record<string, string>> = {
  no_key:
    "There is no key for the sender that the body names, or the body names none that can be read. Give one with --key or, to listen, with --webhook.",
  signature_mismatch: "No signature matches. Give the publicKey of the webhook, and the body as it came.",
};
