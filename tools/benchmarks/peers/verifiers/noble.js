// Ed25519 in JavaScript, for where the runtime has none.
import { verifyAsync } from "@noble/ed25519";

export const verifier = ({ publicKey }) => {
  const key = Uint8Array.from(atob(publicKey.slice(5)), (character) => character.charCodeAt(0));
  return async (headers, body) => {
    const timestamp = headers.get("webhook-timestamp");
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error("The delivery is too old, or too new.");
    const content = new TextEncoder().encode(
      `${headers.get("webhook-id")}.${timestamp}.${new TextDecoder().decode(body)}`,
    );
    const [, encoded] = headers.get("webhook-signature").split(",");
    const signature = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    if (!(await verifyAsync(signature, content, key))) throw new Error("The signature is wrong.");
    return JSON.parse(new TextDecoder().decode(body));
  };
};
