// The baseline: the signature alone, by hand. It checks no form, and the time only roughly.
export const verifier = ({ publicKey }) => {
  const bytes = Uint8Array.from(atob(publicKey.slice(5)), (character) => character.charCodeAt(0));
  const key = crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
  return async (headers, body) => {
    const timestamp = headers.get("webhook-timestamp");
    if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error("The delivery is too old, or too new.");
    const content = new TextEncoder().encode(
      `${headers.get("webhook-id")}.${timestamp}.${new TextDecoder().decode(body)}`,
    );
    const [, encoded] = headers.get("webhook-signature").split(",");
    const signature = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    if (!(await crypto.subtle.verify("Ed25519", await key, signature, content)))
      throw new Error("The signature is wrong.");
    return JSON.parse(new TextDecoder().decode(body));
  };
};
